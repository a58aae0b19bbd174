"""Planner of preparatory studies (TUVA): a path of studies, what it lacks, how it fits the register, when it ends."""
