"""Opening and closing days of calls for the annual clock: of those that are watched and those that ask the unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Call
from luotsi.funding.queries.closing import closing_words
from luotsi.people.models import Unit
from luotsi.programme.queries.other_days import ClockDay
from luotsi.ui.formatting import moment

if TYPE_CHECKING:
    from luotsi.people.access import Visitor


def clock_days(visitor: Visitor, scope: Unit, first: date, last: date) -> list[ClockDay]:
    """Return the days between two on which a call opens or closes that concerns the unit; at most two queries.

    A call concerns a unit when the unit or one above it keeps it, or when it asks the unit, those above or below it.
    """
    now = clock.now()
    calls = [
        call
        for call in access.calls_visible_to(visitor, scope)
        if call.state_at(now) in {"open", "coming"} and any(first <= on <= last for on in _days(call))
    ]
    paths = _paths(calls)
    return [
        one for call in calls if _concerns(call, scope, paths) for one in _of(call, scope) if first <= one.on <= last
    ]


def _days(call: Call) -> Iterator[date]:
    if call.opens_at is not None:
        yield clock.day_of(call.opens_at)
    if call.last_day is not None:
        yield call.last_day


def _paths(calls: list[Call]) -> dict[str, str]:
    keys = {key for call in calls for key in call.eligible}
    return dict(Unit.objects.filter(key__in=keys).values_list("key", "path")) if keys else {}


def _concerns(call: Call, scope: Unit, paths: dict[str, str]) -> bool:
    if call.owner_id in {*scope.ancestor_ids, scope.pk} or not call.eligible:
        return True
    asked = [paths[key] for key in call.eligible if key in paths]
    return any(scope.path.startswith(path) or path.startswith(scope.path) for path in asked)


def _of(call: Call, scope: Unit) -> Iterator[ClockDay]:
    url = reverse("funding:see-call", args=[scope.key, call.owner.key, call.slug])
    if call.opens_at is not None:
        words = _("The call opens: %(when)s") % {"when": moment(call.opens_at)}
        yield ClockDay(clock.day_of(call.opens_at), call.names, words, url)
    if call.last_day is not None:
        words = _("The call closes: %(when)s") % {"when": closing_words(call)}
        yield ClockDay(call.last_day, call.names, words, url)
