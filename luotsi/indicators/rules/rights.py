"""Who may what in this room: each right with the roles that give it where they reach."""

from enum import StrEnum

from luotsi.people.rules import STAFF, Reach, Role


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE = "indicators.see"
    ENTER = "indicators.enter"
    APPROVE = "indicators.approve"
    DEFINE = "indicators.define"
    EXPORT = "indicators.export"


HOLDERS: dict[Right, frozenset[Role]] = {
    Right.SEE: STAFF,
    Right.ENTER: frozenset({Role.COORDINATOR, Role.PRINCIPAL, Role.SECRETARY, Role.IT}),
    Right.APPROVE: frozenset({Role.COORDINATOR}),
    Right.DEFINE: frozenset({Role.COORDINATOR}),
    Right.EXPORT: frozenset({Role.COORDINATOR, Role.IT, Role.FINANCE, Role.DATA_PROTECTION}),
}


def may(reach: Reach, right: Right, path: str) -> bool:
    """Return True when some role gives the right at the unit at `path`."""
    return reach.has_any(HOLDERS[right], path)
