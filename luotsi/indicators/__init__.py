"""Indicators: what is counted and how, from which records, towards which target, and where it will end."""
