"""Floor 6: both sides of a grant: calls, applications and what is wrong with them, decisions, spending, reports."""
