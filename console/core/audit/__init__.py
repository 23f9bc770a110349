"""What the audit trail may say, and how it is searched."""
