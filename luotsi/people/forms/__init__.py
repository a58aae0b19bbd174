"""Parsing of what people type in this room."""
