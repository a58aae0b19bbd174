"""What is decided about grants, as pure functions: what an application says, and what is wrong with it."""
