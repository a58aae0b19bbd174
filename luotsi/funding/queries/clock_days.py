"""Days of funding for the annual clock: calls that open and close, what grants oblige to, instalments expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Call, Obligation
from luotsi.funding.queries.closing import closing_words
from luotsi.funding.queries.instalments import instalment_words, lacking
from luotsi.funding.queries.obligation_pages import PASSIVE
from luotsi.funding.rules.obligations import Duty
from luotsi.people.models import Unit
from luotsi.programme.queries.other_days import ClockDay
from luotsi.ui import formatting
from luotsi.ui.formatting import moment

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor


def clock_days(visitor: Visitor, scope: Unit, first: date, last: date) -> list[ClockDay]:
    """Return the days between two of calls that concern the unit and of its grants; at most six queries.

    A call concerns a unit when the unit or one above it keeps it, or when it asks the unit, those above or below it.
    What of a grant is late stands on today, when that is one of the days.
    """
    seen = access.applications_visible_to(visitor, scope)
    return [
        *_of_calls(visitor, scope, first, last),
        *(one for one in [*_of_duties(seen, scope, last), *_of_money(seen, scope, last)] if one.on >= first),
    ]


def _of_duties(seen: ApplicationQuerySet, scope: Unit, last: date) -> Iterator[ClockDay]:
    """Yield what is still to be done for grants; how long vouchers are kept is no day to do anything."""
    today = clock.today()
    due = Obligation.objects.undone().filter(due_on__lte=last)
    due = due.filter(application__in=seen.order_by(), application__closed_at=None)
    for one in due.exclude(duty=Duty.KEEP_VOUCHERS).select_related("application"):
        is_late = one.due_on < today
        if is_late and one.duty in PASSIVE:
            continue
        words = str(one.get_duty_display())
        if is_late:
            words = _("%(what)s: late since %(day)s") % {"what": words, "day": formatting.day(one.due_on)}
        url = reverse("funding:list-obligations", args=[scope.key, one.application_id])
        yield ClockDay(max(one.due_on, today), one.application.names, words, url)


def _of_money(seen: ApplicationQuerySet, scope: Unit, last: date) -> Iterator[ClockDay]:
    """Yield the instalments that are expected and have not come whole."""
    today = clock.today()
    for one in lacking(seen, last):
        due, words = one.due_on or today, instalment_words(one)
        if due < today:
            words = _("%(what)s: late since %(day)s") % {"what": words, "day": formatting.day(due)}
        application = one.decision.application
        url = reverse("funding:see-spending", args=[scope.key, application.pk])
        yield ClockDay(max(due, today), application.names, words[:1].upper() + words[1:], url)


def _of_calls(visitor: Visitor, scope: Unit, first: date, last: date) -> list[ClockDay]:
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
