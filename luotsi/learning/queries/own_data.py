"""A copy of what is known of a learner, for the learner (GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.base import audit
from luotsi.learning.models import Learner, Traits

if TYPE_CHECKING:
    from luotsi.people.models import Person

# Relations of a learner, and what is left out of each: keys of tables that say nothing.
TOLD = {
    "placements": "group",
    "rights": "unit",
    "plans": "",
    "lines": "",
    "work_periods": "",
    "absences": "",
    "judgements": "",
    "needs": "",
    "deeds": "",
    "sayings": "",
    "tuva_plans": "",
    "scores": "model",
    "turns": "",
}


def own_data(person: Person) -> dict[str, Any]:
    """Return what is known of the studies of a person; nothing of who is no learner. One query for each kind."""
    learner = Learner.objects.filter(person=person).select_related("unit").first()
    if learner is None:
        return {}
    found: dict[str, Any] = {
        "learner": audit.snapshot(
            learner, "oid", "given_name", "family_name", "told_version", "told_on", "objected_on"
        )
        | {"unit": learner.unit.names.text}
    }
    for name, joined in TOLD.items():
        rows = getattr(learner, name).select_related(joined) if joined else getattr(learner, name).all()
        found[f"study_{name}"] = [_told(row, joined) for row in rows]
    traits = Traits.objects.filter(learner=learner).first()
    found["study_traits"] = audit.snapshot(traits) if traits else None
    found["study_scores_seen_by"] = [
        audit.snapshot(view, "at", "purpose", "week") | {"by": str(view.person)}
        for view in learner.score_views.select_related("person")
    ]
    return found


def _told(row: Any, joined: str) -> dict[str, Any]:
    told = audit.snapshot(row)
    return told | ({joined: str(getattr(row, joined) or "")} if joined else {})
