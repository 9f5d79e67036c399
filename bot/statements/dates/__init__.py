"""When a statement was made: the time expressions of an article, and which of them belongs to which statement."""
