"""Formats of Finnish."""
