"""What this room tells: plans read from files, what is wrong with them, and how they stand."""
