"""Measures speed and size: `python -m bench` prints a table with the goals and writes the figures as JSON."""
