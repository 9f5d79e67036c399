"""An alert as one file that proves itself: its form, how it is issued from the record, and how it is checked."""
