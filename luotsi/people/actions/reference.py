"""Loading the reference data that comes with the program: municipalities and types of institutions."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import models, transaction

from luotsi.base import audit
from luotsi.people.models import InstitutionType, Municipality

if TYPE_CHECKING:
    from luotsi.people.models import Account

DATA = Path(__file__).resolve().parent.parent / "data"
BATCH = 200


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of this room's data folder, by heading."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_reference(*, by: Account | None = None) -> int:
    """Bring municipalities and institution types up to the files; return how many rows were added or changed.

    Nothing is written when all is as it should be, so every start may call this. Rows that have left the
    files stay, because units of earlier years point to them.
    """
    changed = [*_stored(_municipalities()), *_stored(_institution_types())]
    if changed:
        audit.record(
            by=by,
            verb="people.reference.loaded",
            target=changed[0],
            after={"codes": [str(row.pk) for row in changed]},
        )
    return len(changed)


def _municipalities() -> Iterable[Municipality]:
    regions = {row["code"]: row for row in rows_of("regions")}
    for row in rows_of("municipalities"):
        region = regions[row["region_code"]]
        yield Municipality(
            number=row["number"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            region_code=row["region_code"],
            region_fi=region["name_fi"],
            region_sv=region["name_sv"],
            language_status=int(row["language_status"]),
            population=int(row["population"]) if row["population"] else None,
        )


def _institution_types() -> Iterable[InstitutionType]:
    return (InstitutionType(**row) for row in rows_of("institution_types"))


def _stored[M: models.Model](wanted: Iterable[M]) -> list[M]:
    """Write the rows that differ from the database in one statement a batch; return them."""
    rows = list(wanted)
    model = type(rows[0])
    names = [field.attname for field in model._meta.concrete_fields]
    there = set(model._default_manager.values_list(*names))
    changed = [row for row in rows if tuple(getattr(row, name) for name in names) not in there]
    if changed:
        key, *others = names
        model._default_manager.bulk_create(
            changed, BATCH, update_conflicts=True, unique_fields=[key], update_fields=others
        )
    return changed
