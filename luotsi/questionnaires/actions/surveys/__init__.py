"""The verbs of surveys: opening, inviting, answering, settling."""
