"""What the views of this room have in common: the context of their pages, an application, answering a form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.queries.tabs import tabs_of_application, tabs_of_call, tabs_of_unit
from luotsi.funding.rules.rights import Part, Right
from luotsi.ui import answering

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Call
    from luotsi.people.access import ScopedRequest


def fetched(request: ScopedRequest, pk: UUID, to: Part | Right = Part.READ) -> Held:
    """Return the application of the address in the visitor's hands, through access."""
    return access.application_for(request.user, request.scope, pk, to)


def around_unit(request: ScopedRequest, tab: str) -> dict[str, Any]:
    """Return what every page of the room at a unit needs: its tabs and which of them is open."""
    officiates = access.may_do(request.user, Right.OFFICIATE, request.scope)
    tabs = tabs_of_unit(request.scope, officiates=officiates, scores=access.scores(request.user))
    return {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of funding")}


def around(request: ScopedRequest, held: Held, tab: str) -> dict[str, Any]:
    """Return what every page of an application needs: what is held, its tabs and which of them is open."""
    writes = held.may(Part.WRITE)
    tabs = tabs_of_application(request.scope, held.application, writes=writes)
    told = {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of the application")}
    return {**told, "held": held, "application": held.application, "may_write": writes}


def around_call(request: ScopedRequest, call: Call, tab: str) -> dict[str, Any]:
    """Return what every page of an own call needs: the call, its tabs and which of them is open."""
    tabs = tabs_of_call(request.scope, call)
    return {"tabs": tabs, "current_tab": tab, "tabs_label": _("Views of the call"), "call": call}


form_page = partial(answering.form_page, template="funding/form.html", refused=Refused)
attempt = partial(answering.attempt, refused=Refused)
