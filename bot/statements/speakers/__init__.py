"""Who speaks: the person, body or side that a name, a description or a pronoun stands for."""
