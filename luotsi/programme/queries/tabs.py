"""The views of a programme as tabs: the second level of navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.people.queries.menu import Tab
from luotsi.people.rules import Kind
from luotsi.programme import access

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme


def tabs_of(visitor: Visitor, scope: Unit, programme: Programme) -> list[Tab]:
    """Return the views of a programme that are open to whoever sees it at all; members where there are any."""
    tabs = [
        ("overview", _("Overview"), "programme:see-programme"),
        ("measures", _("Measures"), "programme:list-measures"),
        ("indicators", _("Indicators"), "programme:list-programme-indicators"),
        ("clock", _("Annual clock"), "programme:see-clock"),
        ("rounds", _("Self-evaluation"), "programme:list-rounds"),
        ("networks", _("Pilot networks"), "programme:list-networks"),
        ("findings", _("Findings"), "programme:list-findings"),
        ("money", _("Money"), "programme:see-money"),
        ("versions", _("Versions"), "programme:list-versions"),
    ]
    if access.participations_of(programme):
        tabs.insert(4, ("members", _("The members"), "programme:compare-members"))
    return [Tab(key, label, reverse(name, args=[scope.key, programme.slug])) for key, label, name in tabs]


def tabs_of_unit(scope: Unit) -> list[Tab]:
    """Return the tabs of the room at a unit: the programmes that reach it, and what they ask of it."""
    tabs = [("programmes", _("Programmes"), "programme:list-programmes")]
    if scope.kind != Kind.REGION:
        tabs.append(("my-unit", _("My unit"), "programme:see-my-unit"))
    return [Tab(key, label, reverse(name, args=[scope.key])) for key, label, name in tabs]
