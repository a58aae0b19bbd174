"""A form in a spreadsheet (XLSForm): three sheets of rows by column, and how its columns are named and ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from luotsi.questionnaires.rules.texts import LANGUAGES, Localised

Row = dict[str, str]
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
CODE = re.compile(r"\(([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})?)\)\s*$")
TRANSLATED = ("label", "hint", "constraint_message", "required_message")
SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "appearance",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "read_only",
    "choice_filter",
    "parameters",
    "repeat_count",
)
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version", "default_language", "allow_choice_duplicates")


@dataclass(frozen=True)
class XlsForm:
    """The rows of the three sheets; `numbers` are those of the rows of survey, as a spreadsheet shows them."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row
    numbers: tuple[int, ...] = field(default=())

    def number(self, place: int) -> int:
        """Return the number of a row of the sheet survey."""
        return self.numbers[place] if place < len(self.numbers) else place + 2

    def sheets(self) -> dict[str, list[list[str]]]:
        """Return what stands in the cells of each sheet, headings first."""
        return {
            "survey": _grid(self.survey, SURVEY),
            "choices": _grid(self.choices, CHOICES),
            "settings": _grid([self.settings], SETTINGS),
        }


def _grid(rows: Iterable[Row], order: Sequence[str]) -> list[list[str]]:
    held = list(rows)
    used = {column for row in held for column in row}
    columns = sorted(used, key=lambda column: (order.index(base(column)), _place(column), column))
    return [columns, *([row.get(column, "") for column in columns] for row in held)]


def _place(column: str) -> int:
    code = language_of(column)
    return 0 if not code else 1 + (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES))


def base(column: str) -> str:
    """Return a column without its language."""
    return column.split(":", 1)[0].strip()


def language_of(column: str) -> str:
    """Return the code of the language of a column such as label::Suomi (fi), label::fi, label::Suomi; "" for none."""
    _base, colon, language = column.partition(":")
    told = language.strip(": ")
    if not colon or not told:
        return ""
    if match := CODE.search(told):
        return match[1].lower()
    return next((code for code, name in NAMES.items() if told.lower() in {code, name.lower()}), told[:20])


def said(column: str, text: Localised) -> Row:
    """Return a text in the columns of its languages."""
    found: Row = {}
    for code, words in {**text.texts, **text.others}.items():
        found[f"{column}::{NAMES.get(code, code)} ({code})" if code else column] = words
    return found


def text_in(row: Mapping[str, str], column: str) -> dict[str, str] | str:
    """Return the text of a column in its languages, as a definition holds it; "" where there is none."""
    found = {language_of(key) or "default": value for key, value in row.items() if base(key) == column and value}
    return found.get("default", "") if set(found) <= {"default"} else found


def columns_of(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the columns that the rows use, each once."""
    yield from dict.fromkeys(column for row in rows for column in row)
