"""The annual clock: adding, changing and ending its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, texts
from luotsi.base import clock as time
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import ClockEvent
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import measures_of

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme

LEAP = 2000  # a year that has every day


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """What can be written of an event; without a year it comes every year, without an end it lasts a day."""

    title: Names
    month: int
    day: int
    until_month: int | None = None
    until_day: int | None = None
    year: int | None = None
    owner: str = ""
    measure: str = ""
    remind_days: int = 14
    note: str = ""


def _fields(details: EventDetails) -> dict[str, Any]:
    return {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 0, day or 0)
    except ValueError:
        return False
    return True


def _refuse(programme: Programme, details: EventDetails, known: str = "") -> None:
    reasons = []
    if not texts.kept(details.title):
        reasons.append(Reason(_("Tell what happens."), field="title"))
    if not _exists(details.year or LEAP, details.month, details.day):
        reasons.append(Reason(_("There is no such day."), field="day"))
    until = (details.until_month, details.until_day)
    if until != (None, None) and not _exists(details.year or LEAP, *until):
        reasons.append(Reason(_("There is no such day."), field="until_day"))
    measures = {item.code for item in measures_of(plan_of(programme))} | {known, ""}
    if details.measure not in measures:
        reasons.append(Reason(_("The plan has no such measure."), field="measure"))
    if reasons:
        raise ProgrammeRefused(*reasons)


@transaction.atomic
def add_event(*, programme: Programme, details: EventDetails, by: Account | None) -> ClockEvent:
    """Add an event to the annual clock. Raises ProgrammeRefused when its days or its measure do not exist."""
    _refuse(programme, details)
    event = checked(ClockEvent(programme=programme, **_fields(details)))
    event.save(force_insert=True)
    audit.record(
        by=by,
        verb="programme.clock.added",
        target=event,
        after=audit.snapshot(event),
        unit_id=programme.owner_id,
    )
    return event


@transaction.atomic
def change_event(*, event: ClockEvent, details: EventDetails, by: Account | None) -> ClockEvent:
    """Write the details of an event; no audit row when nothing changed."""
    _refuse(event.programme, details, event.measure)
    names = list(vars(details))
    before = audit.snapshot(event, *names)
    for name, value in _fields(details).items():
        setattr(event, name, value)
    after = audit.snapshot(checked(event), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        event.save(update_fields=changed)
        audit.record(
            by=by,
            verb="programme.clock.changed",
            target=event,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            unit_id=event.programme.owner_id,
        )
    return event


@transaction.atomic
def end_event(*, event: ClockEvent, by: Account | None) -> ClockEvent:
    """Take an event off the clock from today on; what it reminded of stays in the log."""
    if event.ended_on is not None:
        raise ProgrammeRefused(_("The event has been taken off already."))
    event.ended_on = time.today()
    event.save(update_fields=["ended_on"])
    audit.record(
        by=by,
        verb="programme.clock.ended",
        target=event,
        after={"ended_on": event.ended_on},
        unit_id=event.programme.owner_id,
    )
    return event
