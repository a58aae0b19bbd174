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

# What a unit of a kind has no page of: a right to study is at a school, so a group has no figures of its own.
OF_SCHOOLS = frozenset({"figures", "forecasts", "targeting"})
ONLY_AT = {"starts": Kind.GROUP, "models": Kind.PROVIDER}


def tabs_of_unit(visitor: Visitor, scope: Unit) -> list[Tab]:
    """Return the tabs of the room that the visitor may open at the unit."""
    tabs: list[tuple[str, str, str, Right]] = [
        ("caseload", _("Caseload"), "learning:see-caseload", Right.GUIDE),
        ("progress", _("Progress"), "learning:list-progress", Right.FOLLOW),
        ("starts", _("Starts"), "learning:list-starts", Right.JUDGE),
        ("tuva", _("TUVA plans"), "learning:list-tuva", Right.FOLLOW),
        ("figures", _("Figures"), "learning:see-figures", Right.SEE),
        ("totals", _("Progress in sums"), "learning:list-totals", Right.SEE),
        ("forecasts", _("Forecasts"), "learning:see-forecasts", Right.SEE),
        ("targeting", _("Groups by need"), "learning:see-targeting", Right.SEE),
        ("quality", _("Quality of data"), "learning:see-quality", Right.SEE),
        ("imports", _("Imports"), "learning:list-imports", Right.STEWARD),
        ("notices", _("Notices to learners"), "learning:list-notices", Right.STEWARD),
        ("models", _("Models"), "learning:list-models", Right.WATCH),
        ("effects", _("Effect of guidance"), "learning:see-effects", Right.WATCH),
        ("log", _("Log of views"), "learning:list-views", Right.LOG),
    ]
    return [
        Tab(key, label, reverse(name, args=[scope.key]))
        for key, label, name, right in tabs
        if access.may_do(visitor, right, scope) and _is_at(key, scope)
    ]


def _is_at(key: str, scope: Unit) -> bool:
    return ONLY_AT.get(key, scope.kind) == scope.kind and not (key in OF_SCHOOLS and scope.kind == Kind.GROUP)


def door_of(visitor: Visitor, scope: Unit) -> str | None:
    """Return where the room begins for the visitor; None where it shows them nothing.

    A learner comes to the own studies, who keeps the register to the quality of its data, others to their first tab.
    """
    if (learner := access.learner_of(visitor)) is not None:
        return own_tabs(scope, learner)[0].url
    if access.may_do(visitor, Right.STEWARD, scope):
        return reverse("learning:see-quality", args=[scope.key])
    tabs = tabs_of_unit(visitor, scope)
    return tabs[0].url if tabs else None


def own_tabs(scope: Unit, learner: Learner) -> list[Tab]:
    """Return the views that a learner has of themselves; the TUVA plan of who has such studies."""
    tabs = [
        ("mine", _("My studies"), "learning:see-mine"),
        ("own-guidance", _("My guidance"), "learning:see-own-guidance"),
    ]
    return [Tab(key, label, reverse(name, args=[scope.key])) for key, label, name in tabs] + tuva_tab(scope, learner)


def tabs_of_learner(scope: Unit, learner: Learner, *, guides: bool) -> list[Tab]:
    """Return the views of one learner; guidance is for who guides them, the TUVA plan of who has such studies."""
    tabs = [("progress", _("Progress"), "learning:see-progress")]
    if guides:
        tabs.append(("guidance", _("Guidance"), "learning:see-guidance"))
    found = [Tab(key, label, reverse(name, args=[scope.key, learner.pk])) for key, label, name in tabs]
    return found + tuva_tab(scope, learner)


def tuva_tab(scope: Unit, learner: Learner) -> list[Tab]:
    """Return the tab of the plan of preparatory studies; none for a learner without such studies."""
    if access.tuva_right_of(learner) is None:
        return []
    return [Tab("tuva", _("TUVA plan"), reverse("learning:see-tuva", args=[scope.key, learner.pk]))]
