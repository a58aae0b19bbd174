"""Commands of the programme room."""
