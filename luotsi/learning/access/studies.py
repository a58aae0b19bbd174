"""Rights to study as figures take them: those known now, one learner at a time, without names; for counting only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from luotsi.learning.models import StudyImport, StudyRight
from luotsi.learning.rules.endings import Stay
from luotsi.people.models import Unit

ONE_DAY = timedelta(days=1)
YEAR = timedelta(days=364)  # from a day to the last of the 365 that begin with it
WHOLE = "ammatillinentutkinto"
VOCATIONAL = StudyRight.Kind.VOCATIONAL.value
TUVA = StudyRight.Kind.TUVA.value
FIELDS = (
    "pk",
    "learner_id",
    "learner__provider_id",
    "unit_id",
    "kind",
    "study",
    "qualification",
    "oid",
    "starts_on",
    "ends_on",
    "state",
    "renewed",
    "within",
)
# A learner's row in the log tells that some were forgotten: they leave the tables too.
WRITTEN_BY = ("learning.studyimport", "learning.learner", "people.unit", "people.unitimport")


@dataclass(frozen=True)
class Right:
    """A right to study with what tables need of it."""

    pk: UUID
    learner: UUID
    provider: UUID
    unit: UUID
    kind: str
    study: str
    qualification: str
    stay: Stay

    @property
    def first(self) -> date:
        """The first day; only of rights that count."""
        return self.stay.starts_on or date.min

    @property
    def last(self) -> date | None:
        """The last day on which it runs; None while it does."""
        return self.stay.ends_on - ONE_DAY if self.stay.ends_on else None

    @property
    def is_whole(self) -> bool:
        """True of a vocational right to a whole qualification."""
        return self.kind == VOCATIONAL and self.study == WHOLE


def rights_by_learner(under: str = "") -> Iterator[list[Right]]:
    """Yield the rights of each learner that are studies, told once; one query.

    With the path of a unit only of learners who have a right there or below it, but all of theirs.
    """
    known = StudyRight.objects.known()
    if under:
        here = known.filter(unit__path__startswith=under).order_by().values("learner_id")
        known = known.filter(learner_id__in=here)
    found = known.order_by("learner_id", "starts_on", "pk").values_list(*FIELDS)
    for _learner, rows in groupby(found.iterator(5000), key=lambda row: row[1]):
        rights = [_right(row) for row in rows]
        counted = [one for one in rights if one.stay.counts]
        if counted:
            yield counted


def _right(row: tuple[Any, ...]) -> Right:
    pk, learner, provider, unit, kind, study, qualification, *stay = row
    return Right(pk, learner, provider, unit, kind, study, qualification, Stay(*stay))


def rights_by_oid() -> dict[tuple[UUID, str], Right]:
    """Return the rights that are studies by learner and OID; one query."""
    return {(one.learner, one.stay.oid): one for rights in rights_by_learner() for one in rights}


def known_until() -> dict[UUID, date]:
    """Return for each provider the latest day that an import has told about; two queries.

    Of later days nothing is known: whoever has not completed by then has not failed to.
    """
    told = list(
        StudyImport.objects.filter(state=StudyImport.State.DONE).order_by().values_list("unit__path", "extract_on")
    )
    providers = StudyRight.objects.known().order_by().values_list("learner__provider_id", flat=True).distinct()
    found = {}
    for pk, path in Unit.objects.filter(pk__in=providers).values_list("pk", "path"):
        days = [day for at, day in told if at.startswith(path) or path.startswith(at)]
        if days:
            found[pk] = max(days)
    return found
