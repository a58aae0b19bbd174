"""Reports to funders: their lines from the records, their pages, and their files."""
