"""What the list of programmes shows: those of a unit, those shared with it from above, those below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.names import Names
from luotsi.programme import access
from luotsi.programme.queries.overview_pages import milestone_lists
from luotsi.programme.queries.standings import Stand, stands_of
from luotsi.programme.queries.state_bars import Bar, bar_of

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in the list; `contents` in words where it has no milestones."""

    slug: str
    url: str
    names: Names
    owner: Names
    starts_on: date
    ends_on: date | None
    is_public: bool
    bar: Bar
    contents: str


@dataclass(frozen=True)
class ProgrammeGroup:
    """Programmes of the unit itself, shared with it from above, or below it."""

    key: str
    label: str
    rows: tuple[ProgrammeRow, ...]


def programmes_page(visitor: Visitor, scope: Unit, today: date) -> list[ProgrammeGroup]:
    """Return the programmes that reach a unit: its own, those shared from above, those below."""
    groups: dict[str, list[ProgrammeRow]] = {"own": [], "above": [], "below": []}
    for stand in stands_of(visitor, access.programmes_visible_to(visitor, scope), scope, today):
        owner = stand.programme.owner
        key = "own" if owner.pk == scope.pk else "above" if scope.path.startswith(owner.path) else "below"
        groups[key].append(_row(stand, scope))
    labels = {"own": _("Own programmes"), "above": _("Shared with us"), "below": _("Below us")}
    return [ProgrammeGroup(key, labels[key], tuple(found)) for key, found in groups.items() if found]


def _row(stand: Stand, scope: Unit) -> ProgrammeRow:
    programme, findings = stand.programme, stand.open_findings
    return ProgrammeRow(
        slug=programme.slug,
        url=reverse("programme:see-programme", args=[scope.key, programme.slug]),
        names=programme.names,
        owner=programme.owner.names,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        is_public=programme.is_public,
        bar=bar_of(stand.counts.counts, milestone_lists(programme, scope, "")),
        contents=ngettext("%(n)s open finding", "%(n)s open findings", findings) % {"n": findings},
    )
