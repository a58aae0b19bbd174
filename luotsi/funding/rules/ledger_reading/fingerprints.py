"""Tells a row of a ledger again in a later export of it: the same row, and of like rows the same one."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1

from luotsi.funding.rules.spending.entries import Entry

SEPARATOR = "\x1f"


def fingerprints(entries: Iterable[Entry]) -> list[str]:
    """Return a fingerprint of each entry, 40 signs, none of them twice.

    Rows that are alike in all that the ledger says of them are counted, so that a voucher with two like rows has two
    fingerprints, and the same two in the next export. Neither the row's place nor its class of cost, which depends on
    how accounts were read, makes a difference.
    """
    seen: dict[str, int] = {}
    found = []
    for one in entries:
        parts = (
            one.voucher, str(one.booked_on), one.account, str(one.amount), one.currency, one.text, one.cost_centre,
            one.project, one.person, one.device, str(one.vat),
        )  # fmt: skip
        words = SEPARATOR.join(parts)
        again = seen.get(words, 0)
        seen[words] = again + 1
        found.append(sha1(f"{words}{SEPARATOR}{again}".encode(), usedforsecurity=False).hexdigest())
    return found
