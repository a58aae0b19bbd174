"""Texts in several languages, as a definition gives them; a language that is missing is told, never faked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("fi", "sv", "en")
UNKNOWN = ""  # the language of a text that does not say in which it is written


@dataclass(frozen=True)
class Said:
    """A text and the language it really is in, which need not be the one asked for; "" where nobody said it."""

    text: str
    language: str


@dataclass(frozen=True)
class Localised:
    """A text with its translations; empty string = not given.

    Attributes:
        default: The text that stands for every language without one of its own.
        fi: The text in Finnish; `sv` and `en` likewise.
        written_in: Language of `default`, from the `locale` of the definition; "" where that is not said.
        others: Texts in further languages, kept as they were given.
    """

    default: str = ""
    fi: str = ""
    sv: str = ""
    en: str = ""
    written_in: str = UNKNOWN
    others: Mapping[str, str] = field(default_factory=dict, hash=False)

    def in_language(self, language: str) -> Said:
        """Return the text for a language: its own, else the default, else the first there is."""
        if own := self._own(language):
            return Said(own, language)
        if self.default:
            return Said(self.default, self.written_in)
        for code in LANGUAGES:
            if text := self._own(code):
                return Said(text, code)
        return Said("", language)

    def has(self, language: str) -> bool:
        """Return True when the text is there in that very language."""
        return bool(self._own(language)) or (bool(self.default) and self.written_in == language)

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages of the house in which the text is not there; empty for a text that nobody gave."""
        return tuple(code for code in LANGUAGES if not self.has(code)) if self else ()

    @property
    def texts(self) -> dict[str, str]:
        """Every text by its language; the default under the language it is written in, "" where that is not said."""
        found = {self.written_in: self.default} if self.default else {}
        return found | {code: text for code in LANGUAGES if (text := self._own(code))}

    def _own(self, language: str) -> str:
        if language in LANGUAGES:
            return str(getattr(self, language))
        return self.others.get(language, "")

    def __bool__(self) -> bool:
        return bool(self.default or self.fi or self.sv or self.en)


NO_TEXT = Localised()


def localised(value: object, written_in: str = UNKNOWN) -> Localised:
    """Return the text of a definition: a string, a number, or an object of strings by language.

    Raises:
        ValueError: The value is none of these.
    """
    if value is None:
        return Localised(written_in=written_in)
    if isinstance(value, str):
        return Localised(default=value, written_in=written_in)
    if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
        own = {code: value.get(code, "") for code in LANGUAGES}
        others = {code: text for code, text in value.items() if code not in {*LANGUAGES, "default"}}
        return Localised(default=value.get("default", ""), **own, written_in=written_in, others=others)
    raise ValueError("not a text")
