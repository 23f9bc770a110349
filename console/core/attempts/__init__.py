"""What is kept of an attempt, and what of it goes along when a case is handed on."""
