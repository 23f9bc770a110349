"""The guided checklist: its steps, their evidence, and what was reached."""
