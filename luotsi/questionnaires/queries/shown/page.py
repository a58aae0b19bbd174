"""One page of a response with everything around it: steps, checks, versions that wait for a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.questionnaires.queries.checks import Blocked, Found, blocked, found_by_rules
from luotsi.questionnaires.queries.parts import NO_WORDS, Group, Shown, Version, Words
from luotsi.questionnaires.queries.shown.building import Building
from luotsi.questionnaires.queries.told import lines_of
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.rights import Grant
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.questionnaires.access import Held
    from luotsi.questionnaires.models import Response
    from luotsi.questionnaires.rules.evaluation import Outcome


@dataclass(frozen=True)
class PageStep:
    """One page among the steps; `state` is done, error, todo; `number` its place in the address."""

    number: int
    place: int
    words: Words
    state: str
    note: str
    current: bool


@dataclass(frozen=True)
class ShownPage:
    """A page as it is drawn, or all pages on one.

    Attributes:
        number: Its place in the address; 0 where all pages stand on one.
        place: Its place among the pages on view, from 1.
        whole: True where all pages stand on one.
        previous: Number of the page before it, 0 = none; `next` that of the one behind it.
        items: What is drawn; where all pages stand on one, the head of each before its questions.
    """

    number: int
    place: int
    whole: bool
    title: Words
    help: Words
    items: tuple[Shown | Group, ...]
    steps: tuple[PageStep, ...]
    previous: int
    next: int
    wrong: tuple[Blocked, ...]
    missing: tuple[Blocked, ...]
    found: tuple[Found, ...]
    undecided: int
    may_write: bool
    handed_in: bool
    state: str
    closes_at: datetime | None
    saved: str

    @property
    def to_mend(self) -> int:
        """How many things must be mended before handing in, without what is only missing."""
        return len(self.wrong) + sum(one.blocks for one in self.found)

    @property
    def count(self) -> int:
        """How many pages are on view."""
        return len(self.steps)


def page_of(
    held: Held, number: int | None, language: str, *, typed: Mapping[str, Any] | None = None, strict: bool = False
) -> ShownPage | None:
    """Return a page of a response, None where it is not on view.

    Args:
        held: The response in somebody's hands.
        number: The page, from 1 in the order of the definition; 0 is the first on view, None all of them on one.
        language: Of the page.
        typed: What was typed and could not be saved, shown in place of what is saved.
        strict: True to tell missing answers at their questions too.
    """
    response, now = held.response, clock.now()
    definition = definition_of(response.collection.version)
    answers = {**response.values, **(typed or {})}
    outcome = outcome_of(response.collection.version, answers, language=language)
    shown = [place for place, page in enumerate(definition.pages, 1) if page.name in outcome.containers]
    whole, number = number is None, number or (shown[0] if shown else 0)
    if number not in shown:
        return None
    problems = blocked(response.collection.version, outcome, response, language)
    building = Building(response.pk, answers, outcome, _told(problems, strict=strict), language)
    place = shown.index(number)
    heads = {one: _head(building, definition.pages[one - 1], one, shown) for one in shown}
    items = _whole(building, definition, heads) if whole else building.elements(definition.pages[number - 1].elements)
    return ShownPage(
        number=0 if whole else number,
        place=place + 1,
        whole=whole,
        title=Words(_("All pages")) if whole else heads[number].title,
        help=NO_WORDS if whole else heads[number].help,
        items=_with_versions(items, response, definition, language),
        steps=_steps(definition, outcome, building, shown, 0 if whole else number, problems),
        previous=shown[place - 1] if place and not whole else 0,
        next=shown[place + 1] if place + 1 < len(shown) and not whole else 0,
        wrong=tuple(one for one in problems if not one.missing),
        missing=tuple(one for one in problems if one.missing),
        found=found_by_rules(response.collection.version, outcome, response, language),
        undecided=len(response.pending),
        may_write=held.may(Grant.WRITE) and response.state == "draft",
        handed_in=response.state == "submitted",
        state=response.state_at(now),
        closes_at=response.closes_at,
        saved=formatting.moment(response.changed_at) if response.revision else "",
    )


def _head(building: Building, page: d.Page, number: int, shown: list[int]) -> Shown:
    """Return the head of a page: its title, what it says, and which of the pages on view it is."""
    place = shown.index(number) + 1
    return Shown(
        kind="sheet",
        name="",
        path="",
        id=f"page-{number}",
        title=building.words(page.title, _("Page %(number)s") % {"number": place}),
        help=building.words(page.description),
        value=_("Page %(place)s of %(count)s.") % {"place": place, "count": len(shown)},
        shape="sheet",
    )


def _whole(building: Building, definition: d.Definition, heads: Mapping[int, Shown]) -> tuple[Shown | Group, ...]:
    """Return all pages one after the other, each below its head."""
    found: list[Shown | Group] = []
    for number, head in heads.items():
        found += (head, *building.elements(definition.pages[number - 1].elements))
    return tuple(found)


def _told(problems: tuple[Blocked, ...], *, strict: bool) -> dict[str, tuple[str, ...]]:
    """Return the words at each question; what is only missing is told when somebody wants to hand in."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in problems:
        if strict or not one.missing:
            found[one.name].append(one.words)
    return {name: tuple(words) for name, words in found.items()}


def _steps(
    definition: d.Definition,
    outcome: Outcome,
    building: Building,
    shown: list[int],
    current: int,
    problems: tuple[Blocked, ...],
) -> tuple[PageStep, ...]:
    wrong = {one.page for one in problems if not one.missing}
    missing = {number: sum(one.page == number for one in problems if one.missing) for number in shown}
    found = []
    for place, number in enumerate(shown, 1):
        page = definition.pages[number - 1]
        begun = any(
            not values.is_empty(building.answers.get(element.name))
            for element in d.walk((page,))
            if isinstance(element, d.Question)
        )
        state = "error" if number in wrong else "done" if begun and not missing[number] else "todo"
        note = _("%(count)s missing") % {"count": missing[number]} if missing[number] and begun else ""
        words = building.words(page.title, _("Page %(number)s") % {"number": place})
        found.append(PageStep(number, place, words, state, note, number == current))
    return tuple(found)


def _with_versions(
    items: tuple[Shown | Group, ...], response: Response, definition: d.Definition, language: str
) -> tuple[Shown | Group, ...]:
    """Return the elements, with the versions of those that wait for a decision in place of their fields."""
    if not response.pending:
        return items
    known = {question.name: question for question in definition.questions}
    found: list[Shown | Group] = []
    for item in items:
        if isinstance(item, Group):
            found.append(replace(item, items=_with_versions(item.items, response, definition, language)))
            continue
        versions = _versions(item.name, response, known.get(item.name), language)
        comment = item.comment
        if comment and (beside := _versions(comment.name, response, None, language)):
            comment = _decided(comment, beside)
        told = replace(item, comment=comment)
        found.append(_decided(told, versions) if versions else told)
    return tuple(found)


def _decided(item: Shown, versions: tuple[Version, ...]) -> Shown:
    return replace(item, kind="decide", versions=versions, shape=f"decide {len(versions)}")


def _versions(name: str, response: Response, question: d.Question | None, language: str) -> tuple[Version, ...]:
    waiting = response.pending.get(name)
    if not waiting:
        return ()
    saved = response.answers.get(name) or {"value": None, "by": "", "at": ""}
    found = [(-1, saved), *enumerate(waiting)]
    return tuple(
        Version(
            place,
            "\n".join(lines_of(question, one["value"], language)) or _("Left empty"),
            one["by"],
            formatting.moment(datetime.fromisoformat(one["at"])) if one["at"] else "",
        )
        for place, one in found
    )
