"""A staggered start of guidance lists: planned, drawn by lot, locked before the first start, and judged at its end."""
