"""A large language model behind any OpenAI-compatible endpoint: as a judge of pairs, as a reader of statements."""
