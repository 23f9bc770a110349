"""The parts of the redactor; `console.core.redact` is its door."""
