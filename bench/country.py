"""A made-up city to measure against: one provider, its institutions and groups, staff, pupils, invitations, a log.

The same seed makes the same city. Rows go in by the thousand past the actions, because a bench needs data, not
the making of them; the audit rows are chained as `luotsi.base.audit` chains them, so that the proof holds.
Every name is put together from syllables and stands for nobody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction

from luotsi.base import audit, clock, ids
from luotsi.base.models import AuditEntry, AuditHead
from luotsi.people.models import Account, Invitation, Person, RoleAssignment, Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import Kind, Role

BEGAN = date(2020, 8, 1)
BATCH = 2000
SYLLABLES = ("ka", "ri", "mo", "lu", "te", "va", "no", "sa", "hei", "pu", "ti", "jo", "la", "mie", "so", "ku")
UNUSABLE = "!bench"


@dataclass(frozen=True)
class Size:
    """How large the city is."""

    units: int = 150
    staff: int = 5_000
    pupils: int = 60_000
    group: int = 25
    invitations: int = 400
    log: int = 20_000


@dataclass(frozen=True)
class City:
    """The city, and the two people as whom it is measured."""

    provider: Unit
    school: Unit
    coordinator: Account
    principal: Account


def name(chance: random.Random, syllables: int = 3) -> str:
    """Return an invented word."""
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def stored[M: models.Model](rows: Iterator[M]) -> list[M]:
    """Write rows in batches; return them."""
    kept: list[M] = []
    for batch in batched(rows, BATCH):
        type(batch[0])._default_manager.bulk_create(batch)
        kept += batch
    return kept


def unit(kind: Kind, parent: Unit | None, name_fi: str, key: str, **codes: str) -> Unit:
    """Return a unit that is not stored yet."""
    pk = ids.new_id()
    path = path_below(parent, pk)
    return Unit(id=pk, kind=kind, parent=parent, path=path, name_fi=name_fi, key=key, valid_from=BEGAN, **codes)


def schools_of(provider: Unit, size: Size, chance: random.Random) -> Iterator[Unit]:
    """Yield the institutions of the provider."""
    for number in range(size.units):
        yield unit(
            Kind.INSTITUTION,
            provider,
            f"{name(chance)}n esimerkkikoulu {number}",
            f"school-{number}",
            institution_number=f"{number:05d}",
        )


def groups_of(schools: Sequence[Unit], size: Size) -> Iterator[Unit]:
    """Yield as many groups as the pupils need, spread over the institutions."""
    for number in range(-(-size.pupils // size.group)):
        school = schools[number % len(schools)]
        yield unit(Kind.GROUP, school, f"{number % 9 + 1}{'ABCD'[number % 4]}", f"group-{number}")


def accounts(size: Size) -> Iterator[Account]:
    """Yield accounts for nine of ten of the staff."""
    moment = clock.now() - timedelta(days=20)
    for number in range(size.staff * 9 // 10):
        signed_in = moment + timedelta(minutes=number)
        yield Account(email=f"p{number}@luotsi.example", password=UNUSABLE, last_login=signed_in)


def addresses(known: Sequence[Account]) -> Iterator[EmailAddress]:
    """Yield the proved address of each account."""
    for account in known:
        yield EmailAddress(user=account, email=account.email, verified=True, primary=True)


def persons(count: int, known: Sequence[Account | None], chance: random.Random) -> Iterator[Person]:
    """Yield persons; those for whom there is an account get it."""
    for number in range(count):
        account = known[number] if number < len(known) else None
        yield Person(
            account=account,
            given_name=name(chance, 2),
            family_name=name(chance),
            email=account.email if account else "",
        )


def staff_role(number: int, schools: Sequence[Unit], provider: Unit) -> tuple[Role, Unit]:
    """Return what the member of staff with the number is, and where: coordinator, principals, others."""
    if number == 0:
        return Role.COORDINATOR, provider
    if number <= len(schools):
        return Role.PRINCIPAL, schools[number - 1]
    others = (Role.TEACHER,) * 16 + (Role.TUTOR_TEACHER, Role.SECRETARY, Role.COUNSELLOR)
    return others[number % len(others)], schools[number % len(schools)]


def held(person: Person, role: Role, where: Unit) -> RoleAssignment:
    """Return a role in force that is not stored yet; one in fifty has a last day ahead."""
    ending = clock.today() + timedelta(days=20) if int(person.pk.hex[-4:], 16) % 50 == 0 else None
    return RoleAssignment(person=person, role=role, unit=where, valid_from=BEGAN, valid_to=ending)


def invitations(schools: Sequence[Unit], by: Account, size: Size, chance: random.Random) -> Iterator[Invitation]:
    """Yield invitations, open, expired and accepted."""
    now = clock.now()
    for number in range(size.invitations):
        sent = now - timedelta(days=number % 28)
        yield Invitation(
            email=f"i{number}@luotsi.example",
            given_name=name(chance, 2),
            family_name=name(chance),
            role=Role.TEACHER,
            unit=schools[number % len(schools)],
            digest=f"{number:064x}",
            invited_by=by,
            invited_at=sent,
            expires_at=sent + timedelta(days=14),
            accepted_at=sent + timedelta(days=2) if number % 3 == 0 else None,
        )


def log(roles: Sequence[RoleAssignment], by: Account, head: AuditHead, size: Size) -> Iterator[AuditEntry]:
    """Yield chained entries that tell of roles given; moves the head along."""
    at: datetime = clock.now() - timedelta(days=300)
    for number in range(size.log):
        role = roles[number % len(roles)]
        content: dict[str, Any] = {
            "seq": head.seq + 1,
            "at": at + timedelta(seconds=number * 1000),
            "actor_id": by.pk,
            "actor_label": by.email,
            "verb": "people.role.given",
            "target_type": "people.roleassignment",
            "target_id": str(role.pk),
            "target_label": f"{role.role} {number}",
            "unit_id": role.unit_id,
            "before": {},
            "after": audit.snapshot(role),
            "request_id": "",
            "reason": "",
        }
        entry = AuditEntry(**content, prev_hash=head.hash, hash=audit.link(head.hash, content))
        head.seq, head.hash = entry.seq, entry.hash
        yield entry


@transaction.atomic
def load(size: Size, seed: int = 2026) -> City:
    """Write the city into an empty, migrated database and return it."""
    chance = random.Random(seed)  # noqa: S311 - invented names, no secrets
    provider = unit(Kind.PROVIDER, None, "Esimerkkikaupunki", "esimerkkikaupunki")
    stored(iter([provider]))
    schools = stored(schools_of(provider, size, chance))
    groups = stored(groups_of(schools, size))
    known = stored(accounts(size))
    stored(addresses(known))
    staff = stored(persons(size.staff, known, chance))
    pupils = stored(persons(size.pupils, [], chance))
    places = (staff_role(number, schools, provider) for number in range(len(staff)))
    roles = stored(held(person, *place) for person, place in zip(staff, places, strict=True))
    stored(held(pupil, Role.STUDENT, groups[number // size.group]) for number, pupil in enumerate(pupils))
    stored(invitations(schools, known[0], size, chance))
    head, _made = AuditHead.objects.get_or_create(pk=1)
    stored(log(roles, known[0], head, size))
    head.save(update_fields=["seq", "hash"])
    return City(provider, schools[0], coordinator=known[0], principal=known[1])
