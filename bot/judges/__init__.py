"""Second opinions on pairs of statements, behind one function."""
