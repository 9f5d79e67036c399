"""Finding statements: direct, mixed and indirect, where the content of each begins and ends, and its cue and source."""
