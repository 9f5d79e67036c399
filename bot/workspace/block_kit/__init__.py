"""Block Kit: its limits, and what is wrong with a payload measured against them."""
