"""What can be asked of the record."""
