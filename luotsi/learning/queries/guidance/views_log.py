"""The log of views and scores, for who watches: who saw whose, when and what for; never what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.clock import HELSINKI
from luotsi.base.wording import contains
from luotsi.learning.models import Score, ScoreView
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.base.names import Names
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

MADE = "made"
# What pages show with a score: their own words say it, so that a page which shows more has to say so here.
SHOWN = {
    ScoreView.Purpose.CASELOAD: gettext_lazy("Band, reasons"),
    ScoreView.Purpose.LEARNER: gettext_lazy("Band, reasons, what is missing, plan and progress"),
    ScoreView.Purpose.GROUP: gettext_lazy("Band, reasons"),
    ScoreView.Purpose.OWN: gettext_lazy("Band, reasons, what is missing, plan and progress"),
    ScoreView.Purpose.EXPORT: gettext_lazy("Band, reasons, as a file"),
}


@dataclass(frozen=True)
class LogRow:
    """A view, or the making of a score: the moment, who, whose, by what it was counted, the week, what for, what."""

    at: datetime
    who: str
    learner: str
    unit: Names
    source: str
    week: date
    purpose: str
    shown: str


def views_listed(scope: Unit, ask: Ask) -> Rows:
    """Return the rows that were asked for, the latest first; two queries."""
    if ask.filters.get("what") == MADE:
        return _scores(scope, ask)
    asked = _between("at", ask) & _like("person", ask.filters.get("viewer", ""))
    if purpose := ask.filters.get("purpose"):
        asked &= Q(purpose=purpose)
    found = ScoreView.objects.filter(asked, _whose(scope, ask)).order_by(*_order("at", ask))
    rows = _cut(found.select_related("person", "learner__unit", "model"), ask)
    return Rows(list(_views(rows)), found.order_by().count())


def _scores(scope: Unit, ask: Ask) -> Rows:
    """Return the making of scores; nobody saw them, so who asks for somebody who did gets none."""
    found = Score.objects.filter(_between("made_at", ask), _whose(scope, ask)).order_by(*_order("made_at", ask))
    if ask.filters.get("viewer") or ask.filters.get("purpose"):
        found = found.none()
    rows = _cut(found.select_related("learner__unit", "model").defer("inputs", "reasons", "value", "band"), ask)
    return Rows(list(_makings(rows)), found.order_by().count())


def _order(field: str, ask: Ask) -> tuple[str, str]:
    sign = "-" if ask.descending else ""
    return f"{sign}{field}", f"{sign}pk"


def _cut[T: Any](found: QuerySet[T], ask: Ask) -> QuerySet[T]:
    return found[ask.offset : None if ask.limit is None else ask.offset + ask.limit]


def _between(field: str, ask: Ask) -> Q:
    found, since, until = Q(), ask.filters.get("since"), ask.filters.get("until")
    if since:
        found &= Q(**{f"{field}__gte": _begin(since)})
    if until:
        found &= Q(**{f"{field}__lte": datetime.combine(until, time.max, HELSINKI)})
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)


def _whose(scope: Unit, ask: Ask) -> Q:
    return Q(learner__unit__path__startswith=scope.path) & _like("learner", ask.filters.get("q", ""))


def _like(who: str, text: str) -> Q:
    """Return the condition that every word is in the name of somebody."""
    found = Q()
    for word in text.split():
        found &= contains(f"{who}__given_name", word) | contains(f"{who}__family_name", word)
    return found


def _views(rows: QuerySet[ScoreView]) -> Iterator[LogRow]:
    for one in rows:
        yield LogRow(
            at=one.at,
            who=str(one.person),
            learner=str(one.learner),
            unit=one.learner.unit.names,
            source=_source(one),
            week=one.week,
            purpose=one.get_purpose_display(),
            shown=str(SHOWN[ScoreView.Purpose(one.purpose)]),
        )


def _makings(rows: QuerySet[Score]) -> Iterator[LogRow]:
    for one in rows:
        yield LogRow(
            at=one.made_at,
            who="",
            learner=str(one.learner),
            unit=one.learner.unit.names,
            source=_source(one),
            week=one.week,
            purpose=_("Withdrawn: the learner was right") if one.withdrawn_at else "",
            shown="",
        )


def _source(one: Score | ScoreView) -> str:
    return _("Model %(version)s") % {"version": one.model} if one.model else _("Rules")
