"""What the search finds in this room: applications and calls that the visitor may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.wording import contains
from luotsi.funding import access
from luotsi.funding.rules.rights import HOLDERS, Right
from luotsi.people.access import reach_of
from luotsi.people.models import Unit
from luotsi.people.queries.search import Hit

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

MOST = 20


def found_by(visitor: Visitor, text: str) -> list[Hit]:
    """Return applications and calls whose names hold the words, at most 20 of each; two queries for each own unit."""
    named = Q(register_number__icontains=text)
    for code in ("fi", "sv", "en"):
        named |= contains(f"name__{code}", text)
    applications: dict[object, Hit] = {}
    calls: dict[object, Hit] = {}
    own = {grip.unit_id for grip in reach_of(visitor).grips if grip.role in HOLDERS[Right.SEE]}
    for unit in Unit.objects.filter(pk__in=own):
        for one in access.applications_visible_to(visitor, unit).filter(named)[:MOST]:
            url = reverse("funding:see-application", args=[one.unit.key, one.pk])
            applications.setdefault(one.pk, Hit(_("Application"), one.names.text, one.call.names.text, url))
        for call in access.calls_visible_to(visitor, unit).filter(named)[:MOST]:
            url = reverse("funding:see-call", args=[unit.key, call.owner.key, call.slug])
            calls.setdefault(call.pk, Hit(_("Call"), call.names.text, call.funder.names.text, url))
    return [*list(applications.values())[:MOST], *list(calls.values())[:MOST]]
