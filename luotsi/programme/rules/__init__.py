"""What a plan is and what is wrong with one, as pure decisions: shapes, checks, derived values."""
