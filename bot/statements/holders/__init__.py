"""Whose position a statement gives, and to whom a speaker points instead of answering."""
