"""Which measures of the programmes along a unit a call speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base.names import ORDER, Names
from luotsi.funding.rules.fit import Fit, fits, words_of
from luotsi.programme import access as programme_access
from luotsi.programme.queries.documents import plans_of
from luotsi.programme.queries.rows import names
from luotsi.programme.rules.plan import measures_of

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Measure


@dataclass(frozen=True)
class FitRow:
    """A measure that a call speaks of, with the words of the call that it shares."""

    code: str
    names: Names
    programme: Names
    url: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """The measures that a visitor sees along a unit, with their words; made once for a page."""

    measures: dict[str, tuple[Programme, Measure]]
    words: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    scope: Unit

    def fits(self, call: Call) -> tuple[Fit, ...]:
        """Return the measures that a call speaks of, those that share most words in one language first."""
        best: dict[str, Fit] = {}
        for code, words in self.words.items():
            for one in fits(_spoken(call, code), words):
                if one.key not in best or len(one.words) > len(best[one.key].words):
                    best[one.key] = one
        return tuple(sorted(best.values(), key=lambda one: (-len(one.words), one.key)))

    def rows(self, call: Call) -> tuple[FitRow, ...]:
        """Return them ready to be shown."""
        return tuple(self._row(one) for one in self.fits(call))

    def _row(self, one: Fit) -> FitRow:
        programme, measure = self.measures[one.key]
        url = reverse("programme:see-measure", args=[self.scope.key, programme.slug, measure.code])
        return FitRow(measure.code, names(measure.names), programme.names, url, one.words)


def planned(visitor: Visitor, scope: Unit) -> Planned:
    """Return the measures along a unit; at most three queries."""
    programmes = list(programme_access.programmes_visible_to(visitor, scope))
    plans = plans_of(programmes)
    found: dict[str, tuple[Programme, Measure]] = {}
    words: dict[str, list[tuple[str, tuple[str, ...]]]] = {code: [] for code in ORDER}
    for programme in programmes:
        for measure in measures_of(plans[programme.pk]) if programme.pk in plans else ():
            key = f"{programme.slug}/{measure.code}"
            found[key] = (programme, measure)
            for code in ORDER:
                words[code].append((key, words_of(_told(measure, code))))
    return Planned(found, {code: tuple(each) for code, each in words.items()}, scope)


def _told(measure: Measure, code: str) -> str:
    return " ".join(str(getattr(text, code)) for text in (measure.names, *(one.text for one in measure.milestones)))


def _spoken(call: Call, code: str) -> str:
    return " ".join(str(kept.get(code) or "") for kept in (call.name, call.text, *call.areas))
