"""What pages, files and programs show of this room; figures leave through `queries.figures` alone."""
