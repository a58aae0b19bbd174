"""The invented staff of the demo: some three hundred people, so that lists have something to list."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from luotsi.base import audit, clock, ids, planner
from luotsi.people.actions.demo.units import CLOSED, COMING, MEMBERS, School, Tree, last_school_year_end
from luotsi.people.models import Account, Person, RoleAssignment, Unit
from luotsi.people.queries.demo import SCHOOL
from luotsi.people.rules import Role

# fmt: off
GIVEN = [
    "Aada", "Aki", "Amira", "Anders", "Anna", "Arto", "Asta", "Axel", "Eino", "Elsa", "Emil", "Erkki",
    "Fatima", "Hanna", "Heikki", "Helmi", "Iida", "Ilmari", "Inka", "Joel", "Johanna", "Juho", "Kaisa",
    "Kalle", "Karin", "Katri", "Lauri", "Leena", "Lotta", "Mahmoud", "Maija", "Marko", "Mikko", "Milla",
    "Nea", "Nooa", "Oili", "Olavi", "Onni", "Paula", "Pekka", "Pirjo", "Reino", "Rita", "Saara", "Sami",
    "Sini", "Sofia", "Taru", "Teemu", "Tiina", "Toivo", "Ulla", "Urho", "Veera", "Ville", "Yrsa", "Åke",
]
# fmt: on
SURNAMES = [
    start + end
    for start, end in product(
        ("Esimerkki", "Malli", "Kuvitelma", "Näyte", "Keksintö", "Sepite", "Harjoitus", "Luonnos", "Tekaisu"),
        ("mäki", "järvi", "saari", "niemi", "koski", "ranta", "lahti", "virta"),
    )
]
LEADERLESS = 6
TEACHERS_IN_THE_CAST_SCHOOL = 14


class StaffRoom:
    """Thinks up people and their roles; nothing is written before `write`."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.today = clock.today()
        self.chance = random.Random(2026)  # noqa: S311 - no secret: the same people in every demo
        self.names = list(product(GIVEN, SURNAMES))
        self.chance.shuffle(self.names)
        self.persons: list[Person] = []
        self.accounts: list[Account] = []
        self.roles: list[RoleAssignment] = []

    def person(self, *, signs_in: bool = False) -> Person:
        """Think up somebody; about one in ten has left no address."""
        given, family = self.names[len(self.persons)]
        plain = unicodedata.normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode().lower()
        email = f"{plain}@luotsi.example"
        person = Person(
            id=ids.new_id(),
            given_name=given,
            family_name=family,
            email=email if signs_in or self.chance.random() < 0.9 else "",
            language="sv" if given in {"Anders", "Axel", "Karin", "Åke"} else "fi",
        )
        if signs_in:
            seen = datetime.combine(self.today, datetime.min.time(), clock.HELSINKI)
            seen -= timedelta(days=self.chance.randint(1, 90), hours=self.chance.randint(1, 10))
            account = Account(id=ids.new_id(), email=email, last_login=seen, password=make_password(None))
            self.accounts.append(account)
            person.account = account
        self.persons.append(person)
        return person

    def give(
        self, role: Role, unit: Unit, person: Person | None = None, last_day: date | None = None
    ) -> RoleAssignment:
        """Give the role to the person or to somebody new, from an August two to twelve years ago."""
        somebody = person or self.person(signs_in=self.chance.random() < 0.4)
        began = date(self.today.year - self.chance.randint(2, 12), 8, 1)
        given = RoleAssignment(person=somebody, role=role, unit=unit, valid_from=began, valid_to=last_day)
        self.roles.append(given)
        return given

    def fill_providers(self) -> None:
        """Every provider outside the cast gets a coordinator, the larger ones somebody in IT."""
        for number, provider in self.tree.providers.items():
            if number == "297":
                continue
            self.give(Role.COORDINATOR, provider, self.person(signs_in=True))
            if number in {"211", "536", "980", "091"}:
                self.give(Role.IT, provider, self.person(signs_in=True))

    def fill_schools(self) -> None:
        """Every open school gets a principal, except a few; teachers and others as they fall."""
        open_schools = [school for number in self.tree.schools for school in self._open(number)]
        leaderless = {school.unit.pk for school in self.chance.sample(open_schools[3:], LEADERLESS)}
        for school in open_schools:
            if school.unit.key != SCHOOL and school.unit.pk not in leaderless:
                self.give(Role.PRINCIPAL, school.unit, self.person(signs_in=True))
            for role in self._posts(school):
                self.give(role, school.unit)
        closed = self.tree.schools["837"][CLOSED].unit
        for role in (Role.PRINCIPAL, Role.TEACHER, Role.TEACHER):
            self.give(role, closed, last_day=last_school_year_end(self.today))

    def _open(self, number: str) -> list[School]:
        away = {CLOSED, COMING} if number == MEMBERS[0] else set()
        return [school for place, school in enumerate(self.tree.schools[number]) if place not in away]

    def _posts(self, school: School) -> Iterator[Role]:
        if school.unit.key == SCHOOL:
            yield from [Role.TEACHER] * TEACHERS_IN_THE_CAST_SCHOOL
            return
        yield from [Role.TEACHER] * self.chance.choice((0, 1, 1, 1, 2))
        for role, share in ((Role.SECRETARY, 0.2), (Role.TUTOR_TEACHER, 0.2), (Role.COUNSELLOR, 0.1)):
            if self.chance.random() < share:
                yield role

    def let_some_end(self) -> None:
        """A few teachers of the member providers stop within the next month."""
        teaching = [given for given in self.roles if given.role == Role.TEACHER and given.valid_to is None]
        for days, given in zip((2, 6, 13, 20, 27, 29), teaching[:3] + teaching[20:23], strict=True):
            given.valid_to = self.today + timedelta(days=days)

    def write(self) -> None:
        """Write everybody in four statements with one audit row."""
        addresses = [
            EmailAddress(user=account, email=account.email, verified=True, primary=True) for account in self.accounts
        ]
        Account.objects.bulk_create(self.accounts)
        EmailAddress.objects.bulk_create(addresses)
        Person.objects.bulk_create(self.persons)
        RoleAssignment.objects.bulk_create(self.roles)
        planner.many_came(len(self.persons), Account, EmailAddress, Person, RoleAssignment)
        audit.record(
            by=None,
            verb="people.demo.loaded",
            target=self.tree.region,
            after={"persons": len(self.persons), "roles": len(self.roles)},
            unit_id=self.tree.region.pk,
        )


def add_staff(tree: Tree) -> None:
    """Add the invented staff."""
    room = StaffRoom(tree)
    room.fill_providers()
    room.fill_schools()
    room.let_some_end()
    room.write()
