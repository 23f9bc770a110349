"""The words of RFC 6749 and its relatives: metadata, token responses and errors, client assertions."""
