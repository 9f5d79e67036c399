"""The people of an article: the officials a newsroom knows, the spelling of names, and everybody the text names."""
