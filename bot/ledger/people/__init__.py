"""Who is known, and which entries are one person."""
