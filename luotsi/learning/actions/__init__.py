"""What can be done in the learning room, a file for each noun."""
