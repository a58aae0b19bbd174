"""The texts of a definition, laid out by language for those who translate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules.lint.outline import WORDS
from luotsi.questionnaires.rules.shaping.places import WHOLE
from luotsi.questionnaires.rules.texts import LANGUAGES

KEYS = tuple(dict.fromkeys(["title", "description", "text", "html", *WORDS.values()]))
LISTS = ("pages", "elements", "templateElements", "columns", "rows", "choices", "rateValues", "validators")


@dataclass(frozen=True)
class Text:
    """One text.

    Attributes:
        at: JSON pointer of it.
        key: Which text of its element it is.
        element: JSON pointer of the page, panel, question or column that it belongs to; "" = the whole.
        name: Name of that element.
        texts: What it is in fi, sv and en; "" where it is not said.
    """

    at: str
    key: str
    element: str
    name: str
    texts: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it is not said."""
        return tuple(code for code in LANGUAGES if not self.texts[code].strip())


def home_language(data: Mapping[str, Any]) -> str:
    """Return the language in which texts without a language of their own are taken to be."""
    locale = data.get("locale")
    return locale if isinstance(locale, str) and locale in LANGUAGES else LANGUAGES[0]


def texts_of(value: Any, home: str) -> dict[str, str]:
    """Return a text of a definition in fi, sv and en; what tells no language counts as the home language."""
    if isinstance(value, str):
        return {code: value if code == home else "" for code in LANGUAGES}
    held = value if isinstance(value, Mapping) else {}
    found = {code: held[code] if isinstance(held.get(code), str) else "" for code in LANGUAGES}
    if not found[home] and isinstance(held.get("default"), str):
        found[home] = held["default"]
    return found


def texts_in(data: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the texts that are there, in the order in which they are read."""
    yield from _texts(data, "", "", "", home_language(data))


def _texts(item: Mapping[str, Any], at: str, element: str, name: str, home: str) -> Iterator[Text]:
    for key in KEYS:
        value = item.get(key)
        if isinstance(value, str | Mapping) and any(texts_of(value, home).values()):
            yield Text(f"{at}/{key}", key, element, name, texts_of(value, home))
    for key in LISTS:
        held = item.get(key)
        if key in WHOLE or not isinstance(held, list):
            continue
        for place, one in enumerate(held):
            if isinstance(one, Mapping):
                here = f"{at}/{key}/{place}"
                own = key in {"pages", "elements", "templateElements"} or (key == "columns" and "name" in one)
                yield from _texts(
                    one, here, here if own else element, str(one.get("name") or "") if own else name, home
                )


def said(before: Any, texts: Mapping[str, str], home: str) -> Any:
    """Return a text with these words in fi, sv and en; further languages stay; None where nothing is said."""
    held = dict(before) if isinstance(before, Mapping) else {}
    held.pop("default", None)
    for code in LANGUAGES:
        held.pop(code, None)
    found = {code: texts.get(code, "") for code in LANGUAGES if texts.get(code, "").strip()} | held
    return found or None
