"""Writes what was read, in one transaction: learners, then their documents and rows; what changed closes what was.

A row that says the same as before stays as it is; another is closed on the day of the extract and a new one begins
then. Nothing that was known is overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from luotsi.base import bulk, clock, ids
from luotsi.learning.actions.intake import rows
from luotsi.learning.models import (
    Extract,
    Learner,
    Placement,
    QualityFinding,
    StudyImport,
    StudyLine,
    StudyPlan,
    StudyRight,
    Traits,
    WorkPeriod,
)
from luotsi.learning.rules.traits import traits_of
from luotsi.people.models import Person

if TYPE_CHECKING:
    from django.db import models

    from luotsi.learning.actions.intake.sorting import Piece, Someone
    from luotsi.people.models import Unit

BATCH = 500
CLOSED_AT_ONCE = 900
TRAITS = ("gender", "language", "age", "support")


@dataclass(slots=True)
class Ready:
    """A learner whose documents have been read: `fresh` are those that say something new, by kind and right."""

    someone: Someone
    told: rows.Told
    fresh: dict[tuple[str, str], Piece] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """For whom it is written and since when it is known."""

    provider: Unit
    unit: Unit
    source: StudyImport
    on: date

    def write(self, ready: Sequence[Ready], beat: Any) -> Counter[str]:
        """Write everything; return how much of each there was. The caller has the transaction."""
        counts: Counter[str] = Counter(learners=len(ready))
        counts["new_learners"] = self._learners(ready)
        for number, some in enumerate(batched(ready, BATCH)):
            self._batch({_pk(one): one for one in some}, counts)
            beat(number * BATCH + len(some), len(ready))
        return counts

    def _learners(self, ready: Sequence[Ready]) -> int:
        """Add new learners and write what has changed of the others."""
        grouped = dict(
            Placement.objects.filter(learner__provider=self.provider, until=None).values_list("learner_id", "group_id")
        )
        known = self._standing([one.someone.pk for one in ready if one.someone.pk])
        people = self._people(ready)
        new, changed = [], []
        for one in ready:
            someone = one.someone
            fields = {
                "oid": someone.oid,
                "identity": someone.identity,
                "given_name": someone.given_name,
                "family_name": someone.family_name,
                "unit_id": grouped.get(someone.pk) if someone.pk in grouped else one.told.school,
                "person_id": people.get(someone.oid),
            }
            told = {name: value for name, value in fields.items() if value}
            learner = known.get(someone.pk) if someone.pk else None
            if learner is None:
                someone.pk = ids.new_id()
                told.setdefault("unit_id", self.unit.pk)
                new.append(Learner(pk=someone.pk, provider=self.provider, created_at=clock.now(), **told))
            elif any(getattr(learner, name) != value for name, value in told.items()):
                for name, value in told.items():
                    setattr(learner, name, value)
                changed.append(learner)
        Learner.objects.bulk_create(new, batch_size=BATCH)
        names = ["oid", "identity", "given_name", "family_name", "unit", "person"]
        Learner.objects.bulk_update(changed, names, batch_size=BATCH)
        return len(new)

    def _standing(self, pks: Sequence[UUID]) -> dict[UUID, Learner]:
        found: dict[UUID, Learner] = {}
        for some in batched(pks, BATCH):
            found |= Learner.objects.in_bulk(some)
        return found

    def _people(self, ready: Sequence[Ready]) -> dict[str, UUID]:
        """Return who of the learners is known as a person here, by OID: they see their own studies."""
        found: dict[str, UUID] = {}
        for some in batched([one.someone.oid for one in ready if one.someone.oid], BATCH):
            found |= {one.oid: one.id for one in Person.objects.filter(oid__in=some, learner=None).only("oid")}
        return found

    def _batch(self, some: dict[UUID, Ready], counts: Counter[str]) -> None:
        kept = self._documents(some, counts)
        self._headed(StudyRight, some, kept, counts)
        self._headed(StudyPlan, some, kept, counts)
        self._known(StudyLine, rows.LINE, {pk: one.told.lines for pk, one in some.items()}, counts)
        self._known(WorkPeriod, rows.WORK, {pk: one.told.work for pk, one in some.items()}, counts)
        self._findings(some, counts)
        self._traits(some)

    def _documents(self, some: dict[UUID, Ready], counts: Counter[str]) -> dict[tuple[UUID, str, str], UUID]:
        """Close documents that have changed and add the new ones; return their keys."""
        fresh = {(pk, *key): piece for pk, one in some.items() for key, piece in one.fresh.items()}
        standing = Extract.objects.known().filter(learner_id__in=list(some)).only("learner_id", "kind", "right_oid")
        self._close(Extract, [one.pk for one in standing if (one.learner_id, one.kind, one.right_oid) in fresh])
        added = [
            Extract(
                learner_id=pk,
                kind=kind,
                right_oid=oid,
                sha256=piece.sha256,
                data=piece.data,
                source=self.source,
                known_from=self.on,
            )
            for (pk, kind, oid), piece in fresh.items()
        ]
        Extract.objects.bulk_create(added, batch_size=BATCH)
        counts["documents"] += len(added)
        return {(one.learner_id, one.kind, one.right_oid): one.pk for one in added}

    def _headed(
        self,
        table: type[StudyRight] | type[StudyPlan],
        some: dict[UUID, Ready],
        kept: dict[tuple[UUID, str, str], UUID],
        counts: Counter[str],
    ) -> None:
        """Write the head of each new document: of a right or of a plan."""
        is_right = table is StudyRight
        kind, name = (Extract.Kind.RIGHT, "oid") if is_right else (Extract.Kind.PLAN, "right_oid")
        fresh = {(pk, oid): extract for (pk, of, oid), extract in kept.items() if of == kind}
        standing = table._default_manager.filter(known_to=None, learner_id__in=list(some))
        gone = [pk for pk, learner, oid in standing.values_list("pk", "learner_id", name) if (learner, oid) in fresh]
        self._close(table, gone)
        told = {pk: one.told.rights if is_right else one.told.plans for pk, one in some.items()}
        added = [
            table(learner_id=pk, extract_id=extract, known_from=self.on, **told[pk][oid])
            for (pk, oid), extract in fresh.items()
            if oid in told[pk]
        ]
        table._default_manager.bulk_create(added, batch_size=BATCH)  # type: ignore[arg-type]
        counts["rights" if is_right else "plans"] += len(added)

    def _known(
        self, table: type[models.Model], names: tuple[str, ...], told: dict[UUID, list[rows.Row]], counts: Counter[str]
    ) -> None:
        """Close rows that are told otherwise now and add those that are new."""
        wanted = {(pk, row) for pk, some in told.items() for row in some}
        gone = []
        standing = table._default_manager.filter(known_to=None, learner_id__in=list(told))
        for pk, learner, *values in standing.values_list("pk", "learner_id", *names):
            row = (learner, tuple(_plain(value) for value in values))
            if row in wanted:
                wanted.remove(row)
            else:
                gone.append(pk)
        self._close(table, gone)
        added = [(_learner_key(pk), *row) for pk, some in told.items() for row in some if (pk, row) in wanted]
        counts["lines" if table is StudyLine else "work"] += bulk.insert(
            table, ("learner", *names), added, known_from=self.on
        )

    def _findings(self, some: dict[UUID, Ready], counts: Counter[str]) -> None:
        """Add findings that are new and end those that are gone."""
        standing: dict[tuple[UUID, str], UUID] = {
            (learner, fingerprint): pk
            for pk, learner, fingerprint in QualityFinding.objects.filter(
                gone_on=None, learner_id__in=list(some)
            ).values_list("pk", "learner_id", "fingerprint")
        }
        found = {(pk, str(row[-1])): row for pk, one in some.items() for row in one.told.findings}
        gone = [pk for key, pk in standing.items() if key not in found]
        for few in batched(gone, CLOSED_AT_ONCE):
            QualityFinding.objects.filter(pk__in=few).update(gone_on=self.on)
        names = ("learner", *(name.removesuffix("_id") for name in rows.FINDING))
        added = [
            (_learner_key(pk), *row) for (pk, fingerprint), row in found.items() if (pk, fingerprint) not in standing
        ]
        counts["findings"] += bulk.insert(QualityFinding, names, added, since=self.on)
        counts["findings_gone"] += len(gone)

    def _traits(self, some: dict[UUID, Ready]) -> None:
        """Keep what the audit of models needs; what this delivery does not tell stays as it was."""
        standing = {one.pk: one for one in Traits.objects.filter(pk__in=list(some))}
        new, changed = [], []
        for pk, one in some.items():
            told = traits_of(
                identity=one.someone.code,
                language=one.someone.language,
                birth=one.someone.birth,
                begun=one.told.begun,
                has_support=one.told.has_support,
            )
            values = {name: value for name in TRAITS if (value := getattr(told, name))}
            kept = standing.get(pk)
            if kept is None:
                new.append(Traits(learner_id=pk, **values))
            elif any(getattr(kept, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(kept, name, value)
                changed.append(kept)
        Traits.objects.bulk_create(new, batch_size=BATCH)
        Traits.objects.bulk_update(changed, TRAITS, batch_size=BATCH)

    def _close(self, table: type[models.Model], keys: Iterable[UUID]) -> None:
        for few in batched(keys, CLOSED_AT_ONCE):
            table._default_manager.filter(pk__in=few).update(known_to=self.on)


def _pk(one: Ready) -> UUID:
    if one.someone.pk is None:
        raise ValueError("A learner is written before the documents.")
    return one.someone.pk


def _learner_key(pk: UUID) -> Any:
    return Learner._meta.pk.get_db_prep_value(pk, connection)


def _plain(value: object) -> object:
    """Return a value of the database as rows have it."""
    if isinstance(value, date):
        return value.isoformat()
    return rows.amount_text(value) if isinstance(value, Decimal) else value
