"""Who may what in this room: each right with the roles that give it where they reach."""

from enum import StrEnum

from luotsi.people.rules import STAFF, Reach, Role


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE = "programme.see"
    PLAN = "programme.plan"
    RECORD = "programme.record"
    EVALUATE = "programme.evaluate"
    NETWORK = "programme.network"
    ADOPT = "programme.adopt"


HOLDERS: dict[Right, frozenset[Role]] = {
    Right.SEE: STAFF,
    Right.PLAN: frozenset({Role.COORDINATOR}),
    Right.RECORD: frozenset({Role.COORDINATOR, Role.IT}),
    Right.EVALUATE: frozenset({Role.COORDINATOR}),
    Right.NETWORK: frozenset({Role.COORDINATOR}),
    Right.ADOPT: frozenset({Role.COORDINATOR, Role.PRINCIPAL}),
}


def may(reach: Reach, right: Right, path: str) -> bool:
    """Return True when some role gives the right at the unit at `path`."""
    return reach.has_any(HOLDERS[right], path)
