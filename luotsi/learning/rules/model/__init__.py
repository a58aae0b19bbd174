"""The need for guidance as a model: learnt from closed cohorts, measured honestly, released by a gate."""
