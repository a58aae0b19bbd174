"""States counted, in words and marks: the bar of a page, the counts of a section, the marks of a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.states import State

if TYPE_CHECKING:
    from luotsi.programme.rules.states import Together

type StateAddress = Callable[[State | None], str]
"""Gives the list of what is in a state, with None that of everything."""

# The order of the bar: what is behind us first, what is to come last.
ORDER = (State.DONE, State.RUN, State.RISK, State.LATE, State.NONE, State.COMING, State.CANCELLED)
# The order of attention, for sections and cells.
ATTENTION = (State.LATE, State.RISK, State.RUN, State.NONE, State.COMING, State.DONE, State.CANCELLED)
GAP = 0.3


@dataclass(frozen=True)
class Part:
    """How many are in one state, with the address of the list of them; empty where nothing can be opened."""

    mark: str
    word: str
    count: int
    url: str = ""
    start: str = ""
    width: str = ""

    @property
    def seg(self) -> str:
        """The class of its piece of the bar."""
        return self.mark


@dataclass(frozen=True)
class Bar:
    """A distribution of states: parts in the order of the bar, how many in all, how many are done."""

    parts: tuple[Part, ...]
    total: int
    done: int
    url: str = ""
    done_url: str = ""

    @property
    def label(self) -> str:
        """The bar in words, for those who do not see it."""
        told = ", ".join(f"{part.word} {part.count}" for part in self.parts)
        return _("Milestones: %(states)s") % {"states": told}


def bar_of(counts: Mapping[State, int], url_of: StateAddress | None = None) -> Bar:
    """Return the bar of counted states; `url_of` gives the list of a state, and with None that of all."""
    total, start, parts = sum(counts.values()), 0.0, []
    for state in ORDER:
        if count := counts.get(state, 0):
            width = count / total * 100
            url = url_of(state) if url_of else ""
            span = f"{max(width - GAP, 0):.2f}%"
            parts.append(Part(state.value, title(state), count, url, f"{start:.2f}%", span))
            start += width
    url, done_url = (url_of(None), url_of(State.DONE)) if url_of else ("", "")
    return Bar(tuple(parts), total, counts.get(State.DONE, 0), url, done_url)


def parts_of(counts: Mapping[State, int], url_of: StateAddress | None = None) -> tuple[Part, ...]:
    """Return counted states, those that need attention first."""
    return tuple(
        Part(state.value, title(state), counts[state], url_of(state) if url_of else "")
        for state in ATTENTION
        if counts.get(state)
    )


def members_of(whole: Together) -> tuple[Part, ...]:
    """Return how many members are in which state; nothing where there is one member only."""
    return parts_of(dict(whole.counts)) if whole.total > 1 else ()
