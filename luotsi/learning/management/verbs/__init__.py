"""The verbs of `luotsi study` and `luotsi guidance`, a file each: its help, its arguments, and what it does."""
