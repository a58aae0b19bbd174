"""Tables of what becomes of studies: endings, the two Septembers, cohorts, and the way on from preparatory studies."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.learning import access
from luotsi.learning.access.studies import TUVA, VOCATIONAL, WRITTEN_BY, YEAR, known_until, rights_by_learner
from luotsi.learning.rules import endings
from luotsi.learning.rules.cohorts import HORIZONS, Half

FAR = date(2200, 1, 1)
_SPACE = uuid.UUID("1f6f4f0f-4c0c-4a55-8b7e-3a4a1f0c62d7")

RECORD = FactColumn("record", ColumnKind.RECORD, _("Key of the right to study."))
PERSON = FactColumn("person", ColumnKind.PERSON, _("Key of the learner; never a name."))
UNIT = FactColumn("unit", ColumnKind.UNIT, _("The school where it is."))
QUALIFICATION = FactColumn("qualification", ColumnKind.DIMENSION, _("Code of the qualification."))


def ending_rows() -> Iterator[tuple[object, ...]]:
    """Yield each right while it runs, and for a year after it has ended with how; one query."""
    for rights in rights_by_learner():
        stays = [one.stay for one in rights]
        for one in rights:
            head = (one.pk, one.learner, one.unit)
            ended = one.stay.ends_on
            if ended is None or ended > one.first:
                yield *head, one.first, one.last, one.kind, one.qualification, endings.Ending.RUNNING.value
            if ended is not None:
                how = endings.ending_of(one.stay, stays, FAR)
                yield *head, ended, ended + YEAR, one.kind, one.qualification, how.value


def september_rows() -> Iterator[tuple[object, ...]]:
    """Yield who studied for a qualification on 20 September, for the year that begins a year later; four queries."""
    until = known_until()
    for rights in rights_by_learner():
        whole = [one for one in rights if one.is_whole]
        last = until.get(rights[0].provider)
        if not whole or last is None:
            continue
        stays = [one.stay for one in whole]
        for year in range(min(one.first.year for one in whole) + 1, last.year + 1):
            day = endings.september_of(year)
            became = endings.year_of(stays, year) if day <= last else None
            if became is None:
                continue
            here = [one for one in whole if one.stay.runs_on(endings.september_of(year - 1))][-1]
            key = uuid.uuid5(_SPACE, f"{one_key(here.learner)} {year}")
            ends = endings.september_of(year + 1) - timedelta(days=1)
            yield key, here.learner, here.unit, day, ends, here.qualification, became.value


def one_key(key: object) -> str:
    """Return a key as text."""
    return str(getattr(key, "hex", key))


def cohort_rows() -> Iterator[tuple[object, ...]]:
    """Yield who began a qualification, for the year after the time of their half-year is full; four queries.

    Who moved here from another right belongs to the half-year of that one. A half-year is told when what is known
    reaches to the end of its time.
    """
    until = known_until()
    for rights in rights_by_learner():
        whole = [one for one in rights if one.is_whole]
        stays = [one.stay for one in whole]
        last = until.get(rights[0].provider, date.min)
        entered = endings.entrants(stays)
        for one in whole:
            if one.stay.oid not in entered:
                continue
            half = Half.of(one.first)
            done = endings.completed_on(one.stay, stays, FAR)
            for horizon in HORIZONS:
                full = half.full_on(horizon)
                if full <= last:
                    in_time = done is not None and done <= horizon.after(one.first)
                    head = (one.pk, one.learner, one.unit, full, full + YEAR, one.qualification)
                    yield *head, horizon.key, half.key, in_time


def way_on_rows() -> Iterator[tuple[object, ...]]:
    """Yield preparatory studies that have ended, for a year from when it is settled where one went; four queries."""
    until = known_until()
    for rights in rights_by_learner():
        vocational = [one.stay for one in rights if one.kind == VOCATIONAL]
        last = until.get(rights[0].provider, date.min)
        for one in rights:
            if one.kind != TUVA or one.stay.ends_on is None or not endings.is_settled(one.stay, last):
                continue
            settled = one.stay.ends_on + endings.MOVING
            went_on = endings.moved_to(one.stay, vocational, FAR) is not None
            is_passed = one.stay.state in endings.COMPLETED
            yield one.pk, one.learner, one.unit, settled, settled + YEAR, is_passed, went_on


ENDINGS = FactTable(
    key="study_endings",
    title=_("Rights to study and how they end"),
    about=_("One row for each right while it runs, and one for the year after it has ended."),
    columns=(
        RECORD,
        PERSON,
        UNIT,
        FactColumn("valid_from", ColumnKind.FROM, _("First day, or the day on which it ended.")),
        FactColumn("valid_to", ColumnKind.TO, _("Last day, or a year after it ended.")),
        FactColumn("kind", ColumnKind.DIMENSION, _("Vocational or preparatory education.")),
        QUALIFICATION,
        FactColumn("ending", ColumnKind.DIMENSION, _("running, completed, left, moved, renewed or other.")),
    ),
    rows=ending_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
SEPTEMBERS = FactTable(
    key="study_septembers",
    title=_("Learners from September to September"),
    about=_("One row for each learner of a qualification on 20 September, with what became of them in a year."),
    columns=(
        FactColumn("record", ColumnKind.RECORD, _("Key of the row.")),
        PERSON,
        UNIT,
        FactColumn("valid_from", ColumnKind.FROM, _("20 September a year later.")),
        FactColumn("valid_to", ColumnKind.TO, _("The day before the next 20 September.")),
        QUALIFICATION,
        FactColumn("became", ColumnKind.DIMENSION, _("studies, completed or gone.")),
    ),
    rows=september_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
COHORTS = FactTable(
    key="study_cohorts",
    title=_("Cohorts of qualifications"),
    about=_("One row for each learner who began a qualification and each time in which it could be completed."),
    columns=(
        RECORD,
        PERSON,
        UNIT,
        FactColumn("valid_from", ColumnKind.FROM, _("The day on which the time of the half-year is full.")),
        FactColumn("valid_to", ColumnKind.TO, _("A year later.")),
        QUALIFICATION,
        FactColumn("years", ColumnKind.DIMENSION, _("The time: 3, 3.5 or 4 years.")),
        FactColumn("cohort", ColumnKind.DIMENSION, _("Year and half-year of the beginning.")),
        FactColumn("in_time", ColumnKind.FLAG, _("Whether it was completed in the time.")),
    ),
    rows=cohort_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
WAYS_ON = FactTable(
    key="study_ways_on",
    title=_("The way on from preparatory studies"),
    about=_("One row for each right to preparatory studies, for a year from 60 days after it ended."),
    columns=(
        RECORD,
        PERSON,
        UNIT,
        FactColumn("valid_from", ColumnKind.FROM, _("60 days after it ended.")),
        FactColumn("valid_to", ColumnKind.TO, _("A year later.")),
        FactColumn("passed", ColumnKind.FLAG, _("Whether the preparatory studies were completed.")),
        FactColumn("went_on", ColumnKind.FLAG, _("Whether a vocational right began within 60 days.")),
    ),
    rows=way_on_rows,
    written_by=WRITTEN_BY,
    policy="learners",
    persons_seen=access.pages_of_followed,
)
