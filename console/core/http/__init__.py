"""Reading of HTTP fields that more than one room needs."""
