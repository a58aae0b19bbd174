"""Commands of the learning room."""
