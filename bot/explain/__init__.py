"""Looking inside: one article in the terminal, with every statement, the rule that took it and the evidence."""
