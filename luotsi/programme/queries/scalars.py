"""Reads the scalars of a plan file into values, with a sentence for each that is none of its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luotsi.programme.rules import values
from luotsi.programme.rules.values import Figure, NotAValue, Source, Span

YES = {"true": True, "yes": True, "false": False, "no": False}
LONGEST = 5000


class NotReadable(Exception):
    """A text that is not what its key asks for; the message is a full sentence."""

    def __init__(self, message: str | Promise) -> None:
        """Keep the sentence, in the language that is active when it is read."""
        self.message = str(message)
        super().__init__(self.message)


def word(text: str) -> str:
    """Return a text that can be shown."""
    if len(text) > LONGEST:
        raise NotReadable(_("The text is longer than 5000 letters."))
    if any(not letter.isprintable() and letter not in "\n\t" for letter in text):
        raise NotReadable(_("The text has letters that cannot be shown."))
    return text.strip()


def code(text: str) -> str:
    """Return the code of an item."""
    if not values.CODE.fullmatch(text):
        raise NotReadable(_("A code begins with a letter and has letters A to Z, digits and _ only, at most 40."))
    return text


def day(text: str) -> date:
    """Return a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotReadable(_("This is not a day. Write it as 2026-08-01.")) from None


def yes_or_no(text: str) -> bool:
    """Return True for true or yes, False for false or no."""
    if text.lower() not in YES:
        raise NotReadable(_("Write true or false."))
    return YES[text.lower()]


def choice(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a reader of one of the words of an enumeration."""

    def read(text: str) -> StrEnum:
        try:
            return kind(text)
        except ValueError:
            raise NotReadable(_("Write one of these: %(words)s.") % {"words": ", ".join(kind)}) from None

    return read


def explained[T](reader: Callable[[str], T], message: str | Promise) -> Callable[[str], T]:
    """Return the reader with a sentence for what it cannot read."""

    def read(text: str) -> T:
        try:
            return reader(text)
        except NotAValue:
            raise NotReadable(message) from None

    return read


span: Callable[[str], Span] = explained(
    values.span, _("This is not a period. Write 2026, 2026-08, 2026-27, 2026-08-01, or two of them as 2024/2027.")
)
number = explained(values.number, _("This is not a number. Write digits, with a point before decimals: 1234.5."))
figure: Callable[[str], Figure] = explained(values.figure, _("Write a number or the code of an observation."))
source: Callable[[str], Source] = explained(
    values.source, _("Write the code of a document and lines in it, such as S1:10-16,48.")
)
