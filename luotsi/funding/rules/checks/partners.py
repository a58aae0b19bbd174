"""T5: who is named in a text is in the list of partners, and the applicant is no partner of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from luotsi.funding.rules.application import Application, Area, Partner, TextAnswer, TextRole
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Field, Finding, Severity, Value, of
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import Register

SHORTEST = 4  # letters of a name that is looked for in texts


def partners_are_listed(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T5: every partner that a text of an area names is in the list of that area; the applicant is in none."""
    applicant = {_key(name) for name in (application.applicant.name, *application.applicant.other_names)}
    known = _known(application, register)
    for area in application.areas:
        if area.partners is None:
            continue
        for partner in area.partners:
            yield from _is_applicant(area, partner, applicant)
        listed = {_key(name) for partner in area.partners for name in (partner.name, *partner.other_names)}
        listed |= {_key(name) for partner in area.partners for name in partner.members}
        for answer in application.texts:
            if answer.area == area.key:
                yield from _unlisted(area, answer, known, listed | applicant)


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _known(application: Application, register: Register) -> list[tuple[str, ...]]:
    """Return the ways of writing each organisation that is known: of the register, and of every list of partners."""
    found = [(one.name, *one.other_names) for one in register.organisations]
    lists = [area.partners or () for area in application.areas]
    return found + [(one.name, *one.other_names) for partners in lists for one in partners]


def _is_applicant(area: Area, partner: Partner, applicant: set[str]) -> Iterator[Finding]:
    names = {_key(name) for name in (partner.name, *partner.other_names)}
    field = of(partner, "name", *figures.area_names(area), partner.name)
    where = (field, Field("/applicant/name", ("@applicant",)))
    params: dict[str, Value] = {"partner": partner.name}
    if names & applicant:
        yield Finding("T5", "T5.is_applicant", Severity.WARN, where, partner.name, None, params)
    elif {_key(name) for name in partner.members} & applicant:
        yield Finding("T5", "T5.has_applicant", Severity.INFO, where, partner.name, None, params)


def _unlisted(area: Area, answer: TextAnswer, known: list[tuple[str, ...]], listed: set[str]) -> Iterator[Finding]:
    named: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in answer.mentions]
    if answer.role is TextRole.COOPERATION:
        text = " ".join(answer.text.casefold().split())
        named += [(names[0], names) for names in known if any(_is_in(name, text) for name in names)]
    seen: set[str] = set()
    for name, names in named:
        keys = {_key(one) for one in names}
        if keys & (listed | seen):
            continue
        seen |= keys
        where = (
            of(answer, "text", *text_names(answer)),
            of(area, "partners", *figures.area_names(area), "@partners"),
        )
        params: dict[str, Value] = {
            "partner": name,
            "question": text_names(answer),
            "area": figures.area_names(area)[0],
        }
        yield Finding("T5", "T5.not_listed", Severity.WARN, where, name, None, params)


def _is_in(name: str, text: str) -> bool:
    """Return True when a text (in small letters) has the name as whole words, perhaps with an ending."""
    low = _key(name)
    return len(low) >= SHORTEST and low in text and re.search(rf"(?<!\w){re.escape(low)}", text) is not None
