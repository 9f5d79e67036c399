"""On Record: what officials said, kept on record, and an alert when a fresh statement conflicts with it."""
