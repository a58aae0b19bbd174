"""The outline of a draft: its elements in order, and beside them what the linter finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from luotsi.questionnaires.queries import defect_words
from luotsi.questionnaires.queries.authoring.kinds import kind_words
from luotsi.questionnaires.queries.parts import Words
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.filling import names
from luotsi.questionnaires.rules.lint import Defect, Severity, defects
from luotsi.questionnaires.rules.shaping.places import value_at
from luotsi.questionnaires.rules.shaping.words import home_language
from luotsi.questionnaires.rules.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import QuestionnaireVersion
    from luotsi.questionnaires.rules.shaping import Spot

MARKS = {Severity.ERROR: "bad", Severity.WARN: "warn", Severity.INFO: "info"}


@dataclass(frozen=True)
class Line:
    """An element in the outline, with what can be done to it."""

    at: str
    id: str
    level: str
    kind: str
    name: str
    title: Words
    depth: int
    number: str
    required: bool
    condition: str
    missing: tuple[str, ...]
    marks: str
    may_up: bool
    may_down: bool
    holds: bool
    edit_url: str
    add_url: str


@dataclass(frozen=True)
class DefectLine:
    """What the linter finds, in words, with a link to the element it is about."""

    mark: str
    words: str
    fix: str
    name: str
    url: str


@dataclass(frozen=True)
class OutlinePage:
    """A draft as its author sees it."""

    lines: tuple[Line, ...]
    defects: tuple[DefectLine, ...]
    errors: int
    count: int
    languages: tuple[str, ...]


def defects_of(version: QuestionnaireVersion) -> tuple[Defect, ...]:
    """Return what the linter finds in a draft or version."""
    return defects(d.read(version.definition))


def anchor(at: str) -> str:
    """Return the id of an element in the outline."""
    return names.anchor(at)


def element_url(scope: Unit, draft: QuestionnaireVersion, at: str, name: str = "edit-element") -> str:
    """Return the address at which an element is changed, or another page about it."""
    url = reverse(f"questionnaires:{name}", args=[scope.key, draft.questionnaire_id])
    return f"{url}?{urlencode({'at': at})}"


def outline_page(scope: Unit, draft: QuestionnaireVersion, language: str) -> OutlinePage:
    """Return the outline of a draft in the language of the page."""
    data = draft.definition
    places = list(shaping.spots(data))
    marks: dict[str, str] = {}
    told = [_defect_line(scope, draft, defect, places, marks) for defect in defects_of(draft)]
    lines = tuple(_line(scope, draft, spot, marks, language) for spot in places)
    asked = sum(spot.level == "question" and spot.kind != "html" for spot in places)
    used = {code for text in shaping.texts_in(data) for code, words in text.texts.items() if words}
    errors = sum(one.mark == "bad" for one in told)
    return OutlinePage(lines, tuple(told), errors, asked, tuple(code for code in LANGUAGES if code in used))


def title_of(item: Mapping[str, Any], home: str, language: str) -> Words:
    """Return the title of an element in a language, or in the first it has; its name where it has none."""
    said = shaping.texts_of(item.get("title"), home)
    if not any(said.values()):
        said = {code: strip_tags(text) for code, text in shaping.texts_of(item.get("html"), home).items()}
    code = language if said.get(language) else next((code for code, text in said.items() if text), "")
    return Words(said[code][:200], code) if code else Words(str(item.get("name") or ""))


def _line(scope: Unit, draft: QuestionnaireVersion, spot: Spot, marks: Mapping[str, str], language: str) -> Line:
    item, home = value_at(draft.definition, spot.at), home_language(draft.definition)
    said = shaping.texts_of(item.get("title"), home)
    ours = item.get("x-luotsi") if isinstance(item.get("x-luotsi"), dict) else {}
    on_page = spot.held_in.count("/") == 3
    page = int(spot.held_in.split("/")[2]) if on_page else 0
    return Line(
        at=spot.at,
        id=anchor(spot.at),
        level=spot.level,
        kind=kind_words(spot.level, spot.kind),
        name=spot.name,
        title=title_of(item, home, language),
        depth=min(spot.depth, 4),
        number=str(ours.get("number", "")),
        required=item.get("isRequired") is True,
        condition=str(item.get("visibleIf") or ""),
        missing=tuple(code for code, text in said.items() if not text) if any(said.values()) else (),
        marks=marks.get(spot.at, ""),
        may_up=spot.place > 0 or page > 0,
        may_down=spot.place < spot.count - 1 or (on_page and page < len(draft.definition["pages"]) - 1),
        holds=bool(spot.holds),
        edit_url=element_url(scope, draft, spot.at),
        add_url=element_url(scope, draft, spot.at, "add-element"),
    )


def _defect_line(
    scope: Unit, draft: QuestionnaireVersion, defect: Defect, places: list[Spot], marks: dict[str, str]
) -> DefectLine:
    """Return a defect in words, and mark its element with the worst of what is found there."""
    inside = [spot for spot in places if defect.at == spot.at or defect.at.startswith(f"{spot.at}/")]
    spot = inside[-1] if inside else None
    mark = MARKS[defect.severity]
    if spot is not None:
        marks.setdefault(spot.at, mark)
    url = element_url(scope, draft, spot.at if spot else "")
    return DefectLine(
        mark,
        defect_words.sentence(defect),
        defect_words.fix(defect.code),
        spot.name if spot else _("The questionnaire as a whole"),
        url,
    )
