"""What the demo's reports say beside their figures, as `luotsi/reports/data/demo.yaml` holds it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from luotsi.base.names import Names


@dataclass(frozen=True)
class Told:
    """The texts of both reports by section and language, the matter of the one that is decided, and a reason."""

    evaluation: dict[str, dict[str, str]]
    comparison: dict[str, dict[str, str]]
    body: Names
    officer: str
    proposal: Names
    reason: str


def told() -> Told:
    """Return the texts of the demo."""
    import yaml

    found = yaml.safe_load((resources.files("luotsi.reports") / "data" / "demo.yaml").read_text(encoding="utf-8"))
    matter = found["matter"]
    return Told(
        evaluation=found["evaluation"],
        comparison=found["comparison"],
        body=Names(**matter["body"]),
        officer=matter["officer"],
        proposal=Names(**matter["proposal"]),
        reason=found["reason"],
    )
