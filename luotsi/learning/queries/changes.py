"""What has changed since cohorts began: a forecast takes it that things go as before, so a reader must know of it.

Only what is on record is told, and only that it happened: whether it helped is asked where chance parted learners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.indicators.rules.disclosure import SMALL
from luotsi.learning.models import Caseload, GuidanceSwitch, RiskModel, StudyRight
from luotsi.learning.rules import figures as keys
from luotsi.learning.rules.cohorts import Half
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.programme.queries.uses import measures_towards

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

ORDERED = ("learning.week.scored", "learning.week.ordered")
AIMED_AT = (keys.LEFT, keys.GONE, keys.COMPLETED_3, keys.COMPLETED_3_5, keys.COMPLETED_4)


@dataclass(frozen=True)
class Change:
    """Something that happened on a day; `url` of its page, where it has one. `number` marks it in the picture."""

    day: date
    words: str
    url: str = ""
    number: int = 0

    @property
    def half(self) -> Half:
        """The half-year in which it happened."""
        return Half.of(self.day)


def changes_at(visitor: Visitor, scope: Unit, qualification: str, since: date) -> tuple[Change, ...]:
    """Return what has changed at a unit since a day and up to today, by day and numbered; eight queries at most."""
    found = [
        *_guiding(scope),
        *_switching(scope),
        *_models(scope),
        *_renewing(scope, qualification),
        *(
            Change(one.day, _("Measure of a programme begins: %(name)s") % {"name": one.names.text}, one.url)
            for one in measures_towards(visitor, scope, AIMED_AT)
        ),
    ]
    told = sorted((one for one in found if since <= one.day <= clock.today()), key=lambda one: (one.day, one.words))
    return tuple(Change(one.day, one.words, one.url, place) for place, one in enumerate(told, start=1))


def _around(scope: Unit, field: str) -> Q:
    """Return records of the unit, of those above it and of those below it."""
    return Q(**{f"{field}__in": [*scope.ancestor_ids, scope.pk]}) | Q(**{f"{field}__path__startswith": scope.path})


def _guiding(scope: Unit) -> Iterator[Change]:
    """Yield when counsellors began to guide by caseload, and when weeks began to be ordered; two queries."""
    first = Caseload.objects.filter(_around(scope, "unit")).aggregate(day=Min("since"))["day"]
    if first is not None:
        yield Change(first, _("Counsellors began to guide by caseload."))
    below = Unit.objects.filter(path__startswith=scope.path, kind=Kind.PROVIDER).values("pk")
    at = Q(unit_id__in=[*scope.ancestor_ids, scope.pk]) | Q(unit_id__in=below)
    begun = AuditEntry.objects.filter(at, verb__in=ORDERED).aggregate(at=Min("at"))["at"]
    if begun is not None:
        words = _(
            "Caseloads began to be ordered by week: of learners with the same need, lots decide who is met first."
        )
        yield Change(clock.day_of(begun), words)


def _switching(scope: Unit) -> Iterator[Change]:
    """Yield each time when something else began to order caseloads; one query."""
    for one in GuidanceSwitch.objects.filter(_around(scope, "provider")).order_by("at"):
        mode = GuidanceSwitch.Mode(one.mode).label
        yield Change(clock.day_of(one.at), _("What orders caseloads was switched to: %(mode)s.") % {"mode": mode})


def _models(scope: Unit) -> Iterator[Change]:
    """Yield when models came into use and went out of it; one query."""
    for one in RiskModel.objects.filter(_around(scope, "provider"), released_at__isnull=False).order_by("number"):
        if one.released_at is not None:
            yield Change(clock.day_of(one.released_at), _("Model %(model)s came into use.") % {"model": one})
        if one.retired_at is not None:
            yield Change(clock.day_of(one.retired_at), _("Model %(model)s went out of use.") % {"model": one})


def _renewing(scope: Unit, qualification: str) -> Iterator[Change]:
    """Yield each half-year in which five learners or more moved to renewed requirements, by its first; one query."""
    moved = StudyRight.objects.known().filter(unit__path__startswith=scope.path, renewed=True, ends_on__isnull=False)
    if qualification:
        moved = moved.filter(qualification=qualification)
    days: defaultdict[Half, list[date]] = defaultdict(list)
    for day in moved.order_by("ends_on").values_list("ends_on", flat=True):
        if day is not None:
            days[Half.of(day)].append(day)
    for found in days.values():
        if len(found) >= SMALL:
            yield Change(found[0], _("Learners moved to renewed requirements of their qualification."))
