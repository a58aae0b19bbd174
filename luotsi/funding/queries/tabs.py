"""The views of the room at a unit and of one application as tabs: the second level of navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.people.queries.menu import Tab

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Call
    from luotsi.people.models import Unit


def tabs_of_unit(scope: Unit, *, officiates: bool = False, scores: bool = False) -> list[Tab]:
    """Return the tabs of the room at a unit; own calls are for those who handle them, scoring for who scores."""
    tabs = [
        ("portfolio", _("Applications and grants"), "funding:list-portfolio"),
        ("calls", _("Calls"), "funding:list-calls"),
        *([("own-calls", _("Own calls"), "funding:list-own-calls")] if officiates else []),
        *([("scoring", _("Scoring"), "funding:list-scoring")] if scores else []),
        ("own-shares", _("Own shares"), "funding:list-own-shares"),
        ("obligations", _("Obligations"), "funding:list-unit-obligations"),
        ("doubles", _("Double funding"), "funding:list-doubles"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key])) for key, label, name in tabs]


def tabs_of_call(scope: Unit, call: Call) -> list[Tab]:
    """Return the views of an own call, as its officers see it."""
    tabs = [
        ("call", _("Call"), "funding:see-own-call"),
        ("received", _("Received"), "funding:list-received"),
        ("scoring", _("Scoring"), "funding:see-scoring"),
        ("proposal", _("Proposal"), "funding:see-proposal"),
        ("decisions", _("Decisions"), "funding:list-decisions"),
        ("payments", _("Payments"), "funding:list-payments"),
        ("changes", _("Changes"), "funding:list-asked-changes"),
        ("reports", _("Reports on grants"), "funding:list-checks"),
        ("statistics", _("Statistics"), "funding:see-statistics"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key, call.slug])) for key, label, name in tabs]


def tabs_of_application(scope: Unit, application: Application, *, writes: bool) -> list[Tab]:
    """Return the views of an application; what was answered, with whom to ask about it, is for those who write it."""
    tabs = [
        ("overview", _("Overview"), "funding:see-application"),
        ("checks", _("Checks"), "funding:list-findings"),
        *([("export", _("For copying"), "funding:see-export")] if writes else []),
        ("own-share", _("Own share"), "funding:see-own-share"),
        ("board", _("Board"), "funding:list-matters"),
        ("decision", _("Decision"), "funding:see-decision"),
        *(tabs_of_grant() if application.is_granted else []),
        ("obligations", _("Obligations"), "funding:list-obligations"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key, application.pk])) for key, label, name in tabs]


def tabs_of_grant() -> list[tuple[str, str, str]]:
    """Return the views that an application has once money is granted: key, label and address of each."""
    return [
        ("spending", _("Spending"), "funding:see-spending"),
        ("changes", _("Changes"), "funding:list-changes"),
        ("reports", _("Grant reports"), "funding:list-grant-reports"),
    ]
