"""I1 to I4: numbers that prove themselves, register numbers, the licence, and one name for one project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks.finding import Field, Finding, Severity, Value, of, of_call
from luotsi.funding.rules.register import Register

_BUSINESS_ID = re.compile(r"(\d{6,7})-(\d)", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_IBAN_LENGTHS = {"FI": 18, "AX": 18, "SE": 24, "EE": 20, "NO": 15, "DK": 18}
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
# The families of register numbers that funders and cities use.
FAMILIES = {
    "vn": re.compile(r"[A-ZÅÄÖ]{2,6}/\d{1,6}/\d{4}"),
    "ministry": re.compile(r"[A-ZÅÄÖ]{2,6}/\d{1,6}/\d{1,6}/\d{4}"),
    "plain": re.compile(r"\d{1,6}/\d{1,6}/(?:\d{2}|\d{4})"),
    "city": re.compile(r"[A-ZÅÄÖ]{2,6}DNO-?\d{4}-\d{1,6}"),
    "agency": re.compile(r"[A-ZÅÄÖ]{2,6}-\d{1,6}-\d{4}"),
    "city_long": re.compile(r"[A-ZÅÄÖ]{2,4}\d{4}-\d{6}"),
}


def is_business_id(text: str) -> bool:
    """Return True for a business id with the right check digit."""
    matched = _BUSINESS_ID.fullmatch(text)
    if matched is None:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(matched[1].zfill(7), _WEIGHTS, strict=True)) % 11
    return rest != 1 and int(matched[2]) == (11 - rest if rest else 0)


def is_iban(text: str) -> bool:
    """Return True for an IBAN whose check digits and length are right; spaces do not matter."""
    plain = text.replace(" ", "").upper()
    if not _IBAN.fullmatch(plain) or len(plain) != _IBAN_LENGTHS.get(plain[:2], len(plain)):
        return False
    digits = "".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def numbers_prove_themselves(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """I1: business id, IBAN and BIC are what they claim to be."""
    applicant = application.applicant
    name = of(applicant, "name", "@applicant")
    if applicant.business_id and not is_business_id(applicant.business_id):
        where = (of(applicant, "business_id", "@business_id"), name)
        params: dict[str, Value] = {"number": applicant.business_id}
        yield Finding("I1", "I1.business_id", Severity.BLOCK, where, applicant.business_id, None, params)
    iban, bic = of(applicant, "iban", "@iban"), of(applicant, "bic", "@bic")
    country = applicant.iban.replace(" ", "")[:2].upper()
    if applicant.iban and not is_iban(applicant.iban):
        params = {"number": applicant.iban}
        yield Finding("I1", "I1.iban", Severity.BLOCK, (iban, name), applicant.iban, None, params)
    matched = _BIC.fullmatch(applicant.bic.replace(" ", ""))
    if applicant.bic and matched is None:
        yield Finding("I1", "I1.bic", Severity.WARN, (bic, iban), applicant.bic, None, {"number": applicant.bic})
    elif matched is not None and country and {matched[1], country} - {"FI", "AX"} and matched[1] != country:
        params = {"number": applicant.bic, "country": matched[1], "other": country}
        yield Finding("I1", "I1.bic_country", Severity.WARN, (bic, iban), matched[1], country, params)


def family_of(number: str) -> str:
    """Return to which family a register number belongs, "" where it looks like none; spaces and case do not matter."""
    plain = re.sub(r"\s+", "", number).upper()
    return next((name for name, pattern in FAMILIES.items() if pattern.fullmatch(plain)), "")


def register_numbers_fit(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """I2: the application names the number of this call; numbers look like register numbers."""
    number = of(application, "call_number", "@call_number")
    theirs = of_call(call, "register_number", "@call", "@register_number")
    told, wanted = (re.sub(r"\s+", "", text) for text in (application.call_number, call.register_number))
    if told and wanted and told.casefold() != wanted.casefold():
        params: dict[str, Value] = {"told": application.call_number, "wanted": call.register_number}
        yield Finding("I2", "I2.other_call", Severity.WARN, (number, theirs), told, wanted, params)
    own = of(application, "register_number", "@register_number")
    for field, text, other in (
        (number, application.call_number, theirs),
        (own, application.register_number, number),
        (theirs, call.register_number, number),
    ):
        if text and not family_of(text):
            yield Finding("I2", "I2.no_family", Severity.INFO, (field, other), text, None, {"number": text})


def applicant_may_apply(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """I3: where the call asks for a licence, the applicant holds it, by the register or at least by its own word."""
    rule, applicant = call.eligibility, application.applicant
    if rule is None or not rule.licence_needed:
        return
    where = (of(applicant, "has_licence", "@licence"), of_call(rule, "licence_needed", "@call", "@licence"))
    params: dict[str, Value] = {"applicant": applicant.name}
    if applicant.has_licence is False:
        yield Finding("I3", "I3.says_no", Severity.BLOCK, where, "@no", "@yes", params, rule.source)
    elif register.licence_holders is None:
        yield Finding("I3", "I3.no_register", Severity.INFO, where, None, "@yes", params, rule.source)
    elif not any(_is_holder(application, one.name, one.business_id) for one in register.licence_holders):
        yield Finding("I3", "I3.not_in_register", Severity.BLOCK, where, applicant.name, "@yes", params, rule.source)


def _is_holder(application: Application, name: str, business_id: str) -> bool:
    applicant = application.applicant
    if business_id and applicant.business_id:
        return business_id == applicant.business_id
    return name.casefold() in {one.casefold() for one in (applicant.name, *applicant.other_names)}


def one_project_one_name(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """I4: application, decision and reports call the project the same; a difference of case alone is only told."""
    told: list[tuple[str, Field]] = [(application.title, of(application, "title", "@title"))]
    if application.outcome is not None:
        outcome = application.outcome
        told.append((outcome.project_name, of(outcome, "project_name", "@outcome", "@title")))
    told += [(one.project_name, of(one, "project_name", "@report", "@title")) for one in application.reports]
    told = [(" ".join(name.split()), field) for name, field in told if name.strip()]
    for name, field in told[1:]:
        first, first_field = told[0]
        if name != first:
            params: dict[str, Value] = {"name": name, "first": first}
            alike = name.casefold() == first.casefold()
            code, severity = ("I4.case", Severity.INFO) if alike else ("I4.differ", Severity.WARN)
            yield Finding("I4", code, severity, (field, first_field), name, first, params)
