"""Long work: one file per kind."""
