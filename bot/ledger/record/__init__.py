"""What is on record: articles, statements and positions, their texts and what became of them."""
