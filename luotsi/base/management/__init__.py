"""Management commands of the base room."""
