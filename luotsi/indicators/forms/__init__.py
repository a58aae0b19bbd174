"""Forms of the room: one use case of input each."""
