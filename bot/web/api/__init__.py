"""The record as data for other programs: read only, described by OpenAPI (docs/api.md)."""
