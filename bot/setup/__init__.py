"""`onrecord setup`: a first configuration, asked for step by step; again at any time, and never over a file unasked."""
