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
    words: tuple[tuple[str, tuple[str, ...]], ...]
    scope: Unit

    def fits(self, call: Call) -> tuple[Fit, ...]:
        """Return the measures that a call speaks of, those that share most words first."""
        return fits(_spoken(call), self.words)

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
    found, words = {}, []
    for programme in programmes:
        for measure in measures_of(plans[programme.pk]) if programme.pk in plans else ():
            key = f"{programme.slug}/{measure.code}"
            found[key] = (programme, measure)
            words.append((key, words_of(" ".join(_told(measure)))))
    return Planned(found, tuple(words), scope)


def _told(measure: Measure) -> list[str]:
    texts = [measure.names, *(item.text for item in measure.milestones)]
    return [str(getattr(text, code)) for text in texts for code in ORDER]


def _spoken(call: Call) -> str:
    texts = [*call.name.values(), *call.text.values()]
    texts += [str(name) for area in call.areas for code, name in area.items() if code in ORDER]
    return " ".join(str(text) for text in texts)
