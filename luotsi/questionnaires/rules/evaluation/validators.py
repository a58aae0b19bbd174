"""The validators of SurveyJS that need no expression: each returns a code and its params, "" where all is well."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import patterns, values
from luotsi.questionnaires.rules.counting import characters
from luotsi.questionnaires.rules.definition import Validator
from luotsi.questionnaires.rules.expressions.coercion import as_text, number_in

# An address with one @, a domain with a point; no spaces, quotes, brackets or commas. Bounded, so linear.
EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@(?:[^\s@<>()\[\],;:\\\".]{1,63}\.){1,8}[^\s@<>()\[\],;:\\\".]{2,63}")
LONGEST_EMAIL = 254
Told = tuple[str, dict[str, object]]
WELL: Told = ("", {})


def is_email(text: str) -> bool:
    """Return True for an e-mail address."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None


def numeric(validator: Validator, value: Any) -> Told:
    """Check a number against least and greatest."""
    if values.is_empty(value):
        return WELL
    number: Any = number_in(value) if isinstance(value, str) else value
    if not values.is_number(number):
        return "number", {}
    if validator.minimum is not None and number < validator.minimum:
        return "number.min", {"least": validator.minimum, "value": number}
    if validator.maximum is not None and number > validator.maximum:
        return "number.max", {"most": validator.maximum, "value": number}
    return WELL


def text(validator: Validator, value: Any) -> Told:
    """Check a text's number of characters, and that it has no digits where it may have none."""
    if values.is_empty(value) or isinstance(value, list | dict):
        return WELL
    told = as_text(value)
    if not validator.allow_digits and re.search(r"\d", told):
        return "text.digits", {}
    count = characters(told)
    if validator.minimum and count < validator.minimum:
        return "length.min", {"limit": int(validator.minimum), "count": count}
    if validator.maximum and count > validator.maximum:
        return "length.max", {"limit": int(validator.maximum), "count": count}
    return WELL


def regex(validator: Validator, value: Any) -> Told:
    """Check that a pattern is found in a text, or in each of several."""
    if not validator.pattern or values.is_empty(value):
        return WELL
    told = value if isinstance(value, list) else [value]
    if all(patterns.matches(validator.pattern, as_text(one), ignore_case=validator.ignore_case) for one in told):
        return WELL
    return "pattern", {}


def email(_validator: Validator, value: Any) -> Told:
    """Check an e-mail address."""
    return WELL if values.is_empty(value) or is_email(as_text(value)) else ("email", {})


def answer_count(validator: Validator, value: Any) -> Told:
    """Check how many things were chosen."""
    if not isinstance(value, list) or not value:
        return WELL
    count = Decimal(len(value))
    if validator.minimum and count < validator.minimum:
        return "count.min", {"limit": int(validator.minimum), "count": len(value)}
    if validator.maximum and count > validator.maximum:
        return "count.max", {"limit": int(validator.maximum), "count": len(value)}
    return WELL


VALIDATORS: dict[str, Callable[[Validator, Any], Told]] = {
    "numeric": numeric,
    "text": text,
    "regex": regex,
    "email": email,
    "answercount": answer_count,
}
