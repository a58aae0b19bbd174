"""What pages, files and the terminal show of grants."""
