"""Why each warning matters, what to do about it and who can, in tables by subject."""
