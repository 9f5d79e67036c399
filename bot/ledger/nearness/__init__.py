"""What on record a fresh statement is near to, by words, people and issue."""
