"""Preparatory studies of a unit: who has a plan, who has too little in it, and who waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.wording import with_words
from luotsi.learning import access
from luotsi.learning.models import StudyRight
from luotsi.learning.queries.tuva.page import base_of
from luotsi.learning.queries.tuva.registers import Kept, kept_of_all
from luotsi.learning.queries.tuva.words import permit_name
from luotsi.learning.rules.naming import listed
from luotsi.learning.rules.tuva.completion import gaps
from luotsi.learning.rules.tuva.simulating import Outlook, outlook
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

# The states of a plan: the one that needs somebody most comes first.
STATES = ("waits", "none", "lacks", "late", "goes", "ready")


@dataclass(frozen=True)
class TuvaRow:
    """One learner's preparatory studies in a list; `state` is one of `STATES`."""

    name: str
    url: str
    group: str
    permit: str
    planned: Decimal
    done: Decimal
    ends_on: date | None
    by_pace: date | None
    state: str


def tuva_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the learners with preparatory studies at the unit and below whose progress the visitor follows."""
    today = clock.today()
    seen = access.learners_visible_to(visitor, scope)
    if words := ask.filters.get("q"):
        seen = seen.filter(with_words(words, "given_name", "family_name", "oid"))
    rights = StudyRight.objects.known().filter(learner__in=seen, kind=StudyRight.Kind.TUVA)
    if not ask.filters.get("ended"):
        rights = rights.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    found = list(rights.select_related("learner__unit").order_by("learner__family_name", "learner__given_name"))
    kept = kept_of_all(found)
    rows = [_row(one, kept[one.pk], scope, today) for one in found]
    if state := ask.filters.get("state"):
        rows = [one for one in rows if one.state == state]
    rows.sort(key=_order(ask.sort), reverse=ask.descending)
    last = None if ask.limit is None else ask.offset + ask.limit
    return Rows(rows[ask.offset : last], len(rows))


def _row(right: StudyRight, kept: Kept, scope: Unit, today: date) -> TuvaRow:
    path, learner = base_of(kept, today), right.learner
    found = outlook(path, kept.registers, today)
    return TuvaRow(
        name=listed(learner.given_name, learner.family_name, learner.oid),
        url=reverse("learning:see-tuva", args=[scope.key, learner.pk]),
        group=learner.unit.names.text,
        permit=permit_name(right.permit),
        planned=found.total,
        done=sum(kept.registers.done.values(), Decimal(0)),
        ends_on=found.by_plan,
        by_pace=found.by_pace,
        state=_state(kept, found, enough=not gaps(path.weeks)),
    )


def _state(kept: Kept, found: Outlook, *, enough: bool) -> str:
    if kept.proposal:
        return "waits"
    if found.least == {}:
        return "ready"
    if kept.plan is None:
        return "none"
    if not enough:
        return "lacks"
    return "late" if (found.days_past or 0) > 0 else "goes"


def state_words(state: str) -> tuple[str, str]:
    """Return the mark and the word of a state."""
    return {
        "waits": ("risk", _("a proposal waits")),
        "none": ("none", _("no plan yet")),
        "lacks": ("late", _("the plan does not suffice")),
        "late": ("risk", _("ends after the plan")),
        "goes": ("run", _("by the plan")),
        "ready": ("done", _("may be completed")),
    }[state]


def _order(key: str) -> Callable[[TuvaRow], Any]:
    far = date.max
    orders: dict[str, Callable[[TuvaRow], Any]] = {
        "name": lambda row: row.name.casefold(),
        "group": lambda row: row.group.casefold(),
        "planned": lambda row: row.planned,
        "done": lambda row: row.done,
        "ends": lambda row: row.ends_on or far,
        "pace": lambda row: row.by_pace or far,
        "state": lambda row: STATES.index(row.state),
    }
    return orders[key]
