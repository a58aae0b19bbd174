"""Who may what in this room: each right with the roles that give it where they reach.

Figures of many are one thing, a person's studies another, a score of a person a third. Management has the first;
whoever keeps the register of studies has the second without the third; the third is for those who guide and teach this
very learner. A teacher's role reaches a person only where it was given at the group; at a school it shows figures.
"""

from enum import StrEnum

from luotsi.people.rules import Grip, Kind, Reach, Role


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE = "learning.see"
    STEWARD = "learning.steward"
    FOLLOW = "learning.follow"
    JUDGE = "learning.judge"
    GUIDE = "learning.guide"
    GOVERN = "learning.govern"
    WATCH = "learning.watch"
    LOG = "learning.log"


HOLDERS: dict[Right, frozenset[Role]] = {
    # figures at every level, without persons
    Right.SEE: frozenset(
        {
            Role.COORDINATOR,
            Role.DIGITAL_TEAM,
            Role.PRINCIPAL,
            Role.TEACHER,
            Role.TUTOR_TEACHER,
            Role.SECRETARY,
            Role.BOARD,
            Role.COUNSELLOR,
            Role.DATA_PROTECTION,
        }
    ),
    # study data: imports, what the validator finds, learners as the register tells them; never a score
    Right.STEWARD: frozenset({Role.SECRETARY}),
    # a learner's progress
    Right.FOLLOW: frozenset({Role.COUNSELLOR, Role.TEACHER, Role.SECRETARY}),
    # the structured judgement of the second week
    Right.JUDGE: frozenset({Role.TEACHER}),
    # scores, needs and what was done about them
    Right.GUIDE: frozenset({Role.COUNSELLOR}),
    # models: train, release, switch off; evidence
    Right.GOVERN: frozenset({Role.COORDINATOR, Role.PRINCIPAL}),
    # models, evidence and the switch, without persons' scores
    Right.WATCH: frozenset({Role.DATA_PROTECTION, Role.COORDINATOR, Role.PRINCIPAL}),
    # who saw whose score and when, never what it was; management has no persons, so that it has none here either
    Right.LOG: frozenset({Role.DATA_PROTECTION}),
}

# Rights over a person that a role gives only where it was given at the very group.
ONLY_AT_THE_GROUP: dict[Right, frozenset[Role]] = {
    Right.FOLLOW: frozenset({Role.TEACHER}),
    Right.JUDGE: frozenset({Role.TEACHER}),
}


def may(reach: Reach, right: Right, path: str, kind: str) -> bool:
    """Return True when some role gives the right at the unit at `path`, which is of a kind."""
    return any(gives(grip, right) and grip.covers(path) and is_near(grip, right, path, kind) for grip in reach.grips)


def gives(grip: Grip, right: Right) -> bool:
    """Return True when a role gives the right somewhere."""
    return grip.role in HOLDERS[right]


def is_near(grip: Grip, right: Right, path: str, kind: str) -> bool:
    """Return True unless the role gives this right only at a very group, and the unit is another or no group."""
    return grip.role not in ONLY_AT_THE_GROUP.get(right, frozenset()) or (kind == Kind.GROUP and grip.path == path)
