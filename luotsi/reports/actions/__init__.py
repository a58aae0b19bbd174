"""The verbs of reports: each is one transaction with one row in the log."""
