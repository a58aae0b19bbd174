"""What the pages of guidance show, and what its scores are counted from."""
