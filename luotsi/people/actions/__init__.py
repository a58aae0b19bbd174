"""What can be done in the people room: each a verb, one transaction, one audit row."""
