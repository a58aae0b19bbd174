"""What a value may be: extents of studies, and code lists of the register that are known here.

Source of the lists: koodisto service of the Finnish National Agency for Education, autumn 2026.
"""

from __future__ import annotations

from decimal import Decimal

from luotsi.learning.rules.places import Code

MOST = Decimal(999)  # points or weeks: several times what any qualification has
FUNDING = frozenset(str(number) for number in range(1, 18))
UNITS = frozenset(str(number) for number in range(1, 9))
WAYS = frozenset({"koulutussopimus", "oppisopimus", "oppilaitosmuotoinenkoulutus"})
SCALE = "arviointiasteikko"
PASSED_OR_NOT = frozenset({"Hyväksytty", "Hylätty"})
GRADES = {
    "arviointiasteikkoammatillinen15": PASSED_OR_NOT | {"1", "2", "3", "4", "5"},
    "arviointiasteikkoammatillinent1k3": PASSED_OR_NOT | {"0", "1", "2", "3"},
    "arviointiasteikkoammatillinenhyvaksyttyhylatty": PASSED_OR_NOT,
    "arviointiasteikkotuva": PASSED_OR_NOT,
}


def cannot_be(extent: Decimal | None) -> bool:
    """Return True for an extent that no studies have."""
    return extent is not None and not 0 < extent <= MOST


def is_grade(grade: Code) -> bool:
    """Return True for a grade of a scale that is known here, of one that is not, and of one that is not told."""
    if grade.scheme and not grade.scheme.startswith(SCALE):
        return False
    known = GRADES.get(grade.scheme)
    return known is None or grade.value in known
