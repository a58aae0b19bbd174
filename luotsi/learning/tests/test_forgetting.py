"""Forgetting learners and what is known of them; the copy that a learner gets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.forgetting import forget, forget_daily, forgotten
from luotsi.learning.models import Absence, Judgement, Learner, Score, ScoreView, StudyLine, StudyRight
from luotsi.learning.rules.keeping import kept_since
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.actions import forgetting as of_people
from luotsi.people.models import Person, RoleAssignment
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


def end_studies(learner: Learner, on: date) -> None:
    right = learner.rights.get()
    right.ends_on, right.state = on, "valmistunut"
    right.save(update_fields=["ends_on", "state"])


class TestRetention:
    @given(st.dates(date(2026, 1, 1), date(2060, 12, 31)))
    def test_keeps_scores_two_years_hours_three_and_learners_six(self, today: date) -> None:
        kept = kept_since(today)
        assert (today.year - kept.studies.year, today.year - kept.absences.year) == (6, 3)
        assert today.year - kept.scores.year == today.year - kept.imports.year == 2


class TestALearner:
    def test_whose_studies_ended_six_years_ago_is_kept_that_day(self, staged: Staged) -> None:
        end_studies(staged.fine, kept_since(clock.today()).studies)
        assert forget(today=clock.today())["learners"] == 0

    def test_is_forgotten_the_day_after_with_all_that_is_known(self, staged: Staged) -> None:
        end_studies(staged.fine, kept_since(clock.today()).studies - DAY)
        assert forget(today=clock.today())["learners"] == 1
        assert not StudyLine.objects.filter(learner=staged.fine).exists()
        assert Learner.objects.filter(pk__in=[staged.late.pk, staged.objected.pk]).count() == 2

    def test_who_studies_still_in_another_right_is_kept(self, staged: Staged) -> None:
        end_studies(staged.fine, kept_since(clock.today()).studies - DAY)
        right = staged.fine.rights.get()
        right.pk, right.oid, right.ends_on = None, "1.2.246.562.15.00000000099", None
        right.id = StudyRight().id
        right.save(force_insert=True)
        assert forget(today=clock.today())["learners"] == 0

    def test_leaves_a_row_in_the_log_without_a_name(self, staged: Staged) -> None:
        end_studies(staged.fine, kept_since(clock.today()).studies - DAY)
        forget_daily()
        entry = AuditEntry.objects.get(verb="learning.learners.forgotten")
        assert entry.after == {"count": 1}
        assert "Otso" not in f"{entry.target_label}{entry.before}{entry.after}"

    def test_of_a_dry_run_is_still_there(self, staged: Staged) -> None:
        end_studies(staged.fine, kept_since(clock.today()).studies - DAY)
        told = {line.key: line.count for line in forgotten(dry_run=True)}
        assert told["learners"] == 1
        assert Learner.objects.filter(pk=staged.fine.pk).exists()


class TestWhatIsKeptForLess:
    def test_goes_by_its_own_days(self, staged: Staged) -> None:
        today, learner, leo = clock.today(), staged.late, staged.leo.person
        kept = kept_since(today)
        for day in (kept.absences - DAY, kept.absences):
            Absence.objects.create(learner=learner, week=day, hours=Decimal(3), known_from=today)
            Judgement.objects.create(learner=learner, by=leo, on=day, value=2)
        for day in (kept.scores - DAY, kept.scores):
            told = {"learner": learner, "week": day, "made_at": clock.now(), "rules": "1", "value": 1.0}
            Score.objects.create(right_oid="1", sha256="0" * 64, band="fine", **told)
        at = clock.now() - timedelta(days=3 * 366)
        ScoreView.objects.create(person=leo, learner=learner, week=today, purpose="caseload", at=at)
        counts = forget(today=today)
        assert {kind: count for kind, count in counts.items() if count} == {
            "absences": 1,
            "judgements": 1,
            "scores": 1,
            "score-views": 1,
        }


class TestAPersonWhomStudiesName:
    def test_stays_without_a_name_until_the_record_goes(self, staged: Staged) -> None:
        leo = staged.leo.person
        Judgement.objects.create(learner=staged.late, by=leo, on=clock.today(), value=2)
        long_ago = clock.today() - timedelta(days=6 * 366)
        RoleAssignment.objects.filter(person=leo).update(valid_from=long_ago, valid_to=long_ago)
        of_people.forget(today=clock.today())
        assert Person.objects.get(pk=leo.pk).given_name == ""
        assert of_people.forget(today=clock.today()).counts["persons"] == 0


class TestTheCopy:
    def test_holds_the_studies_of_a_learner(self, client: Client, staged: Staged) -> None:
        client.force_login(staged.minna)
        told = client.post(reverse("people:download-my-data")).json()
        assert told["learner"]["given_name"] == "Minna"
        assert len(told["study_lines"]) == 6
        assert told["study_rights"][0]["unit"] == "Käpytikan esimerkkikoulu"

    def test_says_nothing_of_studies_to_others(self, client: Client, staged: Staged) -> None:
        client.force_login(staged.leo)
        assert "learner" not in client.post(reverse("people:download-my-data")).json()
