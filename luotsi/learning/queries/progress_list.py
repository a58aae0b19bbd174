"""The learners of a unit against their plans: what they add up to, and the rows that were asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import pgettext

from luotsi.base import clock
from luotsi.base.addresses import STAND_IN
from luotsi.learning.queries.progress_words import standing_of
from luotsi.learning.queries.standings import stands_of, weeks_late_of
from luotsi.learning.rules.progress import NOTHING
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.learning.models.learners import LearnerQuerySet
    from luotsi.learning.queries.standings import Stand
    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

WEEKS = "weeks"
RANKS = ("late", "fine", "none")


@dataclass(frozen=True)
class Followed:
    """Everybody whom the visitor may follow here; `studies` and `groups` are choices of a filter."""

    stands: tuple[Stand, ...]

    @property
    def late(self) -> int:
        """How many are behind their plan."""
        return sum(stand_of(one) == "late" for one in self.stands)

    @property
    def without(self) -> int:
        """How many have no day in their plan."""
        return sum(stand_of(one) == "none" for one in self.stands)

    @property
    def unplanned(self) -> int:
        """How many have no plan at all."""
        return sum(not one.has_plan for one in self.stands)

    @property
    def studies(self) -> list[tuple[str, str]]:
        """The qualifications, by their names."""
        found = {one.qualification or one.study: one.study for one in self.stands}
        return sorted(found.items(), key=lambda one: one[1])

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The groups, by their names."""
        return sorted({one.key: one.group.text for one in self.stands}.items(), key=lambda one: one[1])


@dataclass(frozen=True)
class LearnerRow:
    """One learner's right in the list; `late_url` opens the parts that are late."""

    name: str
    url: str
    late_url: str
    group: Names
    study: str
    mark: str
    word: str
    planned: Decimal
    done: Decimal
    behind: Decimal
    weeks_late: Decimal
    touched_on: date | None
    estimated_end: date | None


ORDER: dict[str, Callable[[Stand], Any]] = {
    "name": lambda one: one.name.casefold(),
    "group": lambda one: one.group.text,
    "study": lambda one: one.study,
    "stand": lambda one: RANKS.index(stand_of(one)),
    "planned": lambda one: one.planned,
    "done": lambda one: one.done,
    "behind": lambda one: one.behind,
    "plan": lambda one: one.touched_on or date.min,
    "end": lambda one: one.estimated_end or date.max,
}


def stand_of(one: Stand) -> str:
    """Return where somebody stands, as the filter asks for it."""
    if not one.has_days:
        return "none"
    return "late" if one.behind > 0 else "fine"


def progress_of(learners: LearnerQuerySet) -> Followed:
    """Return where learners stand today; three queries."""
    return Followed(tuple(stands_of(learners, clock.today())))


def progress_list(found: Followed, scope: Unit, ask: Ask) -> Rows:
    """Return the rows that were asked for; one query tells since when those shown, or all if so sorted, are late."""
    kept = [one for one in found.stands if _is_asked(one, ask.filters)]
    end = None if ask.limit is None else ask.offset + ask.limit
    today, address = clock.today(), _address(scope)
    if ask.sort == WEEKS:
        weeks = weeks_late_of(kept, today)
        kept.sort(key=lambda one: (weeks.get(one.pair, NOTHING), one.behind), reverse=ask.descending)
    else:
        kept.sort(key=ORDER[ask.sort], reverse=ask.descending)
        weeks = weeks_late_of(kept[ask.offset : end], today)
    rows = [_row(one, address, weeks.get(one.pair, NOTHING)) for one in kept[ask.offset : end]]
    return Rows(rows, len(kept))


def _address(scope: Unit) -> str:
    return reverse("learning:see-progress", args=[scope.key, STAND_IN])


def _is_asked(one: Stand, asked: dict[str, Any]) -> bool:
    text = str(asked.get("q", "")).casefold()
    return (
        all(word in f"{one.name} {one.learner_oid}".casefold() for word in text.split())
        and asked.get("stand", "") in ("", stand_of(one))
        and asked.get("study", "") in ("", one.qualification or one.study)
        and asked.get("group", "") in ("", one.key)
    )


def _row(one: Stand, address: str, weeks_late: Decimal) -> LearnerRow:
    url = address.replace(STAND_IN, str(one.learner))
    mark, _word = standing_of(one.behind, has_days=one.has_days)
    return LearnerRow(
        name=one.name,
        url=f"{url}?right={one.oid}",
        late_url=f"{url}?right={one.oid}&standing=late#list",
        group=one.group,
        study=one.study,
        mark=mark,
        word=_short(one),
        planned=one.planned,
        done=one.done,
        behind=one.behind,
        weeks_late=weeks_late,
        touched_on=one.touched_on,
        estimated_end=one.estimated_end,
    )


def _short(one: Stand) -> str:
    """Return where somebody stands, under the heading that names the plan."""
    if not one.has_days:
        return pgettext("against the plan", "No days")
    if one.behind > 0:
        return pgettext("against the plan", "Behind")
    return pgettext("against the plan", "Ahead") if one.behind < 0 else pgettext("against the plan", "As planned")
