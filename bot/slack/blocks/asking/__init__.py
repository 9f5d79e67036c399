"""Answers from the record: pure builders, one module for each kind of question."""
