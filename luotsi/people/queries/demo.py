"""The standing cast: one set of invented people who serve the demo, its one-click sign-in and the tests."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from luotsi.people.models import Account, Unit
from luotsi.people.models.roles import ROLES
from luotsi.people.rules import Role

# Written in the README: the form of the sign-in page can be tried with it. Never set outside the demo.
DEMO_PASSWORD = "luotsi-demo-2026"  # noqa: S105 - meant to be known

PLAIN = str.maketrans("åäö", "aao")
REGION = "tampereen-kaupunkiseutu"
SCHOOL = "kapytikan-esimerkkikoulu"
GROUP = "4a-kapytikan-esimerkkikoulu"


@dataclass(frozen=True)
class CastMember:
    """One of the cast: an invented person, the role and the address of the unit where it is held."""

    given_name: str
    family_name: str
    role: Role
    unit: str
    language: str = "fi"

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.given_name.lower().translate(PLAIN)}@luotsi.example"

    @property
    def full_name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}"


CAST = (
    CastMember("Aino", "Esimerkkilä", Role.COORDINATOR, REGION),
    CastMember("Bilal", "Mallikas", Role.PRINCIPAL, SCHOOL),
    CastMember("Celia", "Kuvitelma", Role.TEACHER, SCHOOL),
    CastMember("Daniel", "Näytelä", Role.IT, "tampere"),
    CastMember("Eeva", "Keksimä", Role.FINANCE, "tampere"),
    CastMember("Farid", "Tekaistu", Role.COORDINATOR, "kuopio"),
    CastMember("Gunilla", "Exempelström", Role.DIGITAL_TEAM, REGION, "sv"),
    CastMember("Hilkka", "Olematon", Role.DATA_PROTECTION, "tampere"),
    CastMember("Irma", "Sepitteinen", Role.SECRETARY, SCHOOL),
    CastMember("Jari", "Harjoitelma", Role.TUTOR_TEACHER, SCHOOL),
    CastMember("Kaarina", "Luonnosmäki", Role.BOARD, "tampere"),
    CastMember("Leo", "Mallilainen", Role.COUNSELLOR, SCHOOL),
    CastMember("Minna", "Esimerkki", Role.STUDENT, GROUP),
    CastMember("Niko", "Esimerkki", Role.GUARDIAN, GROUP),
    CastMember("Outi", "Näytesaari", Role.FUNDER, "helsinki"),
    CastMember("Pihla", "Mielikuvala", Role.COORDINATOR, "helsinki"),
    CastMember("Raili", "Satumaa", Role.BOARD, "helsinki"),
)


# Those whose unit a later part of the demo adds.
COLLEGE, CAMPUS = "esimerkkiopisto", "esimerkkiopisto-keskustan-kampus"
GUESTS = (
    CastMember("Saara", "Tarinoiva", Role.FINANCE, "kemi"),
    CastMember("Taavi", "Mielikuvala", Role.COUNSELLOR, CAMPUS),
    CastMember("Ursula", "Sepiteniemi", Role.TEACHER, CAMPUS),
    CastMember("Venla", "Luonnosranta", Role.STUDENT, CAMPUS),
    CastMember("Werner", "Exempelberg", Role.SECRETARY, CAMPUS, "sv"),
    CastMember("Yrjö", "Näyteharju", Role.PRINCIPAL, CAMPUS),
    CastMember("Zaida", "Kuvitelma", Role.COORDINATOR, COLLEGE),
    CastMember("Åsa", "Tekaisulahti", Role.DATA_PROTECTION, COLLEGE, "sv"),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: the sign-in page and the `run` command list them."""

    name: str
    role: str | Promise
    email: str
    unit: str = ""


def demo_people() -> list[DemoPerson]:
    """Return the cast and its guests in their standing order, those of them who have an account; two queries."""
    everybody = (*CAST, *GUESTS)
    addresses = [member.email for member in everybody]
    there = set(Account.objects.filter(email__in=addresses, is_active=True).values_list("email", flat=True))
    units = {unit.key: unit.names.text for unit in Unit.objects.filter(key__in={member.unit for member in everybody})}
    words: dict[str, str | Promise] = dict(ROLES)
    return [
        DemoPerson(member.full_name, words[member.role], member.email, units.get(member.unit, ""))
        for member in everybody
        if member.email in there
    ]
