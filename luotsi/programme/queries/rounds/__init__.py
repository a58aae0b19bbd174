"""Self-evaluation rounds: what was answered, the evidence beside it, and what their pages show."""
