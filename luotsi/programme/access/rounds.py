"""Fetching rounds, and what a reader may see of the answers: the own ones apart, those of others by their consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.programme.access.records import is_seen, participations_of
from luotsi.programme.models import Participation, Round
from luotsi.programme.rules.consent import Consent, Shown, shown
from luotsi.programme.rules.rights import Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


def round_for(visitor: Visitor, programme: Programme, pk: UUID, to: Right = Right.SEE) -> Round:
    """Return a round of a programme. Raises Http404 and PermissionDenied as `programme_for` does."""
    known = Round.objects.select_related("collection__version__questionnaire", "collection__owner")
    found = known.defer("collection__version__definition").filter(programme=programme, pk=pk).first()
    if found is None or not is_seen(reach_of(visitor), programme.owner.path):
        raise Http404(_("There is no such round, or you have no role that shows it."))
    if to != Right.SEE and not may(reach_of(visitor), to, programme.owner.path):
        raise PermissionDenied(_("Your role shows this round but does not let you change it."))
    found.programme = programme
    return found


def answers_shown(visitor: Visitor | None, programme: Programme, units: Iterable[Unit]) -> Shown[UUID]:
    """Return whose answers a reader sees apart, and whose are in the means; None is somebody who belongs nowhere.

    Whoever evaluates the programme sees all of them, the others those of the units that their roles reach. A member
    shows its own answer by its consent; the schools below it stand in means at most.
    """
    known = list(units)
    reach = reach_of(visitor) if visitor is not None else None
    everything = reach is not None and may(reach, Right.EVALUATE, programme.owner.path)
    own = frozenset(
        unit.pk for unit in known if everything or (reach is not None and may(reach, Right.SEE, unit.path))
    )
    taking = {one.unit_id: one for one in participations_of(programme)}
    return shown({unit.pk: _consent(unit, taking) for unit in known}, own)


def _consent(unit: Unit, taking: dict[UUID, Participation]) -> Consent:
    if (one := taking.get(unit.pk)) is not None:
        return Consent(one.consent)
    above = next((taking[pk] for pk in unit.ancestor_ids if pk in taking), None)
    silent = above is not None and above.consent == Participation.Consent.NONE
    return Consent.NONE if silent else Consent.SUMS
