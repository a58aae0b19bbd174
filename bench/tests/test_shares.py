"""An import and the scores of a week, shared by several processes: the same as done by one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from luotsi.base.tests.house import Builder

IMPORTS = """
import json
from resource import RUSAGE_CHILDREN, getrusage
from bench import apart, study_import
from luotsi.learning.actions.intake import IntakeRefused, taking
from luotsi.learning.engine.deliveries import contents_of
from luotsi.learning.models import Extract, Learner, QualityFinding, StudyLine, StudyPlan, StudyRight
from luotsi.people.models import Unit

taking.BATCH, taking.SHARED_FROM = 9, {least}
owner = apart.city(2)
for number, school in enumerate(Unit.objects.filter(parent=owner)):
    school.oid = study_import.SCHOOL.format(number)
    school.save(update_fields=["oid"])

def take(slip, on):
    data, _size = study_import.delivery(40, 2, slip)
    contents = contents_of("a.zip", data)
    return taking.take_in(unit=owner, filename="a.zip", contents=contents, extract_on=on, by=None).counts

counts = [take(0, study_import.FIRST), take(6, study_import.LATER)]
try:
    faults = take(3, study_import.FIRST)
except IntakeRefused as refused:
    faults = [refused.count, refused.faults]
tables = (
    (Learner, "oid", "given_name", "unit__oid"),
    (StudyRight, "oid", "known_from", "known_to", "starts_on", "periods"),
    (StudyPlan, "right_oid", "known_from", "known_to", "touched_on"),
    (StudyLine, "right_oid", "key", "known_from", "known_to", "planned_until", "done_on", "amount"),
    (Extract, "right_oid", "kind", "sha256", "known_from", "known_to"),
    (QualityFinding, "right_oid", "code", "at", "fingerprint", "params"),
)
rows = [sorted([str(value) for value in row] for row in table.objects.values_list(*names)) for table, *names in tables]
print(json.dumps([[counts, faults, rows], getrusage(RUSAGE_CHILDREN).ru_utime]))
"""

WEEKS = """
import json
from resource import RUSAGE_CHILDREN, getrusage
from bench import study_week
from luotsi.learning.actions import scoring
from luotsi.learning.models import Score, Turn
from luotsi.learning.queries.scoring import week

study_week.SCHOOLS, study_week.CLOSED, week.AT_ONCE, scoring.SHARED_FROM = 2, 600, 20, {least}
study_week.fill(90)
found = study_week.by_model(0)
scores = Score.objects.order_by("learner__oid", "model__number", "value")
rows = [[str(value) for value in row] for row in scores.values_list("learner__oid", "value", "band", "right_oid")]
listed = Turn.objects.filter(is_listed=True).count()  # who of equals is first is a lot, drawn by keys
print(json.dumps([[found["week_model"], rows, listed], getrusage(RUSAGE_CHILDREN).ru_utime]))
"""
NEVER = 10**9


def done(builder: Builder, script: str, least: int) -> tuple[Any, float]:
    """Return what a script tells in a house of its own, and for how long other processes worked for it."""
    found, seconds = json.loads(builder.build().python(script.replace("{least}", str(least))).stdout.splitlines()[-1])
    return found, seconds


@pytest.mark.processes
class TestShared:
    def test_an_import_is_the_same(self, builder: Builder) -> None:
        alone, seconds = done(builder, IMPORTS, NEVER)
        shared, more = done(builder, IMPORTS, 2)
        assert shared == alone
        assert seconds == 0 < more
        (first, _again), (faults, _rows), (learners, *_tables) = alone
        assert (first["read"], faults, len(learners)) == (80, 4, 40)

    def test_the_scores_of_a_week_are_the_same(self, builder: Builder) -> None:
        alone, seconds = done(builder, WEEKS, NEVER)
        shared, more = done(builder, WEEKS, 2)
        assert shared == alone
        assert seconds == 0 < more
        learners, scores, listed = alone
        assert (learners, len(scores)) == (90, 180)
        assert listed
