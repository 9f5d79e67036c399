"""`onrecord doctor`: every part of an installation looked at from outside, also while the service runs."""
