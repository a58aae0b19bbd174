"""Who may what, as pure decisions: roles, rights, how far a role reaches, and when a change is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from luotsi.base.periods import months_before


class Kind(StrEnum):
    """Levels of the organisation tree, from the widest to the narrowest."""

    REGION = "region"
    PROVIDER = "provider"
    INSTITUTION = "institution"
    GROUP = "group"


PARENTS: dict[Kind, frozenset[Kind | None]] = {
    Kind.REGION: frozenset({None}),
    Kind.PROVIDER: frozenset({None, Kind.REGION}),
    Kind.INSTITUTION: frozenset({Kind.PROVIDER}),
    Kind.GROUP: frozenset({Kind.INSTITUTION}),
}


# The national register's object identifiers: 1.2.246.562, a branch, then digits.
OID = r"1\.2\.246\.562\.[0-9]{2,3}\.[0-9]{8,25}"


class Role(StrEnum):
    """What a person is at a unit; the people of the domain, in the order of the handbook."""

    COORDINATOR = "coordinator"
    DIGITAL_TEAM = "digital_team"
    PRINCIPAL = "principal"
    TEACHER = "teacher"
    TUTOR_TEACHER = "tutor_teacher"
    IT = "it"
    DATA_PROTECTION = "data_protection"
    SECRETARY = "secretary"
    FINANCE = "finance"
    FUNDER = "funder"
    BOARD = "board"
    COUNSELLOR = "counsellor"
    STUDENT = "student"
    GUARDIAN = "guardian"


class Right(StrEnum):
    """What may be done in this room; each has a heading in docs/permissions.md."""

    SEE_UNIT = "people.see-unit"
    SEE_PERSONS = "people.see-persons"
    EDIT_UNITS = "people.edit-units"
    GIVE_ROLES = "people.give-roles"
    IMPORT = "people.import"
    SEE_AUDIT = "people.see-audit"


_SEE = frozenset({Right.SEE_UNIT})
_STAFF_LIST = _SEE | {Right.SEE_PERSONS}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.COORDINATOR: frozenset(Right),
    Role.DIGITAL_TEAM: _SEE,
    Role.PRINCIPAL: _STAFF_LIST | {Right.GIVE_ROLES},
    Role.TEACHER: _SEE,
    Role.TUTOR_TEACHER: _SEE,
    Role.IT: _STAFF_LIST,
    Role.DATA_PROTECTION: _STAFF_LIST | {Right.SEE_AUDIT},
    Role.SECRETARY: _STAFF_LIST,
    Role.FINANCE: _SEE,
    Role.FUNDER: _SEE,
    Role.BOARD: _SEE,
    Role.COUNSELLOR: _SEE,
    Role.STUDENT: _SEE,
    Role.GUARDIAN: _SEE,
}

# A role given at a unit reaches the units below it, except these: they stay where they were given.
REACHES_ONLY_ITS_UNIT = frozenset({Role.DIGITAL_TEAM, Role.STUDENT, Role.GUARDIAN})

# Where a role can be given.
PLACES: dict[Role, frozenset[Kind]] = {
    Role.COORDINATOR: frozenset({Kind.REGION, Kind.PROVIDER}),
    Role.DIGITAL_TEAM: frozenset({Kind.REGION}),
    Role.PRINCIPAL: frozenset({Kind.INSTITUTION}),
    Role.TEACHER: frozenset({Kind.INSTITUTION, Kind.GROUP}),
    Role.TUTOR_TEACHER: frozenset({Kind.INSTITUTION}),
    Role.IT: frozenset({Kind.REGION, Kind.PROVIDER}),
    Role.DATA_PROTECTION: frozenset({Kind.REGION, Kind.PROVIDER}),
    Role.SECRETARY: frozenset({Kind.PROVIDER, Kind.INSTITUTION}),
    Role.FINANCE: frozenset({Kind.REGION, Kind.PROVIDER}),
    Role.FUNDER: frozenset({Kind.REGION, Kind.PROVIDER}),
    Role.BOARD: frozenset({Kind.PROVIDER}),
    Role.COUNSELLOR: frozenset({Kind.INSTITUTION, Kind.GROUP}),
    Role.STUDENT: frozenset({Kind.INSTITUTION, Kind.GROUP}),
    Role.GUARDIAN: frozenset({Kind.INSTITUTION, Kind.GROUP}),
}

# What is added below a unit of each kind.
CHILD: dict[Kind, Kind] = {
    Kind.REGION: Kind.PROVIDER,
    Kind.PROVIDER: Kind.INSTITUTION,
    Kind.INSTITUTION: Kind.GROUP,
}

# The role that leads a unit of each kind: a unit without anybody in it is a gap.
LEADER: dict[Kind, Role] = {
    Kind.REGION: Role.COORDINATOR,
    Kind.PROVIDER: Role.COORDINATOR,
    Kind.INSTITUTION: Role.PRINCIPAL,
}

LEARNERS = frozenset({Role.STUDENT, Role.GUARDIAN})
STAFF = frozenset(Role) - LEARNERS

# Roles that reach so far that signing in with a password alone is not enough.
NEEDS_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.IT, Role.DATA_PROTECTION})

# Roles that a principal may give in the own school; a coordinator may give every role.
GIVEN_BY_PRINCIPAL = frozenset({Role.TEACHER, Role.TUTOR_TEACHER, Role.SECRETARY, Role.COUNSELLOR})


@dataclass(frozen=True)
class Grip:
    """One role in force: what (`role`) and where (`path` of the unit in the tree, ending in "/")."""

    role: Role
    unit_id: UUID
    path: str

    @property
    def stays(self) -> bool:
        """True when the role does not reach below the unit where it was given."""
        return self.role in REACHES_ONLY_ITS_UNIT

    def covers(self, path: str) -> bool:
        """Return True when this role reaches the unit at `path`."""
        return path == self.path if self.stays else path.startswith(self.path)


@dataclass(frozen=True)
class Reach:
    """All roles of one person in force today."""

    grips: tuple[Grip, ...] = ()

    def may(self, right: Right, path: str) -> bool:
        """Return True when some role gives `right` at the unit at `path`."""
        return any(right in RIGHTS[grip.role] and grip.covers(path) for grip in self.grips)

    def gripping(self, right: Right) -> tuple[Grip, ...]:
        """Return the roles that give `right`, without those that another of them covers."""
        holding = [grip for grip in self.grips if right in RIGHTS[grip.role]]
        return tuple(
            grip
            for grip in holding
            if not any(
                other.path != grip.path and other.covers(grip.path) and grip.path.startswith(other.path)
                for other in holding
            )
        )

    def anywhere(self, right: Right) -> bool:
        """Return True when `right` is given at some unit."""
        return any(right in RIGHTS[grip.role] for grip in self.grips)

    def roles_at(self, path: str) -> frozenset[Role]:
        """Return the roles that reach the unit at `path`."""
        return frozenset(grip.role for grip in self.grips if grip.covers(path))

    def has_any(self, roles: frozenset[Role], path: str) -> bool:
        """Return True when one of the roles reaches the unit at `path`: how other rooms give their rights."""
        return any(grip.role in roles and grip.covers(path) for grip in self.grips)

    def shares(self, region_path: str) -> bool:
        """Return True for a member of the region: some role at the region or anywhere below it.

        Members see what the region shares (its plan), without seeing each other's records.
        """
        return any(grip.path.startswith(region_path) for grip in self.grips)


def givable_roles(reach: Reach, path: str, kind: Kind) -> tuple[Role, ...]:
    """Return the roles that a giver with `reach` may give at a unit, in the order of `Role`."""
    if not reach.may(Right.GIVE_ROLES, path):
        return ()
    fit = [role for role in Role if kind in PLACES[role]]
    if Role.COORDINATOR in reach.roles_at(path):
        return tuple(fit)
    return tuple(role for role in fit if role in GIVEN_BY_PRINCIPAL)


def in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Return True when `on` lies within the closed interval; an open end is None."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def overlaps(first: tuple[date, date | None], others: Iterable[tuple[date, date | None]]) -> bool:
    """Return True when the closed interval `first` shares a day with any of `others`."""
    start, end = first
    return any(
        (other_end is None or start <= other_end) and (end is None or other_start <= end)
        for other_start, other_end in others
    )


@dataclass(frozen=True)
class Kept:
    """The first day of each retention: what ended before it is forgotten. The words are in `PERSONAL_DATA`."""

    invitations: date
    persons: date
    roles: date


def kept_since(today: date) -> Kept:
    """Return since when ended invitations (90 days), persons (12 months) and roles (five years) are kept."""
    return Kept(
        invitations=today - timedelta(days=90), persons=months_before(today, 12), roles=months_before(today, 60)
    )
