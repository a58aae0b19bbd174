"""What pages of surveys show."""
