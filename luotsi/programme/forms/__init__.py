"""Forms of this room: one class for one use case of input."""
