"""What the forms of the learning room take."""
