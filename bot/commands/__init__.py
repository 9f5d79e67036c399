"""The commands that have no room of their own, one module for those that are alike; `bot.__main__` joins them."""
