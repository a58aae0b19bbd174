"""What the applicant or the funder knows beside an application: grants, holders of licences, organisations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from luotsi.funding.rules.call import Period
from luotsi.funding.rules.fields import Form, Shape, needed, optional

SHORTEST = 4  # letters of a name that is looked for in texts
BEGINNING = 5  # letters of its first word by which it is found
WORDS = re.compile(r"\w+")
type Known = dict[str, list[tuple[str, tuple[str, ...]]]]


@dataclass(frozen=True, kw_only=True)
class Grant(Shape):
    """A grant that was given."""

    id: str = needed("Key of the grant.", Form.KEY)
    name: str = needed("What it was given for.", Form.NAME)
    funder: str = needed("Who gave it.", Form.NAME)
    holder: str = optional("Who got it; whoever applies, where it is left out.", Form.NAME, default="")
    business_id: str = optional("Business id of the holder.", Form.NAME, default="")
    register_number: str = optional("Number of the decision.", Form.NAME, default="")
    decided_on: date | None = optional("Day of the decision.")
    sum: Decimal | None = optional("Euros.", Form.MONEY)
    areas: tuple[str, ...] = optional(
        "Keys of the areas of applications that it touches; left out where it touches any.",
        Form.KEY,
        default=(),
        most=100,
    )
    period: Period | None = optional("In which time it may be used; null where that is not known.")


@dataclass(frozen=True, kw_only=True)
class Holder(Shape):
    """A holder of the licence that a call asks for."""

    name: str = needed("Name of the holder.", Form.NAME)
    business_id: str = optional("Its business id.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class Organisation(Shape):
    """An organisation that texts may name."""

    name: str = needed("Its name.", Form.NAME)
    other_names: tuple[str, ...] = optional("Other ways of writing it.", Form.NAME, default=(), most=20)


@dataclass(frozen=True, kw_only=True)
class Register(Shape):
    """What is known beside an application."""

    format: int = optional("Version of this format.", default=1, least=1, most=1)
    grants: tuple[Grant, ...] = optional("Grants that were given.", default=(), most=5_000)
    licence_holders: tuple[Holder, ...] | None = optional(
        "Holders of the licence; null where they are not known.", most=5_000
    )
    organisations: tuple[Organisation, ...] = optional("Organisations that texts may name.", default=(), most=5_000)

    @cached_property
    def known(self) -> Known:
        """Return the organisations by the beginnings of their names."""
        return by_beginning((one.name, *one.other_names) for one in self.organisations)


def plain(name: str) -> str:
    """Return a name or a text as it is compared: in small letters, with single spaces."""
    return " ".join(name.casefold().split())


def by_beginning(organisations: Iterable[tuple[str, ...]]) -> Known:
    """Return organisations (all ways of writing each) by the beginning of the first word of each name.

    A name that begins with no letter or digit stands under "". Names that are too short to look for are left out.
    """
    found: Known = defaultdict(list)
    for names in organisations:
        for low in dict.fromkeys(plain(name) for name in names):
            first = WORDS.match(low)
            if len(low) >= SHORTEST:
                found[first[0][:BEGINNING] if first is not None else ""].append((low, names))
    return found
