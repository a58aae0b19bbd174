"""What an import has to fit into: the units of the importer's reach, and the codes that others hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luotsi.people.rules import Kind


@dataclass(frozen=True)
class Known:
    """A unit within the importer's reach; `parent` is the address of the unit above, "" when out of reach."""

    key: str
    kind: Kind
    parent: str
    name_fi: str = ""
    name_sv: str = ""
    name_en: str = ""
    municipality_number: str = ""
    institution_number: str = ""
    institution_type: str = ""
    oid: str = ""
    valid_from: date = date.min
    valid_to: date | None = None

    @property
    def title(self) -> str:
        """The first name it has."""
        return self.name_fi or self.name_sv or self.name_en


@dataclass(frozen=True)
class World:
    """Everything that decides about a row, fetched beforehand.

    `taken` holds (field, code) of units outside the reach; `types` gives the code of an institution type by its
    code and by its name in each language, without case.
    """

    scope: Known
    units: tuple[Known, ...]
    municipalities: frozenset[str]
    types: Mapping[str, str]
    taken: frozenset[tuple[str, str]]
    today: date
