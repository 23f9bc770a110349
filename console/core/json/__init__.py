"""JSON under everything: strict reading, kept numbers, text that may be shown."""
