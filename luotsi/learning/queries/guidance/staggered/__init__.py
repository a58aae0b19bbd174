"""Staggered starts: who waits for theirs, what they come to, and their pages."""
