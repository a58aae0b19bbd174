"""Reads what the page sends that tries a draft: how it is to look, and the answers so far, which stay in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.forms.filling import read_sent
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.texts import LANGUAGES

ROLES = ("write", "read", "receive")
WIDTHS = ("wide", "phone")


@dataclass(frozen=True)
class Looks:
    """As whom, how wide and in which language a draft is looked at."""

    language: str
    role: str
    width: str

    @classmethod
    def of(cls, query: Mapping[str, str], language: str) -> Looks:
        """Return what the address asks for; anything strange falls back."""
        asked, role, width = query.get("lang", ""), query.get("as", ""), query.get("width", "")
        return cls(
            asked if asked in LANGUAGES else language,
            role if role in ROLES else ROLES[0],
            width if width in WIDTHS else WIDTHS[0],
        )

    @property
    def query(self) -> str:
        """The same as a part of an address."""
        return f"lang={self.language}&as={self.role}&width={self.width}"


def typed_in(definition: d.Definition, fields: Mapping[str, Sequence[str]], number: int) -> tuple[dict[str, Any], int]:
    """Return the answers so far with those of the page, and the number of the page to go to.

    Raises:
        AnswerRefused: the page sent what the draft no longer asks for.
    """
    before = _kept(fields.get("answers", [""])[-1])
    sent = read_sent(definition, fields, before)
    answers = {name: value for name, value in {**before, **sent.typed.values}.items() if value is not None}
    about = sent.deed.about
    if sent.deed.verb == "go" and about.isascii() and about.isdigit() and len(about) < 5:
        number = int(about)
    return answers, number


def _kept(text: str) -> dict[str, Any]:
    try:
        found = values.loads(text) if text else {}
    except values.NotAValue:
        return {}
    return found if isinstance(found, dict) else {}
