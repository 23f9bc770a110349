"""Several calls in a row: what is expected of each answer, and what of it goes into the next call."""
