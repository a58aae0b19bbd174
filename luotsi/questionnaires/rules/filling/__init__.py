"""Filling in as pure functions: how fields are named, how what was typed is read, how it is merged and compared."""
