"""Who may what in this room: each right with the roles that give it where they reach; what a share lets do."""

from enum import StrEnum

from luotsi.people.rules import STAFF, Reach, Role


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE = "questionnaires.see"
    DEFINE = "questionnaires.define"
    RECEIVE = "questionnaires.receive"
    ANSWER = "questionnaires.answer"
    SUBMIT = "questionnaires.submit"
    RESULTS = "questionnaires.results"


HOLDERS: dict[Right, frozenset[Role]] = {
    Right.SEE: STAFF,
    Right.DEFINE: frozenset({Role.COORDINATOR}),
    Right.RECEIVE: frozenset({Role.COORDINATOR}),
    Right.ANSWER: frozenset({Role.COORDINATOR, Role.PRINCIPAL, Role.SECRETARY, Role.FINANCE}),
    Right.SUBMIT: frozenset({Role.COORDINATOR, Role.PRINCIPAL}),
    Right.RESULTS: frozenset({Role.COORDINATOR, Role.DIGITAL_TEAM, Role.PRINCIPAL}),
}


class Grant(StrEnum):
    """What somebody may do with one response; each includes those before it."""

    READ = "read"
    WRITE = "write"
    SUBMIT = "submit"

    @property
    def level(self) -> int:
        """The place in the order of the grants."""
        return list(Grant).index(self)

    def covers(self, other: "Grant") -> bool:
        """Return True when this grant lets do what the other does."""
        return self.level >= other.level


def may(reach: Reach, right: Right, path: str) -> bool:
    """Return True when some role gives the right at the unit at `path`."""
    return reach.has_any(HOLDERS[right], path)


def grant_at(reach: Reach, path: str) -> Grant | None:
    """Return what the roles held at the very unit at `path` let do with its response; roles above it do not count.

    A draft is the matter of those who write it, until it is handed in.
    """
    roles = {grip.role for grip in reach.grips if grip.path == path}
    if roles & HOLDERS[Right.SUBMIT]:
        return Grant.SUBMIT
    return Grant.WRITE if roles & HOLDERS[Right.ANSWER] else None


def belongs(reach: Reach, path: str) -> bool:
    """Return True for the staff at the unit at `path` or below it: those whom a collection of the unit may ask."""
    return any(grip.role in STAFF and grip.path.startswith(path) for grip in reach.grips)
