"""The text of an article as a page: sentences, tokens, furniture, quotation marks, and the closed classes of words."""
