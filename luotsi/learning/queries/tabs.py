"""The views of the room at a unit and of one learner as tabs: the second level of navigation.

A row appears with its page: (key, label, address, the right that opens it at the unit).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.learning import access
from luotsi.learning.rules.rights import Right
from luotsi.people.queries.menu import Tab
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from luotsi.learning.models import Learner
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

# A right to study is at a school: a group has learners, but no figures of its own.
OF_SCHOOLS = frozenset({"figures", "forecasts", "targeting"})


def tabs_of_unit(visitor: Visitor, scope: Unit) -> list[Tab]:
    """Return the tabs of the room that the visitor may open at the unit."""
    tabs: list[tuple[str, str, str, Right]] = [
        ("figures", _("Figures"), "learning:see-figures", Right.SEE),
        ("progress", _("Progress"), "learning:list-progress", Right.FOLLOW),
        ("caseload", _("Caseload"), "learning:see-caseload", Right.GUIDE),
        ("starts", _("Starts"), "learning:list-starts", Right.JUDGE),
        ("forecasts", _("Forecasts"), "learning:see-forecasts", Right.SEE),
        ("targeting", _("Groups by need"), "learning:see-targeting", Right.SEE),
    ]
    if scope.kind == Kind.GROUP:
        tabs = [tab for tab in tabs if tab[0] not in OF_SCHOOLS]
        ("quality", _("Quality of data"), "learning:see-quality", Right.SEE),
        ("imports", _("Imports"), "learning:list-imports", Right.STEWARD),
        ("totals", _("Progress in sums"), "learning:list-totals", Right.SEE),
        ("tuva", _("TUVA plans"), "learning:list-tuva", Right.FOLLOW),
        ("models", _("Models"), "learning:list-models", Right.WATCH),
    ]
    return [
        Tab(key, label, reverse(name, args=[scope.key]))
        for key, label, name, right in tabs
        if access.may_do(visitor, right, scope) and (key != "starts" or scope.kind == Kind.GROUP)
        if access.may_do(visitor, right, scope) and (key != "models" or scope.kind == Kind.PROVIDER)
    ]


def door_of(visitor: Visitor, scope: Unit) -> str | None:
    """Return where the room begins for the visitor: their own studies, else the first of their tabs; None of none."""
    if access.learner_of(visitor) is not None:
        return own_tabs(scope)[0].url
    tabs = tabs_of_unit(visitor, scope)
    return tabs[0].url if tabs else None


def own_tabs(scope: Unit) -> list[Tab]:
    """Return the views that a learner has of themselves."""
    tabs = [
        ("mine", _("My studies"), "learning:see-mine"),
        ("own-guidance", _("My guidance"), "learning:see-own-guidance"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key])) for key, label, name in tabs]


def tabs_of_learner(scope: Unit, learner: Learner, *, guides: bool, prepares: bool = False) -> list[Tab]:
    """Return the views of one learner; guidance is for who guides them, the TUVA plan of who has such studies."""
    tabs = [("progress", _("Progress"), "learning:see-progress")]
    if guides:
        tabs.append(("guidance", _("Guidance"), "learning:see-guidance"))
    if prepares:
        tabs.append(("tuva", _("TUVA plan"), "learning:see-tuva"))
    return [Tab(key, label, reverse(name, args=[scope.key, learner.pk])) for key, label, name in tabs]
