"""What a week is scored from, read for thousands: the same as one by one, in parts as well as at once."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import models
from hypothesis import given

from luotsi.base import bulk, clock, ids
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.engine.snapshots import studies_on
from luotsi.learning.models import Absence, Judgement, Learner, Score, StudyLine, StudyPlan, StudyRight, WorkPeriod
from luotsi.learning.queries.guidance.records import records_of
from luotsi.learning.queries.guidance.seen import rights_of
from luotsi.learning.queries.scoring import week
from luotsi.learning.queries.scoring.held import held_at
from luotsi.learning.queries.scoring.week import Told, shares_of, told_on
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.features import snapshot_of
from luotsi.learning.rules.kept import Seen
from luotsi.learning.rules.scores import BY_RULES, by_rules, ground_of
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.learning.tests.test_index import seen_of_somebody
from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Return the staged learners, Otso with everything that may be known of somebody, some of it told later."""
    found, today = stage(cast), clock.today()
    own = {"learner": found.fine, "right_oid": found.fine.rights.get().oid}
    for back in range(16):
        for later in (0, 3) if back % 4 == 0 else (0,):
            Absence.objects.create(
                learner=found.fine,
                week=monday_of(today) - timedelta(weeks=back),
                hours=Decimal(back % 5 + later) + Decimal("0.25"),
                unexcused=None if back % 3 == 0 else Decimal("0.25"),
                lessons=Decimal(25) if back % 5 else None,
                known_from=today - timedelta(weeks=back) + timedelta(days=later),
            )
    for number, days in enumerate((0, 7, 7, -3)):
        by = (found.tuure, found.leo)[number % 2].person
        Judgement.objects.create(learner=found.fine, by=by, on=today - timedelta(days=days), value=number + 1)
    line = StudyLine.objects.filter(learner=found.fine).order_by("key")[4]
    line.known_to = today - timedelta(weeks=3)
    line.save(update_fields=["known_to"])
    StudyLine.objects.create(
        key=line.key, amount=Decimal("12.345"), planned_until=today + timedelta(weeks=5),
        known_from=line.known_to, shown_by=today - timedelta(days=4), **own,
    )  # fmt: skip
    for number in range(3):
        WorkPeriod.objects.create(
            way="koulutussopimus", starts_on=today - timedelta(weeks=10 * number), in_plan=True,
            in_register=number == 1, known_from=today - timedelta(weeks=20), **own,
        )  # fmt: skip
    return found


def told(on_weeks_ago: int = 0, *, but: frozenset[str] = frozenset()) -> list[Told]:
    on = clock.today() - timedelta(weeks=on_weeks_ago)
    shares = shares_of(Learner.objects.to_score(on).order_by(), but=but)
    return [one for share in shares for one in told_on(share, on, for_model=True)]


class TestReadingAWeek:
    @pytest.mark.parametrize("weeks", [0, 1, 2, 3, 4, 8, 20, 45])
    def test_snapshots_are_those_of_all_that_was_ever_known(self, cast: Cast, staged: Staged, weeks: int) -> None:
        on = clock.today() - timedelta(weeks=weeks)
        known = {one.learner: studies_on(one, on) for one in held_at(cast.tampere, on)}
        found = told(weeks)
        assert len(found) == 3 if weeks else 2
        for one in found:
            studies = next(held for learner, held in known.items() if learner.replace("-", "") == one.learner)
            assert one.studies is not None
            assert studies is not None
            assert snapshot_of(one.studies, on) == snapshot_of(studies, on)

    def test_in_parts_it_is_the_same(self, cast: Cast, staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = told()
        monkeypatch.setattr(week, "AT_ONCE", 1)
        assert told() == whole
        assert len(whole) == 2

    def test_who_is_left_out_is_not_told(self, cast: Cast, staged: Staged) -> None:
        assert [one.learner for one in told(but=frozenset({staged.fine.pk.hex}))] == [staged.late.pk.hex]

    def test_studies_that_are_not_vocational_make_no_snapshot(self, cast: Cast, staged: Staged) -> None:
        StudyRight.objects.filter(learner=staged.late).update(kind=StudyRight.Kind.TUVA)
        assert {one.learner: one.studies is None for one in told()}[staged.late.pk.hex]

    @pytest.mark.parametrize("table", [StudyRight, StudyLine, StudyPlan, Absence, WorkPeriod])
    def test_rows_are_as_records_have_them(self, cast: Cast, staged: Staged, table: type[models.Model]) -> None:
        names = [field.attname for field in table._meta.concrete_fields if "id" not in field.attname.split("_")]
        found = table._default_manager.order_by("pk")
        assert list(bulk.rows(found, *names)) == list(found.values_list(*names))
        assert [key for (key,) in bulk.rows(found, "learner_id")] == [
            key.hex for key in found.values_list("learner_id", flat=True)
        ]


@pytest.mark.django_db
class TestTheRightThatIsLookedAt:
    def test_one_whose_beginning_is_not_told_comes_before_all_others(self, cast: Cast) -> None:
        """The databases put it in different places by themselves."""
        held, today = stage(cast).fine, clock.today()
        right = held.rights.get()
        other = StudyRight.objects.get(pk=right.pk)
        other.pk, other.oid, other.starts_on = ids.new_id(), "1.2.246.562.15.99999999999", None
        other.save(force_insert=True)
        mine = StudyRight.objects.filter(learner=held)
        assert [one.oid for one in mine.as_begun()] == [other.oid, right.oid]
        assert [one.oid for one in mine.latest_first()] == [right.oid, other.oid]
        assert rights_of(Learner.objects.filter(pk=held.pk), today)[held.pk.hex].oid == right.oid
        assert records_of(held, "", today).right == right


class TestKeepingAWeek:
    def test_inputs_are_kept_as_their_digest_was_made_of_them(self, cast: Cast, staged: Staged) -> None:
        score_week(provider=cast.tampere, on=clock.today())
        for score in Score.objects.all():
            text = json.dumps([BY_RULES, score.inputs], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            assert sha256(text.encode()).hexdigest() == score.sha256

    def test_a_key_is_given_once(self, cast: Cast, staged: Staged) -> None:
        for number in range(20, 30):
            make_learner(cast, staged.group, f"Monta {number}", number=number, done=1)
        score_week(provider=cast.tampere, on=clock.today())
        assert Score.objects.count() == len(set(Score.objects.values_list("pk", flat=True))) == 12

    @given(seen_of_somebody())
    def test_the_digest_is_of_the_inputs_in_any_order(self, seen: Seen) -> None:
        found = by_rules(ground_of(seen))
        inputs = dict(reversed(json.loads(found.inputs)["seen"].items()))
        text = json.dumps([BY_RULES, {"seen": inputs}], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha256(text.encode()).hexdigest() == found.sha256
        assert inputs == seen.kept()
