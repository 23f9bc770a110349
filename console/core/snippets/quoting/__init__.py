"""How a text is written in a language, by the grammar of that language: one file each, and never with a secret."""
