"""Where alerts go: routes, wishes, digests, troubles, sources."""
