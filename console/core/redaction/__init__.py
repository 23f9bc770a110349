"""The one redactor; `redaction.redact` is its door."""
