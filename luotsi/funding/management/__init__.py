"""Commands of the funding room."""
