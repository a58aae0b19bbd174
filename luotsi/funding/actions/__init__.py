"""Verbs of this room: each is one transaction with one row in the log of changes."""
