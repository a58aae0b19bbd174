"""Pages of guidance: a counsellor's caseload, a learner's guidance, one's own, starts of studies, and its effects."""
