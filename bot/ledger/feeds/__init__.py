"""The state of each feed, and which of its entries were read."""
