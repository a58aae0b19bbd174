"""T4: a text that says that there is no other funding, against the register of grants and the financing plan.

A text says so when it is marked as saying so, or when one sentence of it has a word of refusing, one of otherness and
one of funding, in Finnish, Swedish or English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from luotsi.funding.rules.application import Application, Area, FinancingKind, TextAnswer, TextRole
from luotsi.funding.rules.call import Call, Period
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Finding, Named, Severity, Value, of, of_register
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import Grant, Register

# Words of a sentence that claims that there is none: whole words of refusing and of otherness, beginnings of funding.
REFUSING = frozenset(
    {"ei", "emme", "en", "eivät", "eikä", "emmekä", "eivätkä", "inte", "inga", "inget", "ingen", "no", "not", "none"}
)
OTHERNESS = frozenset(
    {"muu", "muuta", "muita", "muun", "muiden", "aiempaa", "aiempia", "aikaisempaa", "aikaisempia", "aiemmin"}
    | {"annan", "annat", "andra", "tidigare", "övrig", "övrigt", "övriga"}
    | {"other", "earlier", "previous", "previously", "further", "additional"}
)
FUNDING = re.compile(r"\w*(?:rahoitu|avustu|rahoite|finansier|bidrag|understöd|funding|funds|grant)\w*")
_SENTENCES = re.compile(r"[.!?;\n]+\s*")
_WORDS = re.compile(r"\w+")
EARLIER = timedelta(days=2 * 365)  # before the start of use, in which a grant without a period still counts


def claim_of(answer: TextAnswer) -> str:
    """Return the sentence that says that there is no other funding, "" where none does."""
    if answer.claims_none is False:
        return ""
    for sentence in _SENTENCES.split(answer.text):
        low = sentence.lower()
        words = _WORDS.findall(low)
        if REFUSING.isdisjoint(words) or OTHERNESS.isdisjoint(words):
            continue
        if any(FUNDING.fullmatch(word) for word in words):
            return sentence.strip()[:120]
    return "…" if answer.claims_none else ""


def no_other_funding_is_true(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """T4: where a text denies other funding, neither the register nor the financing plan has any of the time."""
    mine: list[Grant] | None = None
    for answer in application.texts:
        is_asked = answer.claims_none is not False and answer.role is TextRole.EARLIER_FUNDING
        if not (is_asked or answer.claims_none) or not (claim := claim_of(answer)):
            continue
        area = next((one for one in application.areas if one.key == answer.area), None)
        field = of(answer, "text", *text_names(answer))
        params: dict[str, Value] = {"question": text_names(answer), "claim": claim}
        periods = [one for one in (area.period if area else None, application.period) if one is not None]
        mine = held_by(application, register) if mine is None else mine
        for grant in mine:
            if grant.areas and area is not None and area.key not in grant.areas:
                continue
            if meets(grant, periods, call):
                name = f"{grant.funder}: {grant.name}"
                where = (field, of_register(grant, "", name))
                found = params | {"grant": name, "sum": grant.sum, "day": grant.decided_on}
                code = "T4.grant_in_register" if grant.sum is not None else "T4.grant_without_sum"
                yield Finding("T4", code, Severity.WARN, where, claim, name, found)
        yield from _own_plan(answer, claim, [area] if area else list(application.areas))


def _own_plan(answer: TextAnswer, claim: str, areas: list[Area]) -> Iterator[Finding]:
    for area in areas:
        for row in area.financing:
            if row.kind in (FinancingKind.OTHER_PUBLIC, FinancingKind.PRIVATE) and row.amount:
                where = (of(answer, "text", *text_names(answer)), figures.row_field(area, row))
                params: dict[str, Value] = {"question": text_names(answer), "claim": claim, "sum": row.amount}
                params["rows"] = Named((where[1].names,))
                yield Finding("T4", "T4.in_plan", Severity.WARN, where, claim, row.amount, params)


def held_by(application: Application, register: Register) -> list[Grant]:
    """Return the grants of the applicant; one without a holder belongs to whoever's register it is."""
    applicant = application.applicant
    names = {name.casefold() for name in (applicant.name, *applicant.other_names)}
    found = []
    for grant in register.grants:
        if grant.business_id and applicant.business_id:
            is_own = grant.business_id == applicant.business_id
        else:
            is_own = not grant.holder or grant.holder.casefold() in names
        if is_own:
            found.append(grant)
    return found


def meets(grant: Grant, periods: list[Period], call: Call) -> bool:
    """Return True when a grant's time meets that of the application, or when it was decided not long before it.

    Where the application tells no time, that of the call is taken; where nothing is told, it counts as met.
    """
    told = [period for period in periods if period.start_on and period.end_on] or (
        [call.period] if call.period else []
    )
    starts = [period.start_on for period in told if period.start_on]
    ends = [period.end_on for period in told if period.end_on]
    if not starts or not ends:
        return True
    start, end = min(starts), max(ends)
    if grant.period is not None and (grant.period.start_on or grant.period.end_on):
        first, last = grant.period.start_on or date.min, grant.period.end_on or date.max
        return first <= end and start <= last
    return grant.decided_on is None or start - EARLIER <= grant.decided_on <= end
