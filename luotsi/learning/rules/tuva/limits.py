"""How many weeks preparatory studies have, in all and of each part: what the planner and the validator both go by.

Source: KOSKI, TutkintokoulutukseenValmentavaKoulutusValidation, which asks for it once the studies are completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cap:
    """How many weeks a part has once it is there."""

    least: Decimal
    most: Decimal


COMPULSORY = "101"
CAPS = {
    COMPULSORY: Cap(Decimal(2), Decimal(10)),
    "102": Cap(Decimal(1), Decimal(20)),
    "103": Cap(Decimal(1), Decimal(20)),
    "104": Cap(Decimal(1), Decimal(10)),
    "105": Cap(Decimal(1), Decimal(30)),
    "106": Cap(Decimal(1), Decimal(30)),
    "107": Cap(Decimal(1), Decimal(30)),
}
PARTS = tuple(CAPS)
OTHERS = tuple(code for code in CAPS if code != COMPULSORY)
OTHERS_NEEDED = 2
LEAST_IN_ALL = Decimal(4)
MOST_IN_ALL = Decimal(38)
