"""The verbs of questionnaires: publishing, opening, answering, sharing, handing in."""
