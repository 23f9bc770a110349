"""Calls and clients out of what other tools keep: commands, collections, archives. Without what is secret in them."""
