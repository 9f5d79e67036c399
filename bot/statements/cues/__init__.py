"""The verbs that attribute a statement: the lexicon, and each where it stands in its sentence, with its subject."""
