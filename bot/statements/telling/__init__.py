"""What the journalist tells of how one statement stands to another: it is denied, it has been dropped."""
