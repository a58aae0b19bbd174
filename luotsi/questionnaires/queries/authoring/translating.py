"""The texts of a draft side by side, for those who translate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.questionnaires.queries.authoring.labels import label_of
from luotsi.questionnaires.queries.authoring.outline import element_url
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.texts import LANGUAGES

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import QuestionnaireVersion

PAGE = 60  # texts


@dataclass(frozen=True)
class Side:
    """A text in one language: the name of its field, what it says, and whether it is missing."""

    language: str
    field: str
    text: str
    missing: bool
    lines: int


@dataclass(frozen=True)
class TextLine:
    """A text in its three languages."""

    name: str
    label: str
    url: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class TranslatePage:
    """Texts of a draft, a page of them; `missing` counts by language over all."""

    lines: tuple[TextLine, ...]
    missing: tuple[tuple[str, int], ...]
    total: int
    number: int
    previous: int
    next: int


def translate_page(scope: Unit, draft: QuestionnaireVersion, number: int, *, only_missing: bool) -> TranslatePage:
    """Return the texts of a draft, the missing ones alone where that is asked."""
    found = list(shaping.texts_in(draft.definition))
    missing = tuple((code, sum(code in text.missing for text in found)) for code in LANGUAGES)
    if only_missing:
        found = [text for text in found if text.missing]
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    return TranslatePage(
        tuple(_line(scope, draft, text) for text in found[(number - 1) * PAGE : number * PAGE]),
        missing,
        len(found),
        number,
        number - 1,
        number + 1 if number < pages else 0,
    )


def _line(scope: Unit, draft: QuestionnaireVersion, text: shaping.Text) -> TextLine:
    longest = max(len(words) for words in text.texts.values())
    sides = tuple(
        Side(code, f"{code}:{text.at}", text.texts[code], code in text.missing, 1 + min(longest // 45, 7))
        for code in LANGUAGES
    )
    return TextLine(text.name, label_of(text.key), element_url(scope, draft, text.element), sides)


def sent_texts(draft: QuestionnaireVersion, fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the texts that a page sent and that differ from the draft, by their pointers; strange fields are left."""
    found = {}
    for text in shaping.texts_in(draft.definition):
        now = {code: fields.get(f"{code}:{text.at}", text.texts[code]).replace("\r\n", "\n") for code in LANGUAGES}
        if now != {code: words.replace("\r\n", "\n") for code, words in text.texts.items()}:
            found[text.at] = now
    return found
