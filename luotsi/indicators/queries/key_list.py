"""The keys of programs at a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.indicators.models import ApiToken
from luotsi.indicators.rules.tokens import TokenScope
from luotsi.ui.lists import State

if TYPE_CHECKING:
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class KeyRow:
    """One key: what it opens, and whether it still does."""

    token: ApiToken
    opens: str
    state: State
    in_force: bool


def keys_at(scope: Unit) -> list[KeyRow]:
    """Return the keys of the unit, the newest first; one query."""
    found = ApiToken.objects.filter(unit=scope).select_related("made_by").order_by("-made_at")
    return [row_of(token) for token in found]


def row_of(token: ApiToken) -> KeyRow:
    """Return one key in words."""
    words = {TokenScope.FIGURES: _("Figures of indicators"), TokenScope.FACTS: _("Open tables")}
    opens = ", ".join(words[TokenScope(one)] for one in token.scopes)
    if token.withdrawn_at is not None:
        return KeyRow(token, opens, State("none", _("Taken away")), in_force=False)
    if token.expires_on is not None and token.expires_on < clock.today():
        return KeyRow(token, opens, State("none", _("Run out")), in_force=False)
    return KeyRow(token, opens, State("done", _("In force")), in_force=True)
