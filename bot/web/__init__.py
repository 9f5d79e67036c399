"""The record in a browser: pages, and what else is mounted beside them; only read, and only by who may."""
