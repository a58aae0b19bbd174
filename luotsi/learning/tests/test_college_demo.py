"""The college of the demo: there at once with its people, its study data taken in afterwards and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count, F
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker, Settings

from luotsi.base import chain, clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.demo import clear_demo, load_demo
from luotsi.learning.actions.demo.engagement import ask_learners
from luotsi.learning.actions.demo.going_on import go_on, sweep
from luotsi.learning.actions.demo.guiding.weeks import is_taught
from luotsi.learning.actions.demo.load import BEGUN, DELIVERED, GO_ON, GUIDED, OURS, SLOTS
from luotsi.learning.actions.intake import jobs
from luotsi.learning.models import (
    Absence,
    Extract,
    GuidanceDeed,
    Judgement,
    Learner,
    Need,
    Placement,
    QualityFinding,
    Saying,
    Score,
    ScoreView,
    StudyImport,
    StudyLine,
    StudyRight,
    Traits,
    Turn,
)
from luotsi.learning.rules.caseload import monday_of
from luotsi.people.models import Account, Person, RoleAssignment, Unit
from luotsi.people.queries.demo import CAMPUS, COLLEGE, GUESTS
from luotsi.people.rules import Kind, Role
from luotsi.people.tests.cast import Cast, make_cast
from luotsi.questionnaires.models import Collection, Turnout
from luotsi.questionnaires.queries.authoring.packaged import ENGAGEMENT

LEARNERS = 45
WEEKS = 14


def deliver(provider: Unit, noted: str = DELIVERED) -> None:
    """Do what the worker does until it has noted that all is in: the next day's deliveries, then each of them."""
    for _step in range(200):
        if AuditEntry.objects.filter(verb=noted, unit_id=provider.pk).exists():
            return
        go_on(provider.pk)
        for pk in StudyImport.objects.filter(state="waiting").order_by("uploaded_at").values_list("pk", flat=True):
            jobs.go_on(pk)
    pytest.fail("It never came to an end.")


@pytest.fixture(scope="class")
def delivered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Unit]:
    """The college with all its study data, loaded once for the tests of a class, in a transaction around theirs."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.LUOTSI_DEMO_LEARNERS", LEARNERS)
        patch.setattr("luotsi.learning.actions.demo.guiding.weeks.WEEKS", WEEKS)
        around = transaction.atomic()
        around.__enter__()
        make_cast()
        load_demo()
        provider = Unit.objects.get(key=COLLEGE)
        deliver(provider)
    yield provider
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


class TestLoading:
    def test_units_and_people_are_there_at_once_and_the_rest_is_asked_of_the_worker(
        self, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert load_demo() is True
        assert Unit.objects.filter(parent__key=COLLEGE).count() == 3
        assert Unit.objects.filter(parent__key=CAMPUS, kind=Kind.GROUP).count() == 1
        own = [one for one in GUESTS if one.unit in {COLLEGE, CAMPUS}]
        assert Account.objects.filter(email__in=[one.email for one in own]).count() == len(own) == 7
        assert not Learner.objects.exists()
        assert [task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()] == [GO_ON]

    def test_teacher_and_student_are_of_one_group(self, cast: Cast) -> None:
        load_demo()
        roles = RoleAssignment.objects.filter(role__in=[Role.TEACHER, Role.STUDENT], unit__parent__key=CAMPUS)
        assert {one.person.given_name for one in roles} == {"Ursula", "Venla"}
        assert len({one.unit_id for one in roles}) == 1

    def test_without_the_rest_of_the_demo_there_is_no_college(self, db: None) -> None:
        assert load_demo() is False
        assert not Unit.objects.exists()

    def test_it_is_loaded_once_and_gone_on_with_until_all_is_taken_in(
        self, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        load_demo()
        with django_capture_on_commit_callbacks(execute=True):
            assert load_demo() is False
        assert DBTaskResult.objects.count() == 1
        assert AuditEntry.objects.filter(verb=BEGUN).count() == 1

    def test_it_can_be_cleared_and_loaded_again(
        self, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.LUOTSI_DEMO_LEARNERS = 4
        monkeypatch.setattr("luotsi.learning.actions.demo.guiding.weeks.WEEKS", 2)
        load_demo()
        deliver(Unit.objects.get(key=COLLEGE))
        assert Learner.objects.exists()
        clear_demo()
        assert [model for model in OURS if model._default_manager.exists()] == []

    def test_the_worker_looks_whether_it_goes_on_and_only_in_the_demo(
        self,
        cast: Cast,
        settings: Settings,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        load_demo()
        for is_demo, minutes, tasks in ((False, 5, 0), (True, 1, 0), (True, 5, 1)):
            settings.DEMO = is_demo
            with (
                time_machine.travel(clock.now() + timedelta(minutes=minutes)),
                django_capture_on_commit_callbacks(execute=True),
            ):
                sweep()
            assert DBTaskResult.objects.count() == tasks
        with django_capture_on_commit_callbacks(execute=True):
            go_on(Unit.objects.get(key=COLLEGE).pk)
        begun = DBTaskResult.objects.count()
        assert begun == 5  # two deliveries of the first campus, and coming back after each
        with time_machine.travel(clock.now() + timedelta(minutes=5)), django_capture_on_commit_callbacks(execute=True):
            sweep()
        assert DBTaskResult.objects.count() == begun

    def test_of_a_college_that_is_not_there_nothing_is_done(self, cast: Cast) -> None:
        go_on(cast.school.pk)
        assert not StudyImport.objects.exists()


@pytest.mark.django_db
class TestAllOfIt:
    def test_every_learner_is_known_with_rights_lines_and_traits(self, delivered: Unit) -> None:
        assert Learner.objects.filter(provider=delivered).count() == LEARNERS
        assert Traits.objects.exclude(gender="").count() == LEARNERS
        assert Placement.objects.filter(until=None).count() == StudyRight.objects.known().filter(ends_on=None).count()
        assert Learner.objects.filter(unit__kind=Kind.GROUP).exists()
        assert Absence.objects.filter(learner__provider=delivered).count() > LEARNERS
        assert StudyRight.objects.known().count() >= LEARNERS
        assert StudyLine.objects.known().filter(planned_until__isnull=False, amount__isnull=False).exists()
        assert not StudyLine.objects.known().filter(amount=None).exists()

    def test_history_is_kept_as_it_was_known(self, delivered: Unit) -> None:
        running = StudyRight.objects.known(date(2024, 9, 25)).filter(ends_on=None).count()
        assert 0 < running < LEARNERS
        assert Extract.objects.exclude(known_to=None).count() > LEARNERS
        moved = StudyLine.objects.exclude(known_to=None).values("known_from").distinct().count()
        assert moved > 10

    def test_imports_are_of_each_campus_and_day_and_made_by_its_secretary(self, delivered: Unit) -> None:
        own = StudyImport.objects.filter(unit__key=CAMPUS)
        assert own.count() >= 20
        assert {one.state for one in own} == {StudyImport.State.DONE}, [one.faults for one in own if one.faults][:1]
        assert {one.uploaded_by.email for one in own if one.uploaded_by} == {"werner@luotsi.example"}

    def test_the_student_is_one_of_the_learners_under_the_same_name(self, delivered: Unit) -> None:
        venla = Person.objects.get(given_name="Venla", family_name="Luonnosranta")
        assert str(venla.learner) == "Venla Luonnosranta"
        assert venla.learner.rights.known().count() == 1

    def test_most_have_been_told_and_few_object(self, delivered: Unit) -> None:
        told = Learner.objects.exclude(told_on=None)
        assert LEARNERS * 0.9 < told.count() < LEARNERS
        assert 0 < Learner.objects.exclude(objected_on=None).count() < LEARNERS * 0.1

    def test_what_was_planted_is_found_and_some_of_it_is_gone(self, delivered: Unit) -> None:
        assert QualityFinding.objects.exclude(code__in=["X05", "X06"]).exists()
        assert QualityFinding.objects.exclude(gone_on=None).exists()
        assert not QualityFinding.objects.filter(gone_on=F("since")).exists()

    def test_learners_were_asked_twice_how_engaged_they_are(self, delivered: Unit) -> None:
        waves = Collection.objects.filter(version__questionnaire__key=ENGAGEMENT, owner=delivered)
        assert waves.filter(settled_at__isnull=False).count() == waves.count() == 2
        asked = Turnout.objects.filter(collection__in=waves).values_list("invited", "answered")
        assert all(0 < answered < invited for invited, answered in asked if invited > 2)
        assert not ask_learners(delivered)

    def test_nothing_is_taken_in_twice(self, delivered: Unit) -> None:
        before = StudyImport.objects.count(), AuditEntry.objects.filter(verb=DELIVERED).count()
        go_on(delivered.pk)
        assert (StudyImport.objects.count(), AuditEntry.objects.filter(verb=DELIVERED).count()) == before

    def test_it_goes_on_where_the_worker_was_stopped(self, delivered: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
        last = StudyImport.objects.order_by("-extract_on").values_list("extract_on", flat=True)[0]
        again = "learning.demo.delivered-again"  # rows of the log cannot be taken away
        monkeypatch.setattr("luotsi.learning.actions.demo.going_on.DELIVERED", again)
        StudyImport.objects.filter(extract_on=last).delete()
        others = StudyImport.objects.count()
        deliver(delivered, again)
        assert StudyImport.objects.filter(extract_on=last).exists()
        assert StudyImport.objects.count() > others
        assert Learner.objects.filter(provider=delivered).count() == LEARNERS

    def test_each_week_was_scored_once_and_as_it_was_known_then(self, delivered: Unit) -> None:
        told = AuditEntry.objects.filter(verb=GUIDED, unit_id=delivered.pk)
        assert told.count() == WEEKS
        weeks = list(Score.objects.order_by("week").values_list("week", flat=True).distinct())
        assert len(weeks) == WEEKS + 1
        assert {clock.day_of(one.made_at) for one in Score.objects.filter(week=weeks[0])} == {weeks[0]}

    def test_starts_were_judged_in_weeks_two_and_three(self, delivered: Unit) -> None:
        judged = list(Judgement.objects.select_related("learner"))
        assert judged
        for one in judged:
            begun = one.learner.rights.known().order_by("starts_on").values_list("starts_on", flat=True)[0]
            assert begun is not None
            assert timedelta(days=7) <= one.on - begun <= timedelta(days=21)

    def test_the_teacher_of_the_demo_judged_her_group(self, delivered: Unit) -> None:
        ursula = Person.objects.get(given_name="Ursula", family_name="Sepiteniemi")
        own = Judgement.objects.filter(by=ursula)
        assert own.exists()
        assert set(own.values_list("learner__unit__roles__person", flat=True)) >= {ursula.pk}

    def test_needs_come_from_the_list_and_have_what_was_done(self, delivered: Unit) -> None:
        needs = Need.objects.filter(source=Need.Source.RULES).prefetch_related("deeds")
        assert needs.exists()
        assert all(one.reasons and one.deeds.all() for one in needs)
        assert {one.on.isoweekday() for one in GuidanceDeed.objects.all()} <= {1, 2, 3, 4, 5}

    def test_a_need_ended_after_it_was_opened_and_outcomes_were_told_in_time(self, delivered: Unit) -> None:
        for one in Need.objects.all():
            assert one.closed_on is None or one.opened_on <= one.closed_on < clock.today()
            assert not one.outcome_12 or one.opened_on + timedelta(weeks=12) <= clock.today()

    def test_nothing_was_done_in_a_week_without_teaching(self, delivered: Unit) -> None:
        assert not [one.on for one in GuidanceDeed.objects.all() if not is_taught(monday_of(one.on))]

    def test_who_looked_is_told(self, delivered: Unit) -> None:
        purposes = set(ScoreView.objects.values_list("purpose", flat=True))
        assert purposes >= {ScoreView.Purpose.CASELOAD, ScoreView.Purpose.LEARNER}

    def test_a_contest_was_answered(self, delivered: Unit) -> None:
        said = Saying.objects.contests().filter(learner__person__given_name="Venla")
        assert [one.is_upheld for one in said] == [True]

    def test_the_log_holds(self, delivered: Unit) -> None:
        assert chain.verify().sound

    def test_groups_without_learners_have_ended(self, delivered: Unit) -> None:
        groups = Unit.objects.filter(kind=Kind.GROUP, path__startswith=delivered.path)
        ended = groups.exclude(valid_to=None)
        assert ended.exists()
        assert not Placement.objects.filter(group__in=ended, until=None).exists()
        assert not Learner.objects.filter(unit__in=ended).exists()
        assert not groups.filter(valid_to=None).exclude(pk__in=Placement.objects.filter(until=None).values("group"))

    def test_weeks_had_their_order_within_the_meetings(self, delivered: Unit) -> None:
        listed = Turn.objects.filter(is_listed=True).values("week").annotate(n=Count("pk"))
        assert listed.count() > WEEKS // 2
        assert max(one["n"] for one in listed) <= SLOTS
