"""Floor 4: the form engine: definitions in versions, answers, checks; it knows of no particular form."""
