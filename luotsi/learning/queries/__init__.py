"""What the pages of the learning room show."""
