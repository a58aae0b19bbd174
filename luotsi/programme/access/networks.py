"""Fetching pilot networks, and what a visitor may do with them at a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.people.rules import Kind
from luotsi.programme.access.records import is_seen
from luotsi.programme.models import Network
from luotsi.programme.rules.rights import Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


def network_for(visitor: Visitor, programme: Programme, slug: str, to: Right = Right.SEE) -> Network:
    """Return a network of a programme. Raises Http404 and PermissionDenied as `programme_for` does."""
    known = Network.objects.select_related("call__version__questionnaire", "call__owner")
    found = known.defer("call__version__definition").filter(programme=programme, slug=slug).first()
    if found is None or not is_seen(reach_of(visitor), programme.owner.path):
        raise Http404(_("There is no such network, or you have no role that shows it."))
    if to != Right.SEE and not may(reach_of(visitor), to, programme.owner.path):
        raise PermissionDenied(_("Your role shows this network but does not let you change it."))
    found.programme = programme
    return found


def may_adopt(visitor: Visitor, network: Network, unit: Unit) -> bool:
    """Return True when the visitor may tell for a school below the programme that it took the concept into use."""
    inside = unit.kind == Kind.INSTITUTION and unit.path.startswith(network.programme.owner.path)
    return inside and may(reach_of(visitor), Right.ADOPT, unit.path)


def adopting_for(visitor: Visitor, programme: Programme, slug: str, unit: Unit) -> Network:
    """Return a network whose concept the visitor may adopt for the school. Raises Http404 and PermissionDenied."""
    found = network_for(visitor, programme, slug)
    if not may_adopt(visitor, found, unit):
        raise PermissionDenied(_("Only a school tells that it has taken the concept into use."))
    return found


def public_network(programme: Programme, slug: str) -> Network:
    """Return a network whose concept everybody may read; raises Http404."""
    found = Network.objects.filter(programme=programme, slug=slug, is_public=True).first()
    if found is None:
        raise Http404(_("There is no such network."))
    found.programme = programme
    return found
