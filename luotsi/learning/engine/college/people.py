"""Invented learners: names that nobody has, artificial identity codes, and what they bring along."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from luotsi.learning.rules.codes import CHECKS

PROVIDER, PROVIDER_NAME = "1.2.246.562.10.99900000000", "Esimerkkiopisto"


@dataclass(frozen=True)
class Campus:
    """A school of the invented provider; its letter stands in the names of its groups."""

    letter: str
    name: str
    oid: str
    number: str


CAMPUSES = (
    Campus("k", "Esimerkkiopisto, keskustan kampus", "1.2.246.562.10.99900000001", "99801"),
    Campus("s", "Esimerkkiopisto, sataman kampus", "1.2.246.562.10.99900000002", "99802"),
    Campus("h", "Esimerkkiopisto, harjun kampus", "1.2.246.562.10.99900000003", "99803"),
)

# fmt: off
GIVEN = {
    "FI": (
        ("Aaro", "Eetu", "Eino", "Joona", "Juho", "Kalle", "Lauri", "Leevi", "Mikael", "Niilo", "Onni", "Otto",
         "Rasmus", "Samu", "Tatu", "Topi", "Veeti", "Ville"),
        ("Aada", "Aino", "Anni", "Ella", "Emma", "Enni", "Helmi", "Iida", "Inka", "Jenna", "Kiira", "Lotta",
         "Milla", "Neea", "Oona", "Roosa", "Siiri", "Venla"),
    ),
    "SV": (
        ("Anton", "Axel", "Elias", "Gustav", "Hugo", "Ludvig"), ("Alva", "Ellen", "Freja", "Linnea", "Saga", "Tilda"),
    ),
    "AR": (
        ("Ahmed", "Hassan", "Karim", "Omar", "Sami", "Yusuf"),
        ("Amina", "Hala", "Layla", "Mariam", "Noor", "Zainab"),
    ),
    "SO": (
        ("Abdi", "Faarax", "Liban", "Mahad", "Said", "Warsame"),
        ("Asha", "Deeqa", "Hodan", "Ifrah", "Sahra", "Ubah"),
    ),
    "RU": (
        ("Artjom", "Dmitri", "Ivan", "Maksim", "Nikita", "Pavel"),
        ("Anna", "Darja", "Jelena", "Olga", "Polina", "Vera"),
    ),
    "UK": (
        ("Andrij", "Bohdan", "Danylo", "Marko", "Oleh", "Taras"),
        ("Halyna", "Iryna", "Kateryna", "Oksana", "Sofija", "Zoja"),
    ),
    "ET": (
        ("Kaarel", "Märt", "Rait", "Siim", "Taavi", "Uku"),
        ("Eliise", "Kadri", "Liis", "Maarja", "Triin", "Ülle"),
    ),
    "FA": (
        ("Amir", "Dariush", "Farhad", "Kian", "Navid", "Reza"),
        ("Azadeh", "Laleh", "Mina", "Parisa", "Shirin", "Yasmin"),
    ),
    "EN": (
        ("Daniel", "Emeka", "James", "Kofi", "Samuel", "Victor"),
        ("Abena", "Blessing", "Grace", "Mercy", "Ruth", "Sarah"),
    ),
}
SURNAMES = tuple(
    start + end
    for start, end in product(
        ("Esimerkki", "Malli", "Kuvitelma", "Näyte", "Keksintö", "Sepite", "Harjoitus", "Luonnos", "Tekaisu", "Satu"),
        ("mäki", "järvi", "saari", "niemi", "koski", "ranta", "lahti", "virta", "puro", "kallio"),
    )
)
# fmt: on
LANGUAGES = {"FI": 47, "SV": 3, "AR": 10, "SO": 9, "RU": 8, "UK": 7, "ET": 6, "FA": 5, "EN": 5}
LETTERS = "ABCDEF"


@dataclass(frozen=True)
class Person:
    """Somebody who never lived.

    `fit` is how well studies suit: of mean 0 and deviation 1, known to nobody but the one who invents.
    """

    number: int
    oid: str
    identity: str
    given: str
    family: str
    language: str
    born: date
    is_adult: bool
    has_support: bool
    fit: float


class Registry:
    """Gives each invented learner an identity code that no other has; ask for them in the order of their numbers."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._taken: set[str] = set()

    def chance(self, number: int) -> random.Random:
        """Return what decides a learner's life: the same for a seed and a number, whoever else there is."""
        return random.Random(f"{self.seed}/{number}")  # noqa: S311 - no secret: the same life every time

    def person(self, number: int, starts_on: date, chance: random.Random) -> Person:
        """Invent somebody who begins to study on the day."""
        is_adult = chance.random() < 0.18
        years = chance.uniform(19.5, 45) if is_adult else chance.uniform(15.65, 17.9)
        born = starts_on - timedelta(days=round(years * 365.25))
        is_woman = chance.random() < 0.48
        language = chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        has_support = chance.random() < 0.2
        return Person(
            number=number,
            oid=f"1.2.246.562.24.9{number:010d}",
            identity=self._identity(born, chance.randrange(50), is_woman=is_woman),
            given=chance.choice(GIVEN[language][is_woman]),
            family=chance.choice(SURNAMES),
            language=language,
            born=born,
            is_adult=is_adult,
            has_support=has_support,
            fit=chance.gauss(0, 1) - 0.3 * has_support - 0.15 * (language not in {"FI", "SV"}) + 0.2 * is_adult,
        )

    def _identity(self, born: date, place: int, *, is_woman: bool) -> str:
        """Return a free artificial code of the day of birth; the numbers from 900 on are given to nobody real."""
        signs = LETTERS if born.year >= 2000 else "-YXWVU"
        for step in range(50 * len(signs)):
            number = 900 + (place + step) % 50 * 2 + (not is_woman)
            digits = f"{born:%d%m%y}{number}"
            code = f"{born:%d%m%y}{signs[step // 50]}{number}{CHECKS[int(digits) % 31]}"
            if code not in self._taken:
                self._taken.add(code)
                return code
        msg = f"Too many learners are born on {born}."
        raise ValueError(msg)
