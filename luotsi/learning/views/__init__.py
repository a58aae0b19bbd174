"""Pages of the learning room, a file for each noun."""
