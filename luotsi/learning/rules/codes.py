"""Check digits of the identifiers that study data carry: personal identity codes, business ids, object identifiers."""

from __future__ import annotations

import re
from datetime import date

SIGNS = {
    "+": 1800,
    **dict.fromkeys("-YXWVU", 1900),
    **dict.fromkeys("ABCDEF", 2000),
}
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
IDENTITY = re.compile(r"(\d{2})(\d{2})(\d{2})([+\-YXWVUABCDEF])(\d{3})([0-9A-Y])", re.ASCII)
BUSINESS = re.compile(r"(\d{7})-(\d)", re.ASCII)
BUSINESS_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
OID = re.compile(r"1\.2\.246\.562\.(\d{1,3})\.(\d{11,24})", re.ASCII)
ARTIFICIAL = range(900, 1000)


def birth_in(identity: str) -> date | None:
    """Return the day of birth that a personal identity code tells; None when it is no such code.

    The century is that of the sign (the signs of 2023 included), the check character the remainder by 31 of the nine
    digits (Act on the Population Information System 661/2009, Decree 128/2010).
    """
    found = IDENTITY.fullmatch(identity.strip().upper())
    if found is None:
        return None
    day, month, year, sign, number, check = found.groups()
    if CHECKS[int(day + month + year + number) % 31] != check or int(number) < 2:
        return None
    try:
        return date(SIGNS[sign] + int(year), int(month), int(day))
    except ValueError:
        return None


def is_artificial(identity: str) -> bool:
    """Return True for a personal identity code that is given to nobody: its number is from 900 to 999."""
    found = IDENTITY.fullmatch(identity.strip().upper())
    return found is not None and int(found[5]) in ARTIFICIAL


def is_business_id(text: str) -> bool:
    """Return True for a business id whose check digit holds: eleven less the weighted sum by 11; 1 is never given."""
    found = BUSINESS.fullmatch(text.strip())
    if found is None:
        return False
    left = sum(int(digit) * weight for digit, weight in zip(found[1], BUSINESS_WEIGHTS, strict=True)) % 11
    return left != 1 and int(found[2]) == (11 - left if left else 0)


def node_of(oid: str) -> int | None:
    """Return of which kind an object identifier of the education administration is; None when it is none.

    10 is an organisation, 15 a right to study, 24 a learner.
    """
    found = OID.fullmatch(oid.strip())
    return int(found[1]) if found else None
