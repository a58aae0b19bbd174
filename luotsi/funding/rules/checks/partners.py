"""T5: who is named in a text is in the list of partners, and the applicant is no partner of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application, Area, Partner, TextAnswer, TextRole
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Field, Finding, Severity, Value, of
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import BEGINNING, WORDS, Known, Register, by_beginning, plain


def partners_are_listed(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """T5: every partner that a text of an area names is in the list of that area; the applicant is in none."""
    applicant = {plain(name) for name in (application.applicant.name, *application.applicant.other_names)}
    lists = [area.partners or () for area in application.areas]
    listed_anywhere = by_beginning((one.name, *one.other_names) for partners in lists for one in partners)
    known = (register.known, listed_anywhere)
    for area in application.areas:
        if area.partners is None:
            continue
        for partner in area.partners:
            yield from _is_applicant(area, partner, applicant)
        listed = {plain(name) for partner in area.partners for name in (partner.name, *partner.other_names)}
        listed |= {plain(name) for partner in area.partners for name in partner.members}
        for answer in application.texts:
            if answer.area == area.key or (not answer.area and len(application.areas) == 1):
                yield from _unlisted(area, answer, known, listed | applicant)


def _is_applicant(area: Area, partner: Partner, applicant: set[str]) -> Iterator[Finding]:
    names = {plain(name) for name in (partner.name, *partner.other_names)}
    field = of(partner, "name", *figures.area_names(area), partner.name)
    where = (field, Field("/applicant/name", ("@applicant",)))
    params: dict[str, Value] = {"partner": partner.name}
    if names & applicant:
        yield Finding("T5", "T5.is_applicant", Severity.WARN, where, partner.name, None, params)
    elif {plain(name) for name in partner.members} & applicant:
        yield Finding("T5", "T5.has_applicant", Severity.INFO, where, partner.name, None, params)


def _unlisted(area: Area, answer: TextAnswer, known: tuple[Known, ...], listed: set[str]) -> Iterator[Finding]:
    named: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in answer.mentions]
    if answer.role is TextRole.COOPERATION:
        named += [(names[0], names) for names in _named_in(plain(answer.text), known)]
    seen: set[str] = set()
    for name, names in named:
        keys = {plain(one) for one in names}
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


def _named_in(text: str, known: tuple[Known, ...]) -> Iterator[tuple[str, ...]]:
    """Yield whom a text (in small letters) names: whole words, perhaps with an ending."""
    begun = {word[:length] for word in WORDS.findall(text) for length in range(1, BEGINNING + 1)}
    for organisations in known:
        for beginning in [*sorted(begun & organisations.keys()), ""]:
            for low, names in organisations.get(beginning, ()):
                if low in text and re.search(rf"(?<!\w){re.escape(low)}", text):
                    yield names
