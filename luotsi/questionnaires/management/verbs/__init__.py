"""The verbs of `luotsi questionnaire`, a file each: its help, its arguments, and what it does."""
