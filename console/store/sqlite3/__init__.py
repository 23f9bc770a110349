"""SQLite as Django speaks to it, with one thing done once that it does for each question."""
