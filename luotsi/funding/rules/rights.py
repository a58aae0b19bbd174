"""Who may what in this room: each right with the roles that give it where they reach."""

from enum import StrEnum

from luotsi.people.rules import Reach, Role


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE = "funding.see"
    PREPARE = "funding.prepare"
    COMMIT = "funding.commit"
    SPEND = "funding.spend"
    OFFICIATE = "funding.officiate"


# Who follows money at a unit: those who plan, prepare, lead and book it.
HOLDERS: dict[Right, frozenset[Role]] = {
    Right.SEE: frozenset(
        {Role.COORDINATOR, Role.DIGITAL_TEAM, Role.PRINCIPAL, Role.SECRETARY, Role.FINANCE, Role.BOARD}
    ),
    Right.PREPARE: frozenset({Role.COORDINATOR, Role.PRINCIPAL, Role.FINANCE}),
    Right.COMMIT: frozenset({Role.COORDINATOR, Role.FINANCE}),
    Right.SPEND: frozenset({Role.COORDINATOR, Role.FINANCE}),
    Right.OFFICIATE: frozenset({Role.FUNDER}),
}


class Part(StrEnum):
    """What a member of the team of one application may do; each includes those before it."""

    READ = "read"
    WRITE = "write"
    SUBMIT = "submit"

    @property
    def level(self) -> int:
        """The place in the order of the parts."""
        return list(Part).index(self)

    def covers(self, other: "Part") -> bool:
        """Return True when this part lets do what the other does."""
        return self.level >= other.level


def may(reach: Reach, right: Right, path: str) -> bool:
    """Return True when some role gives the right at the unit at `path`."""
    return reach.has_any(HOLDERS[right], path)
