"""The tables of the ledger, and nothing that reads or writes them."""
