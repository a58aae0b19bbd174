"""What the views of this room have in common: the context of their pages, answering a form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base.errors import Refused
from luotsi.learning.queries.coming import coming_to
from luotsi.learning.queries.tabs import own_tabs, tabs_of_learner, tabs_of_unit
from luotsi.ui import answering

if TYPE_CHECKING:
    from luotsi.learning.models import Learner
    from luotsi.people.access import ScopedRequest

form_page = partial(answering.form_page, template="learning/form.html", refused=Refused)
attempt = partial(answering.attempt, refused=Refused)


def around_unit(request: ScopedRequest, tab: str) -> dict[str, Any]:
    """Return what every page of the room at a unit needs: its tabs, which of them is open, what is coming in."""
    tabs = tabs_of_unit(request.user, request.scope)
    return {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of learning"), "coming": coming_to(request.scope)}


def around_learner(request: ScopedRequest, learner: Learner, tab: str, *, guides: bool) -> dict[str, Any]:
    """Return what every page of one learner needs: who it is, the tabs and which of them is open."""
    tabs = tabs_of_learner(request.scope, learner, guides=guides)
    return {
        "learner": learner,
        "tabs": tabs,
        "current_tab": tab,
        "tabs_label": _("Views of a learner"),
        "coming": coming_to(request.scope),
    }


def around_oneself(request: ScopedRequest, learner: Learner, tab: str) -> dict[str, Any]:
    """Return what every page of one's own studies needs."""
    return {
        "tabs": own_tabs(request.scope, learner),
        "current_tab": tab,
        "tabs_label": _("Views of my studies"),
        "coming": coming_to(request.scope),
    }
