"""The sections of each kind of report, in their order."""

from __future__ import annotations

EVALUATION = (
    "cover",
    "summary",
    "mandate",
    "method",
    "indicators",
    "packages",
    "deviations",
    "money",
    "equality",
    "risks",
    "appendices",
)
COMPARISON = (
    "goals",
    "matrix",
    "devices",
    "competence",
    "security",
    "comparability",
    "observations",
    "weighted",
)
SECTIONS: dict[str, tuple[str, ...]] = {"evaluation": EVALUATION, "comparison": COMPARISON}
