"""Floor 5: programmes and plans: what was promised, by whom and when, and what is told of it."""
