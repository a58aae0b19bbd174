"""The verbs of `luotsi funding`, a file each: its help, its arguments, and what it does."""
