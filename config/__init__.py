"""What a newsroom sets: feeds, officials, sides, topics, channels and settings."""
