"""Forms of this room: one for each use case."""
