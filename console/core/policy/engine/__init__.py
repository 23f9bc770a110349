"""Runs a whole policy document on one call, and what that leaves behind."""
