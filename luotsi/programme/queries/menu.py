"""The room's entry in the main menu, and what the search finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.people.queries.search import Hit
from luotsi.programme import access
from luotsi.programme.queries.documents import plans_of
from luotsi.programme.queries.rows import names
from luotsi.programme.rules.plan import Measure, Section, walk
from luotsi.ui.shell import NavEntry

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Plan
    from luotsi.programme.rules.values import Text

MOST = 20


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit."""
    return NavEntry(key="programme", label=_("Programme"), url=reverse("programme:list-programmes", args=[scope.key]))


def found_by(visitor: Visitor, text: str) -> list[Hit]:
    """Return programmes, and measures and milestones in them, that the visitor may see; at most 20 of each."""
    programmes, items = [], []
    seen = list(access.programmes_visible_to(visitor).select_related("owner"))
    plans = plans_of(seen)
    for programme in seen:
        if _has(text, programme.key, *programme.name.values()):
            url = reverse("programme:see-programme", args=[programme.owner.key, programme.slug])
            programmes.append(Hit(_("Programme"), programme.names.text, str(programme.owner), url))
        items += _measures(programme, plans[programme.pk], text) if programme.pk in plans else []
    return [*programmes[:MOST], *items[:MOST]]


def _measures(programme: Programme, plan: Plan, text: str) -> list[Hit]:
    found = []
    for item in walk(plan):
        if isinstance(item, Measure) and _has(text, item.code, *_words(item)):
            url = reverse("programme:see-measure", args=[programme.owner.key, programme.slug, item.code])
            title = f"{item.code} {names(item.names).text}"
            found.append(Hit(_("Measure"), title, programme.names.text, url))
        elif isinstance(item, Section) and _has(text, item.code, *_in(item.names)):
            url = reverse("programme:see-programme", args=[programme.owner.key, programme.slug])
            title = f"{item.code} {names(item.names).text}"
            found.append(Hit(_("Section of a plan"), title, programme.names.text, f"{url}#{item.code}"))
    return found


def _words(measure: Measure) -> list[str]:
    return [word for text in (measure.names, *(item.text for item in measure.milestones)) for word in _in(text)]


def _in(text: Text) -> list[str]:
    return [text.fi, text.sv, text.en]


def _has(text: str, *words: str) -> bool:
    sought = text.casefold().strip()
    return bool(sought) and any(sought in word.casefold() for word in words if word)
