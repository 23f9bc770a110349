"""Reads texts as people receive them: mails, commands, settings files, tables."""
