"""Who may apply to an own call, in words: whether it is open, whether it asks a unit, where a visitor may apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.models import Application
from luotsi.funding.queries.closing import not_open_words
from luotsi.funding.rules.applicants import KINDS, Applicants, Asked, NotEligible, why_not
from luotsi.funding.rules.rights import HOLDERS, Right
from luotsi.people.access import reach_of
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor

MOST = 200


@dataclass(frozen=True)
class PlaceRow:
    """A unit for which the visitor could apply; `why_not` tells why it may not, empty when it may.

    `word` is the state of the application that it has already, to which `url` then leads.
    """

    names: Names
    url: str
    why_not: str
    word: str = ""


def asked_of(call: Call) -> Asked | None:
    """Return whom an own call asks; None where it does not tell. One query where it names units."""
    return asked_by_all([call])[call.pk]


def asked_by_all(calls: Sequence[Call]) -> dict[UUID, Asked | None]:
    """Return whom each of some calls asks; None where it does not tell. One query where any names units."""
    keys = {key for call in calls for key in call.eligible}
    paths = dict(Unit.objects.filter(key__in=keys).values_list("key", "path")) if keys else {}
    return {
        call.pk: Asked(
            applicants=Applicants(call.applicants),
            paths=tuple(paths[key] for key in call.eligible if key in paths),
        )
        if call.applicants
        else None
        for call in calls
    }


def eligible_words(call: Call) -> str:
    """Return which units may apply, for readers: the kind, and the names of the units below which they are."""
    if not call.applicants:
        return ""
    kind = call.get_applicants_display()
    if not call.eligible:
        return kind
    named = [unit.names.text for unit in Unit.objects.filter(key__in=call.eligible)]
    return _("%(kind)s: %(units)s") % {"kind": kind, "units": ", ".join(named)}


def unit_refusal(call: Call, unit: Unit, asked: Asked | None) -> str:
    """Return why a unit may not apply to an own call; nothing when it may."""
    found = why_not(asked, unit.kind, unit.path) if asked else None
    if found == NotEligible.KIND:
        told = {"kind": call.get_applicants_display().lower(), "unit": unit.names.text}
        return _("The call asks %(kind)s; %(unit)s is of another kind.") % told
    if found == NotEligible.ELSEWHERE:
        told = {"asked": eligible_words(call), "unit": unit.names.text}
        return _("%(unit)s is not among those that the call asks. It asks: %(asked)s.") % told
    return ""


def begin_refusal(call: Call, unit: Unit) -> str:
    """Return why an application of a unit to an own call cannot be begun now; nothing when it can."""
    return not_open_words(call, clock.now()) or unit_refusal(call, unit, asked_of(call))


def places_to_apply(visitor: Visitor, call: Call) -> tuple[PlaceRow, ...]:
    """Return the units for which the visitor prepares applications, those that may apply first; four queries.

    Of units of another kind only those are shown at which a role was given, with the reason.
    """
    grips = [grip for grip in reach_of(visitor).grips if grip.role in HOLDERS[Right.PREPARE]]
    if not grips:
        return ()
    asked = asked_of(call)
    own = [grip.unit_id for grip in grips]
    held = Unit.objects.held_by(grips).in_force(clock.today())
    kind = held.filter(kind=KINDS[asked.applicants]) if asked else held.exclude(kind="group")
    found = (kind | held.filter(pk__in=own)).distinct()
    there = {one.unit_id: one for one in Application.objects.filter(call=call, unit__in=found.values("pk"))}
    rows = [_place(call, unit, unit_refusal(call, unit, asked), there.get(unit.pk)) for unit in found[: 2 * MOST]]
    may = [row for row in rows if not row.why_not]
    others = [row for row in rows if row.why_not]
    return (*may[:MOST], *others[:MOST])


def _place(call: Call, unit: Unit, why_not: str, one: Application | None) -> PlaceRow:
    if one is None:
        return PlaceRow(
            unit.names, reverse("funding:begin-application", args=[unit.key, call.owner.key, call.slug]), why_not
        )
    url = reverse("funding:see-application", args=[unit.key, one.pk])
    return PlaceRow(unit.names, url, "", one.get_state_display())
