"""Register numbers of the families of handbook §5, and names of projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luotsi.funding.rules.decision_text.found import Certainty, Found
from luotsi.funding.rules.decision_text.page import Page


@dataclass(frozen=True, kw_only=True)
class RegisterNumber:
    """A register number and its family: vn, ministry, agency, municipality, archive, city or plain."""

    family: str
    number: str


_REGISTERS = re.compile(
    r"(?<![\w/-])(?:(?P<vn>VN/\d{1,6}/\d{4}(?:-[A-ZÅÄÖ]{2,6}-\d{1,4})?)"
    r"|(?P<ministry>[A-ZÅÄÖ]{2,5}/\d{1,5}/\d{1,6}/\d{4})"
    r"|(?P<agency>[A-ZÅÄÖ]{2,6}-\d{1,6}-\d{4})|(?P<municipality>[A-ZÅÄÖ]{2,8}(?:dno|Dno|no)-(?:19|20)\d{2}-\d{1,6})"
    r"|(?P<archive>[A-ZÅÄÖ]{1,8}[:/]\d{1,6}/\d{2}(?:\.\d{2}){1,4}/(?:19|20)\d{2})|(?P<city>[A-ZÅÄÖ]{2,5} (?:19"
    r"|20)\d{2}-\d{4,7})|(?P<plain>\d{1,4}/\d{1,6}/(?:19|20)\d{2}))(?![\w/])"
)
_PROJECT = re.compile(
    r"(?:hankkeen|avustuksen|projektets?|hankkeelle|hankkeeseen|hanke|projektet|projekt)(?:[ \n](?:nimi"
    r"|namn))?[ ]{0,2}:?[ \n]{1,2}"
    r"[\"”“»'](?P<quoted>[^\"”“»\n]{3,150})[\"”“»']"
)
_LABELLED = re.compile(
    r"(?:hankkeen nimi|projektets namn|hankenimi)[ ]{0,2}(?::[ ]{0,40}|[ ]{2,60}"
    r"|\n[ ]{0,8})(?P<plain>[^\n: ][^\n]{3,150})"
)


def registers_in(page: Page) -> Iterator[Found[RegisterNumber]]:
    """Yield every register number."""
    for one in _REGISTERS.finditer(page.kept):
        value = RegisterNumber(family=one.lastgroup or "", number=one[0])
        certainty = Certainty.LIKELY if one.lastgroup in {"plain", "city"} else Certainty.CERTAIN
        yield page.found(value, one.start(), one.end(), certainty)


def projects_in(page: Page, start: int, end: int) -> Iterator[Found[str]]:
    """Yield the names of projects: behind their label, or in quotation marks after the word."""
    for one in _LABELLED.finditer(page.plain, start, end):
        yield page.found(
            page.text[one.start("plain") : one.end("plain")].strip(), *one.span("plain"), Certainty.CERTAIN
        )
    for one in _PROJECT.finditer(page.plain, start, end):
        yield page.found(page.text[one.start("quoted") : one.end("quoted")], *one.span("quoted"))
