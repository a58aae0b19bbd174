"""Tests of the measuring itself; none of them looks at a time."""
