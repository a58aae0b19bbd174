"""What the pages of scoring show: what waits for a scorer, results with their spread, the points of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import ORDER, Names
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.rules.scoring import points_refusals
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.funding.access import Handled
    from luotsi.funding.models import Application, Scorer
    from luotsi.funding.queries.scoring import Scored
    from luotsi.funding.rules import scoring as rules
    from luotsi.funding.rules.because import Because
    from luotsi.people.models import Person, Unit
    from luotsi.ui.lists import Ask

STANDS = ("waits", "given", "interest", "closed")


@dataclass(frozen=True)
class OwnRow:
    """An application that the reader scores: `given` of `of` criteria have points, `key` one of STANDS."""

    number: str
    url: str
    unit: Names
    names: Names
    call: Names
    key: str
    mark: str
    word: str
    given: int
    of: int


def own_scoring(scorers: list[Scorer], scope: Unit) -> list[OwnRow]:
    """Return what somebody scores over all calls, what waits first; ten queries for each call."""
    rows = [row for scorer in scorers for row in _own_rows(scorer, scope)]
    return sorted(rows, key=lambda row: STANDS.index(row.key))


def _own_rows(scorer: Scorer, scope: Unit) -> Iterator[OwnRow]:
    scored = scored_of(scorer.call)
    for one in scored.applications:
        pair = (scorer.pk, one.pk)
        points = scored.points.get(pair, {})
        given = sum(score.points is not None for score in points.values())
        key, mark, word = standing(scored, pair, given)
        yield OwnRow(
            number=one.register_number,
            url=reverse("funding:score-application", args=[scope.key, one.pk]),
            unit=one.unit.names,
            names=one.names,
            call=scorer.call.names,
            key=key,
            mark=mark,
            word=word,
            given=given,
            of=len(scored.criteria),
        )


def standing(scored: Scored, pair: tuple[UUID, UUID], given: int) -> tuple[str, str, str]:
    """Return how far a scorer is with an application: its key of STANDS, a mark and words."""
    declared = scored.declared.get(pair)
    if declared is not None and declared.has_conflict:
        return "interest", "none", _("Interest declared")
    if declared is not None and declared.handed_in_at:
        return "given", "done", _("Handed in")
    if scored.is_closed:
        return "closed", "none", _("Scoring closed")
    if pair in scored.ruled:
        return "waits", "risk", _("Declare the interest")
    if declared is None:
        return "waits", "use", _("Declare first")
    return "waits", "run", _("Being scored") if given else _("Not begun")


def narrowed(rows: list[Any], ask: Ask, keys: dict[str, Any]) -> Rows:
    """Return the rows that were asked for: by words, by state, in the order, of the page."""
    text, state = ask.filters.get("q"), ask.filters.get("state")
    found = [row for row in rows if not state or row.key == state]
    if text:
        sought = text.casefold()
        found = [row for row in found if sought in _text(row)]
    if ask.sort in keys:
        found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _text(row: Any) -> str:
    names = " ".join(str(getattr(each, code)) for each in (row.unit, row.names) for code in ORDER)
    return f"{row.number} {names}".casefold()


@dataclass(frozen=True)
class ResultRow:
    """An application in the ranking. Without `is_shown` the reader may not see points: they are None.

    `means` are the weighted means by scorer, `criteria` the means by criterion, `spread` how far scorers are apart.
    """

    place: int | None
    number: str
    url: str
    unit: Names
    names: Names
    mean: Decimal | None
    spread: Decimal | None
    counted: int
    of: int
    left_out: str
    means: dict[str, Decimal]
    criteria: dict[str, Decimal]
    is_tied: bool
    is_shown: bool
    key: str = ""


def result_rows(scored: Scored, scope: Unit, viewer: Person | None, has_interest: set[UUID]) -> list[ResultRow]:
    """Return the results of a round as an officer may see them: in the order of the ranking, hidden ones at the end.

    Places are told only when every application is shown, since a place tells of the others, too.
    """
    mine = next((str(one.pk) for one in scored.scorers if viewer and one.person_id == viewer.pk), "")
    hidden = {
        one.pk
        for one in scored.applications
        if points_refusals(scored.scoring, mine, str(one.pk), is_officer=True, has_interest=one.pk in has_interest)
    }
    by_key = {str(one.pk): one for one in scored.applications}
    rows = [_result(scored, ranked, by_key[ranked.scored.application], scope, hidden) for ranked in scored.ranking]
    if hidden:
        rows.sort(key=lambda row: (not row.is_shown, row.number if not row.is_shown else ""))
    return rows


def _result(scored: Scored, ranked: rules.Ranked, one: Application, scope: Unit, hidden: set[UUID]) -> ResultRow:
    found, is_shown = ranked.scored, one.pk not in hidden
    return ResultRow(
        place=ranked.place if not hidden else None,
        number=one.register_number,
        url=reverse("funding:see-points", args=[scope.key, one.pk])
        if is_shown
        else reverse("funding:see-received", args=[scope.key, one.pk]),
        unit=one.unit.names,
        names=one.names,
        mean=found.mean if is_shown else None,
        spread=found.spreads[0].width if is_shown and found.spreads else None,
        counted=len(found.by_scorer),
        of=len(scored.scorers),
        left_out="; ".join(left_out_words(scored, found.left_out)),
        means=found.by_scorer if is_shown else {},
        criteria=dict(found.by_criterion) if is_shown else {},
        is_tied=bool(ranked.tied_with) and not hidden,
        is_shown=is_shown,
    )


def left_out_words(scored: Scored, found: tuple[Because, ...]) -> Iterator[str]:
    """Yield who does not count and why; of points that are not handed in only that they are not."""
    for one in found:
        why = _("interest") if one.code == "conflict" else _("not handed in")
        yield f"{scored.name_of(one.about)}: {why}"


@dataclass(frozen=True)
class ScorerRow:
    """A scorer with how far they are: applications handed in, left to do, with an interest."""

    name: str
    given: int
    waits: int
    interests: int
    remove_url: str


def scorer_rows(scored: Scored, scope: Unit) -> list[ScorerRow]:
    """Return who scores and how far each is."""
    rows = []
    for scorer in scored.scorers:
        pairs = [(scorer.pk, one.pk) for one in scored.applications]
        keys = [standing(scored, pair, 0)[0] for pair in pairs]
        began = any(pair in scored.declared for pair in pairs)
        url = reverse("funding:remove-scorer", args=[scope.key, scored.call.slug, scorer.pk])
        rows.append(
            ScorerRow(
                scorer.person.full_name,
                keys.count("given"),
                keys.count("waits") + keys.count("closed"),
                keys.count("interest"),
                "" if began or scored.is_closed else url,
            )
        )
    return rows


@dataclass(frozen=True)
class PointCell:
    """Points that a scorer gave by a criterion, with words."""

    points: Decimal | None
    words: str


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with the points of each scorer, their mean and how far apart they are."""

    names: Names
    weight: Decimal
    cells: tuple[PointCell, ...]
    mean: Decimal | None
    spread: Decimal | None
    below: Decimal | None


@dataclass(frozen=True)
class PointsPage:
    """All points of an application that were handed in, by criterion and scorer."""

    scorers: tuple[str, ...]
    means: tuple[Decimal, ...]
    rows: tuple[CriterionRow, ...]
    mean: Decimal | None
    spread: Decimal | None
    left_out: tuple[str, ...]
    remarks: tuple[tuple[str, str], ...]


def points_page(scored: Scored, one: Application) -> PointsPage:
    """Return the points of an application, for somebody whom `why_hidden` refuses nothing."""
    found = scored.results[str(one.pk)]
    counted = [scorer for scorer in scored.scorers if str(scorer.pk) in found.by_scorer]
    spreads = {spread.criterion: spread.width for spread in found.spreads}
    below = {each.about: each.params["threshold"] for each in found.below}
    rows = []
    for criterion in scored.criteria:
        scores = [scored.points[scorer.pk, one.pk][criterion.pk] for scorer in counted]
        key = str(criterion.pk)
        rows.append(
            CriterionRow(
                names=criterion.names,
                weight=criterion.weight,
                cells=tuple(PointCell(score.points, score.words) for score in scores),
                mean=found.by_criterion.get(key),
                spread=spreads.get(key),
                below=below.get(key),  # type: ignore[arg-type]
            )
        )
    remarks = ((scorer.person.full_name, scored.declared[scorer.pk, one.pk].words) for scorer in counted)
    return PointsPage(
        scorers=tuple(scorer.person.full_name for scorer in counted),
        means=tuple(found.by_scorer[str(scorer.pk)] for scorer in counted),
        rows=tuple(rows),
        mean=found.mean,
        spread=spreads.get(""),
        left_out=tuple(left_out_words(scored, found.left_out)),
        remarks=tuple((name, words) for name, words in remarks if words),
    )


def why_hidden(scored: Scored, held: Handled) -> str:
    """Return in words why the reader may not see the points of an application; "" when they may."""
    viewer = str(held.scorer.pk) if held.scorer else ""
    found = points_refusals(
        scored.scoring,
        viewer,
        str(held.application.pk),
        is_officer=held.is_officer,
        has_interest=bool(held.interests),
    )
    words = {
        "conflict": _("You have an interest in this application: its points are not for you."),
        "own_incomplete": _("You see the points of others once you have handed in your own."),
        "not_a_scorer": _("Only scorers and officers of the call see points."),
    }
    return words[found[0].code] if found else ""
