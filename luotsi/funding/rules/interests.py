"""Who has an interest in an application by rule: they neither handle nor score nor decide it, whatever they declare.

Source: Administrative Procedure Act (hallintolaki 434/2003) 27 and 28 §: a party, those who act for one, and those in
its service. Somebody of the unit above an applicant is not of the applicant: a city funds its own schools.
"""

from __future__ import annotations

from collections.abc import Iterable

from luotsi.funding.rules.because import Because, because


def interests(
    roles: Iterable[str],
    applicant: str,
    *,
    in_team: bool = False,
    has_prepared: bool = False,
    has_declared: bool = False,
) -> tuple[Because, ...]:
    """Return why somebody may not handle, score or decide an application; empty when nothing is known against it.

    Args:
        roles: paths of the units in which they have a role, each ending in "/".
        applicant: path of the unit that applies.
        in_team: whether they are or were in the team of the application.
        has_prepared: whether they began it or handed it in.
        has_declared: whether they declared an interest.

    Reasons: `own_unit`: a role at the applicant or below it; `in_team`; `prepared`; `declared`.
    """
    found = []
    if any(path.startswith(applicant) for path in roles):
        found.append(because("own_unit"))
    if in_team:
        found.append(because("in_team"))
    if has_prepared:
        found.append(because("prepared"))
    if has_declared:
        found.append(because("declared"))
    return tuple(found)
