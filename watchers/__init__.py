"""Everything up to a clean article: when to poll, what to fetch, how to read it."""
