"""Finds the place of every row: which known unit it speaks of, and which unit it stands under."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.people.queries.import_plan.values import NAMES, Draft
from luotsi.people.rules import OID, PARENTS, Kind

if TYPE_CHECKING:
    from luotsi.people.queries.import_plan.world import Known, World

CODES = ("oid", "institution_number", "municipality_number", "key")


class Places:
    """The known units and the rows, indexed by their codes; finds `known` and `parent` of every row."""

    def __init__(self, world: World, drafts: list[Draft]) -> None:
        self.world = world
        self.drafts = drafts
        self.by_key = {unit.key: unit for unit in world.units}
        self.children: dict[str, list[Known]] = defaultdict(list)
        self.known: dict[tuple[str, str], Known] = {}
        # Units that have ended come first, so that one in force takes over a code they left.
        for unit in sorted(world.units, key=lambda unit: unit.valid_to is None):
            self.children[unit.parent].append(unit)
            for name in CODES:
                if name != "municipality_number" or unit.kind == Kind.PROVIDER:
                    self.known[name, getattr(unit, name)] = unit
        self.rows: dict[tuple[str, str], Draft] = {}
        for draft in drafts:
            for name in CODES[:3]:
                if draft.text(name) and (name != "municipality_number" or draft.kind == Kind.PROVIDER):
                    self.rows.setdefault((name, draft.text(name)), draft)

    def match(self, draft: Draft) -> None:
        """Find the known unit with the codes of the row; complain when they point to different units."""
        found: dict[str, Known] = {}
        for name in CODES:
            code = draft.text(name)
            if name == "municipality_number" and draft.kind not in {Kind.PROVIDER, None}:
                continue
            if code and (unit := self.known.get((name, code))):
                found[name] = unit
        if "key" in draft.values and "key" not in found:
            draft.complain("key", _("There is no such unit, or you have no role that shows it."))
        if len({unit.key for unit in found.values()}) > 1:
            titles = ", ".join(sorted({unit.title for unit in found.values()}))
            draft.complain(next(iter(found)), _("The codes belong to different units: %(names)s.") % {"names": titles})
        elif found:
            unit = next(iter(found.values()))
            draft.known = unit
            if draft.kind is None and "kind" not in draft.line.cells:
                draft.kind = unit.kind

    def match_by_name(self, draft: Draft) -> None:
        """Find the known unit of the same kind and name under the same parent, for rows without a known code."""
        parent = draft.parent
        if draft.known or parent is None or isinstance(parent, Draft):
            return
        names = {name: draft.text(name).casefold() for name in NAMES if draft.text(name)}
        same = [
            unit
            for unit in self.children[parent.key]
            if unit.kind == draft.kind
            and any(getattr(unit, name).casefold() == text for name, text in names.items())
            and not self._differs(unit, draft)
        ]
        if len(same) > 1:
            draft.complain(
                next(iter(names)), _("There are several units with this name. Add the code or the address.")
            )
        elif same:
            draft.known = same[0]

    def _differs(self, unit: Known, draft: Draft) -> bool:
        """Return True when a code of the row says that it is not this unit."""
        return any(
            draft.text(name) and getattr(unit, name) and draft.text(name) != getattr(unit, name)
            for name in ("oid", "institution_number")
        )

    def find_parent(self, draft: Draft) -> None:
        """Find the unit above: the one named, the provider of the municipality, or the unit of the import."""
        known = draft.known
        if "parent" in draft.values:
            parent = self._named(draft.text("parent"))
            if parent is None or parent is draft:
                draft.complain("parent", _("There is no such unit, or you have no role that shows it."))
                return
            above = parent.known if isinstance(parent, Draft) else parent
            if known and (above is None or above.key != known.parent):
                draft.complain("parent", _("An import does not move units. Leave the cell empty or mend it."))
            draft.parent = parent
        elif known:
            if above := self.by_key.get(known.parent):
                draft.parent = above
        elif draft.kind is not None:
            self._find_unnamed_parent(draft, draft.kind)

    def _find_unnamed_parent(self, draft: Draft, kind: Kind) -> None:
        number = draft.text("municipality_number")
        if provider := self._provider(draft):
            draft.parent = provider
        elif kind == Kind.INSTITUTION and number:
            place = "municipality_number", number
            if found := self.known.get(place) or self.rows.get(place):
                draft.parent = found
            else:
                draft.complain(
                    "municipality_number", _("There is no education provider with this municipality number here.")
                )
        elif self.world.scope.kind in PARENTS[kind]:
            draft.parent = self.world.scope
        elif kind != Kind.REGION and not (kind == Kind.INSTITUTION and "municipality_number" in draft.line.cells):
            draft.complain("parent", _("Write the unit above: its address, OID or number."))

    def _named(self, text: str) -> Known | Draft | None:
        """Return the unit that a parent cell means: an address, an OID, or a number with or without its zeros."""
        places = [("key", text), ("key", text.lower())]
        if re.fullmatch(OID, text):
            places.append(("oid", text))
        if text.isascii() and text.isdigit():
            if len(text) <= 3:
                places.append(("municipality_number", text.zfill(3)))
            if 3 < len(text) <= 5:
                places.append(("institution_number", text.zfill(5)))
        found = (self.known.get(place) or self.rows.get(place) for place in places)
        return next((unit for unit in found if unit is not None), None)

    def _provider(self, draft: Draft) -> Known | None:
        """Return the provider that a row of the national list names, by its code or by its name."""
        code, name = draft.text("provider_code"), draft.text("provider_name")
        found = self._named(code) if code else None
        if found is not None and not isinstance(found, Draft):
            return found
        if not name:
            return None
        providers = [unit for unit in self.world.units if unit.kind == Kind.PROVIDER and unit.valid_to is None]
        fitting = [unit for unit in providers if any(_same(name, getattr(unit, field)) for field in NAMES)]
        return fitting[0] if len(fitting) == 1 else None

    def is_outside(self, draft: Draft) -> bool:
        """Return True for a row of the national list whose provider is not among the importer's units."""
        number = draft.text("institution_number")
        return self._provider(draft) is None and ("institution_number", number) not in self.known

    @cached_property
    def row_of(self) -> dict[str, Draft]:
        """The rows that speak of known units, by the address of the unit; complete once all are matched."""
        return {draft.known.key: draft for draft in self.drafts if draft.known}


def _same(official: str, name: str) -> bool:
    """Return True when an official name is the name itself or its genitive with a word after it.

    "Tampereen kaupunki" is Tampere, "Oriveden kaupunki" Orivesi: the stem may lose its last two letters.
    """
    official, name = official.casefold(), name.casefold()
    if not name or official == name:
        return bool(name)
    first, _blank, rest = official.partition(" ")
    shared = next((at for at, (a, b) in enumerate(zip(first, name, strict=False)) if a != b), len(name))
    return bool(rest) and first.endswith(("n", "s")) and shared >= max(3, len(name) - 2)
