"""How a token came to be: the arrows of a grant, lit by what was recorded."""
