"""Who may handle what was handed in to a call: the officers named for it, whoever handles some of it, the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.funding.models import CallOfficer, Received
from luotsi.people.access import person_of
from luotsi.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor


def handlers_of(call: Call, visitor: Visitor | None = None) -> list[tuple[str, str]]:
    """Return those who may handle applications to the call, as choices by name; two queries."""
    named = CallOfficer.objects.on(clock.today()).filter(call=call).select_related("person")
    handling = Received.objects.filter(call=call, handler__isnull=False).select_related("handler")
    people = {one.person for one in named} | {one.handler for one in handling if one.handler is not None}
    if visitor is not None and (mine := person_of(visitor)) is not None:
        people.add(mine)
    return sorted(((str(one.pk), one.full_name) for one in people), key=lambda choice: choice[1])


def person_among(choices: Sequence[tuple[str, str]], key: str) -> Person | None:
    """Return the person of a choice that was made; None where none was."""
    return Person.objects.filter(pk=key).first() if key in {value for value, _label in choices} else None
