"""Database steps of the base room."""
