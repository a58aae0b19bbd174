"""Floor 2: organisations, persons, roles, access, accounts and sign-in."""
