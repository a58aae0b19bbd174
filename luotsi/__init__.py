"""Luotsi: plans, funds, runs, measures and reports the digitalisation of education."""

__version__ = "0.1.0"
