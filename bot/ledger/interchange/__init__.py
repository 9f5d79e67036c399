"""The whole record copied, moved, and carried as JSON Lines."""
