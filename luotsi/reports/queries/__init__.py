"""What the pages, files and commands of reports show, as typed data; nothing here writes."""
