"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only.

A programme is seen by the staff at its owner, above it and below it: members of a region see the plan of the region.
What a member tells of itself is shown apart to the member, to those whose role reaches it, and to the others only
with its consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.people.models import Unit
from luotsi.people.rules import STAFF
from luotsi.programme.models import (
    BudgetLine,
    ClockEvent,
    Decision,
    Finding,
    MilestoneState,
    Participation,
    PlanVersion,
    Programme,
)
from luotsi.programme.rules.rights import HOLDERS, Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.rules import Reach
    from luotsi.programme.models.programmes import ProgrammeQuerySet


def is_seen(reach: Reach, path: str) -> bool:
    """Return True when a role lets somebody see the programmes of the unit at `path`."""
    return may(reach, Right.SEE, path) or any(
        grip.role in HOLDERS[Right.SEE] and grip.path.startswith(path) for grip in reach.grips
    )


def programmes_visible_to(visitor: Visitor, scope: Unit | None = None) -> ProgrammeQuerySet:
    """Return the programmes that the visitor may see; with a scope, those of it, of those above and those below."""
    seen = Q(owner__in=[])
    for grip in reach_of(visitor).grips:
        if grip.role not in STAFF:
            continue
        own = Q(owner__path__startswith=grip.path) if not grip.stays else Q(owner__path=grip.path)
        seen |= own | Q(owner__in=_above(grip.path))
    found = Programme.objects.filter(seen)
    return found.along(scope) if scope else found


def _above(path: str) -> list[UUID]:
    """Return the keys of the units above a path."""
    return [UUID(hex=part) for part in path.strip("/").split("/")[:-1]]


def programme_for(visitor: Visitor, scope: Unit, slug: str, to: Right = Right.SEE) -> Programme:
    """Return the programme with an address.

    `Right.RECORD` is enough at any unit that takes part; `unit_for` tells whether it holds at one of them.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    found = programmes_visible_to(visitor, scope).select_related("owner").filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such programme, or you have no role that shows it."))
    if not (may(reach_of(visitor), to, found.owner.path) or to == Right.SEE or _records_somewhere(visitor, found, to)):
        raise PermissionDenied(_("Your role shows this programme but does not let you change it."))
    return found


def public_programme(slug: str) -> Programme:
    """Return a programme with a public page of which a version has been published; raises Http404."""
    found = Programme.objects.public().select_related("owner").filter(slug=slug, versions__number__isnull=False)
    if (programme := found.first()) is None:
        raise Http404(_("There is no such programme."))
    return programme


def units_of(programme: Programme) -> list[Unit]:
    """Return the units that tell states: the participants in the order of their codes, else the owner alone."""
    units = [taking.unit for taking in participations_of(programme)]
    return units or [programme.owner]


def participations_of(programme: Programme) -> list[Participation]:
    """Return who takes part, with their units; fetched once for an instance of the programme."""
    kept: list[Participation] | None = getattr(programme, "_participations", None)
    if kept is None:
        kept = list(programme.participations.select_related("unit").order_by("unit__name_fi", "code"))
        programme._participations = kept  # type: ignore[attr-defined]  # an instance lives for one request
    return kept


def keep_participations(programme: Programme, found: list[Participation]) -> None:
    """Keep who takes part on an instance, where it was fetched for several programmes at once."""
    programme._participations = found  # type: ignore[attr-defined]


def _records_somewhere(visitor: Visitor, programme: Programme, to: Right) -> bool:
    return to == Right.RECORD and bool(recording_units(visitor, programme))


def recording_units(visitor: Visitor, programme: Programme) -> list[Unit]:
    """Return the units of the programme whose states the visitor may tell."""
    reach = reach_of(visitor)
    return [unit for unit in units_of(programme) if may(reach, Right.RECORD, unit.path)]


def unit_for(visitor: Visitor, programme: Programme, key: str, to: Right = Right.SEE) -> Unit:
    """Return a unit of the programme; raises Http404 for others and PermissionDenied without the right there."""
    unit = next((unit for unit in units_of(programme) if unit.key == key), None)
    if unit is None:
        raise Http404(_("This unit does not take part in the programme."))
    if to == Right.SEE and unit.pk in units_told_to(visitor, programme):
        return unit
    if to == Right.SEE or not may(reach_of(visitor), to, unit.path):
        raise PermissionDenied(_("Your role shows this programme but does not let you do this for the unit."))
    return unit


def own_units(visitor: Visitor, programme: Programme) -> frozenset[UUID]:
    """Return the units of the programme where the visitor belongs: by a role there, above it or below it."""
    reach = reach_of(visitor)
    return frozenset(unit.pk for unit in units_of(programme) if is_seen(reach, unit.path))


def units_told_to(visitor: Visitor, programme: Programme) -> frozenset[UUID]:
    """Return the units whose states the visitor sees apart: the own ones, and those that consented."""
    shown = {
        taking.unit_id for taking in participations_of(programme) if taking.consent == Participation.Consent.FIGURES
    }
    return own_units(visitor, programme) | shown


def version_for(visitor: Visitor, programme: Programme, number: int | None) -> PlanVersion:
    """Return a published version, or with None the draft, which only those see who may plan; raises Http404."""
    found = PlanVersion.objects.filter(programme=programme, number=number).first()
    if found is None or (number is None and not may(reach_of(visitor), Right.PLAN, programme.owner.path)):
        raise Http404(_("There is no such version."))
    return found


def _of[T: (Finding, BudgetLine, Decision, ClockEvent)](found: T | None, visitor: Visitor, to: Right) -> T:
    missing = _("This is not there, or you have no role that shows it.")
    if found is None or not is_seen(reach_of(visitor), found.programme.owner.path):
        raise Http404(missing)
    if to != Right.SEE and not may(reach_of(visitor), to, found.programme.owner.path):
        raise PermissionDenied(_("Your role lets you look at this but not change it."))
    return found


def finding_for(visitor: Visitor, programme: Programme, code: str, to: Right = Right.SEE) -> Finding:
    """Return a finding by its code. Raises Http404 and PermissionDenied as `programme_for` does."""
    found = Finding.objects.filter(programme=programme, code=code).select_related("programme__owner", "indicator")
    return _of(found.first(), visitor, to)


def budget_line_for(visitor: Visitor, programme: Programme, code: str, to: Right = Right.SEE) -> BudgetLine:
    """Return a line of money by its code. Raises Http404 and PermissionDenied as `programme_for` does."""
    found = BudgetLine.objects.filter(programme=programme, code=code).select_related("programme__owner")
    return _of(found.first(), visitor, to)


def decision_for(visitor: Visitor, programme: Programme, code: str, to: Right = Right.SEE) -> Decision:
    """Return a decision by its code. Raises Http404 and PermissionDenied as `programme_for` does."""
    found = Decision.objects.filter(programme=programme, code=code).select_related("programme__owner")
    return _of(found.first(), visitor, to)


def event_for(visitor: Visitor, programme: Programme, pk: UUID, to: Right = Right.SEE) -> ClockEvent:
    """Return an event of the clock. Raises Http404 and PermissionDenied as `programme_for` does."""
    found = ClockEvent.objects.filter(programme=programme, pk=pk).select_related("programme__owner")
    return _of(found.first(), visitor, to)


def participation_for(visitor: Visitor, programme: Programme, key: str, to: Right = Right.SEE) -> Participation:
    """Return how a unit takes part; a change of its consent needs the right to plan at the unit itself."""
    found = next((taking for taking in participations_of(programme) if taking.unit.key == key), None)
    if found is None:
        raise Http404(_("This unit does not take part in the programme."))
    if to != Right.SEE and not may(reach_of(visitor), to, found.unit.path):
        raise PermissionDenied(_("Only the unit itself decides what the others see of it."))
    return found


def state_for(visitor: Visitor, pk: UUID) -> MilestoneState:
    """Return a state of a milestone, for the file of its evidence; 404 unless the unit is told apart."""
    found = MilestoneState.objects.select_related("programme__owner", "unit").filter(pk=pk).first()
    if (
        found is None
        or not is_seen(reach_of(visitor), found.programme.owner.path)
        or found.unit_id not in units_told_to(visitor, found.programme)
    ):
        raise Http404(_("This is not there, or you have no role that shows it."))
    return found
