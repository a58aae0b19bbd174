"""Pilot networks: the list, one network with its schools, and its concept for everybody."""
