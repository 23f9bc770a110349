"""Real time, measured."""
