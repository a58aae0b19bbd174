"""What models are learnt from and scores are computed from: rows with since when they were known."""
