"""Writes the content of a report from its material: sections of sentences, tables and figures in three languages."""
