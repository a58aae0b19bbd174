"""Commands to run, look after, copy and prove an installation."""
