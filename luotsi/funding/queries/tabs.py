"""The views of the room at a unit and of one application as tabs: the second level of navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.people.queries.menu import Tab

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.models import Unit


def tabs_of_unit(scope: Unit) -> list[Tab]:
    """Return the tabs of the room at a unit."""
    tabs = [
        ("portfolio", _("Applications and grants"), "funding:list-portfolio"),
        ("calls", _("Calls"), "funding:list-calls"),
        ("own-shares", _("Own shares"), "funding:list-own-shares"),
        ("obligations", _("Obligations"), "funding:list-unit-obligations"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key])) for key, label, name in tabs]


def tabs_of_application(scope: Unit, application: Application, *, writes: bool) -> list[Tab]:
    """Return the views of an application; what was answered, with whom to ask about it, is for those who write it."""
    tabs = [
        ("overview", _("Overview"), "funding:see-application"),
        ("checks", _("Checks"), "funding:list-findings"),
        *([("export", _("For copying"), "funding:see-export")] if writes else []),
        ("own-share", _("Own share"), "funding:see-own-share"),
        ("board", _("Board"), "funding:list-matters"),
        ("decision", _("Decision"), "funding:see-decision"),
        ("obligations", _("Obligations"), "funding:list-obligations"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key, application.pk])) for key, label, name in tabs]
