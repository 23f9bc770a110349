"""What this console knows, as pages to look up: one entry for each entry of its catalogues, and no text of its own."""
