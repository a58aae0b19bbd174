"""Forgetting: deletes or empties persons, accounts, roles and invitations when their retention has ended.

The days are those of `rules.kept_since`, as `rules.PERSONAL_DATA` declares them. The log of changes has a retention
of its own and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q

from luotsi.base import audit, clock
from luotsi.base.housekeeping import Forgotten as Line
from luotsi.people.models import Account, Invitation, Person, RoleAssignment
from luotsi.people.rules import Kept, kept_since

if TYPE_CHECKING:
    from django.db.models import Model

    from luotsi.people.models.accounts import PersonQuerySet


WORDS = {
    "invitations": "invitations that ended long ago",
    "accounts": "accounts of persons without a role",
    "names": "persons without a role whose names were taken away",
    "roles": "roles that ended long ago",
    "persons": "persons of whom nothing else was left",
}


@dataclass(frozen=True)
class Forgotten:
    """How many records of each kind were forgotten: invitations, accounts, names (of persons), roles, persons."""

    counts: Mapping[str, int]


def forget(*, today: date, by: Account | None = None, dry_run: bool = False) -> Forgotten:
    """Forget whatever need not be kept on the day; return how many of each kind.

    Each kind is one transaction with one row in the log, which has the count and no name. A person loses the account
    and the names first; the person's roles, and then the person, go when the roles have explained decisions for
    long enough. With `dry_run` everything is counted by doing it and taking it back.
    """
    kept = kept_since(today)
    with transaction.atomic() if dry_run else nullcontext():
        counts = {kind.name: _forget(kind, kept, by) for kind in KINDS}
        if dry_run:
            transaction.set_rollback(True)
    return Forgotten(counts)


def forget_daily() -> None:
    """Forget what need not be kept today; the worker calls this once a day."""
    forget(today=clock.today())


def forgotten(*, dry_run: bool) -> list[Line]:
    """Forget what need not be kept today, for `luotsi forget`; return a line for each kind."""
    counts = forget(today=clock.today(), dry_run=dry_run).counts
    return [Line(kind, WORDS[kind], count) for kind, count in counts.items()]


@transaction.atomic
def _forget(kind: _Kind, kept: Kept, by: Account | None) -> int:
    count = kind.forget(kept)
    if count:
        audit.record(by=by, verb=f"people.{kind.name}.forgotten", target=kind.target(), after={"count": count})
    return count


def _invitations(kept: Kept) -> int:
    day = _begin(kept.invitations)
    ended = Q(accepted_at__lt=day) | Q(withdrawn_at__lt=day)
    ended |= Q(accepted_at=None, withdrawn_at=None, expires_at__lt=day)
    return Invitation.objects.filter(ended).delete()[0]


def _accounts(kept: Kept) -> int:
    """Delete accounts with what allauth keeps of them, and end their sessions."""
    nobodys = Q(person=None, created_at__lt=_begin(kept.persons))
    accounts = Account.objects.filter(Q(person__in=_gone(kept)) | nobodys)
    for session in UserSession.objects.filter(user__in=accounts):
        session.end()
    count = accounts.count()
    accounts.delete()
    return count


def _names(kept: Kept) -> int:
    """Empty what tells who a person was; the roles stay, of somebody whom the pages call a removed person."""
    named = _gone(kept).exclude(given_name="", family_name="", email="", oid="")
    return named.update(given_name="", family_name="", email="", oid="")


def _roles(kept: Kept) -> int:
    return RoleAssignment.objects.filter(valid_to__lt=kept.roles).delete()[0]


def _persons(_kept: Kept) -> int:
    """Delete persons of whom neither a name nor a role is left: nobody else is without a name.

    A person whom a record of another room still names stays until that record goes, without a name.
    """
    held = RoleAssignment.objects.filter(person=OuterRef("pk"))
    return sum(map(_is_deleted, Person.objects.filter(~Exists(held), given_name="", family_name="", account=None)))


def _is_deleted(person: Person) -> bool:
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return False
    return True


def _gone(kept: Kept) -> PersonQuerySet:
    """Return persons whose last role ended before the day, or who never had one and came before it."""
    held = RoleAssignment.objects.filter(person=OuterRef("pk"))
    going_on = held.filter(Q(valid_to=None) | Q(valid_to__gte=kept.persons))
    came_long_ago = Q(created_at__lt=_begin(kept.persons))
    return Person.objects.filter(~Exists(going_on), Exists(held) | came_long_ago)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.HELSINKI)


@dataclass(frozen=True)
class _Kind:
    """One kind of records, in the order in which they are forgotten; `target` is what the log says it was about."""

    name: str
    forget: Callable[[Kept], int]
    target: Callable[[], Model]


KINDS = (
    _Kind("invitations", _invitations, Invitation),
    _Kind("accounts", _accounts, Account),
    _Kind("names", _names, Person),
    _Kind("roles", _roles, Person),
    _Kind("persons", _persons, Person),
)
