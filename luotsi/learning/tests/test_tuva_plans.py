"""Plans of preparatory studies: who saves, proposes and answers, what is refused, what the pages show to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.refusals import LearningRefused
from luotsi.learning.actions.tuva import answer_proposal
from luotsi.learning.models import StudyRight, TuvaPlan
from luotsi.learning.queries.own_data import own_data
from luotsi.learning.tests.tuva_staged import Prepared, client_of, good_path, proposed, saved, stage_tuva
from luotsi.learning.waiting.tuva import tasks_for
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Prepared:
    """Return a learner in preparatory studies with those around her."""
    return stage_tuva(cast)


class TestSaving:
    def test_the_counsellor_saves_and_it_is_in_force(self, made: Prepared) -> None:
        plan = saved(made, words="Alku")
        assert (plan.version, plan.is_agreed, plan.permit) == (1, True, "ammatillinen")
        assert TuvaPlan.objects.get().path == good_path(made.begun)
        event = AuditEntry.objects.latest("seq")
        assert event.verb == "learning.tuva.saved"

    def test_each_saving_is_a_version(self, made: Prepared) -> None:
        saved(made)
        saved(made, replace(good_path(made.begun), weekly=Decimal("0.5")), base=1)
        assert [one.version for one in TuvaPlan.objects.all()] == [2, 1]

    def test_it_refuses_what_somebody_saved_over(self, made: Prepared) -> None:
        saved(made)
        with pytest.raises(LearningRefused, match="meanwhile"):
            saved(made, base=0)

    def test_it_refuses_what_is_wrong(self, made: Prepared) -> None:
        path = good_path(made.begun)
        over = replace(path, items=(*path.items, replace(path.items[0], weeks=Decimal(9))))
        with pytest.raises(LearningRefused, match="at most 10 count"):
            saved(made, over)
        with pytest.raises(LearningRefused, match="needs an item"):
            saved(made, replace(path, items=()))
        assert not TuvaPlan.objects.exists()

    def test_it_refuses_a_plan_of_studies_that_have_ended(self, made: Prepared) -> None:
        StudyRight.objects.filter(pk=made.right.pk).update(ends_on=clock.today())
        with pytest.raises(LearningRefused, match="have ended"):
            saved(made)
        there = reverse("learning:edit-tuva", args=[made.group.key, made.learner.pk])
        assert client_of(made.staged.leo).get(there).status_code == 302

    def test_what_is_not_yet_enough_may_be_saved(self, made: Prepared) -> None:
        assert saved(made, replace(good_path(made.begun), items=good_path(made.begun).items[:1])).is_agreed


class TestProposing:
    def test_it_waits_and_the_plan_in_force_stays(self, made: Prepared) -> None:
        first = saved(made)
        second = proposed(made, base=1)
        assert second.is_agreed is None
        assert TuvaPlan.objects.agreed().get() == first

    def test_a_newer_proposal_replaces_it(self, made: Prepared) -> None:
        first = proposed(made)
        second = proposed(made, base=1)
        first.refresh_from_db()
        assert first.is_agreed is False
        assert TuvaPlan.objects.waiting().get() == second

    def test_what_the_counsellor_saves_replaces_it(self, made: Prepared) -> None:
        first = proposed(made)
        saved(made, base=1)
        first.refresh_from_db()
        assert (first.is_agreed, first.answer) == (False, "")

    def test_agreeing_puts_it_in_force(self, made: Prepared) -> None:
        answer_proposal(plan=proposed(made), agrees=True, answer="", by=made.staged.leo)
        assert TuvaPlan.objects.agreed().get().answered_by == made.staged.leo

    def test_turning_down_needs_a_reason_and_is_told(self, made: Prepared) -> None:
        plan = proposed(made)
        with pytest.raises(LearningRefused, match="Say why"):
            answer_proposal(plan=plan, agrees=False, answer="", by=made.staged.leo)
        answer_proposal(plan=plan, agrees=False, answer="Katsotaan yhdessä.", by=made.staged.leo)
        assert AuditEntry.objects.latest("seq").verb == "learning.tuva.turned_down"
        with pytest.raises(LearningRefused, match="already"):
            answer_proposal(plan=plan, agrees=True, answer="", by=made.staged.leo)


class TestWhatWaits:
    def test_a_proposal_waits_for_who_guides_the_learner(self, made: Prepared) -> None:
        school, staged = made.right.unit, made.staged
        assert tasks_for(staged.leo, school) == []
        plan = proposed(made)
        (task,) = tasks_for(staged.leo, school)
        assert task.title == "Answer 1 proposal for a TUVA plan"
        assert task.due == clock.today() + timedelta(days=7)
        assert client_of(staged.leo).get(task.url).status_code == 200
        for account in (staged.sanni, staged.irma, staged.tuure, made.nea):
            assert tasks_for(account, school) == []
        answer_proposal(plan=plan, agrees=True, answer="", by=staged.leo)
        assert tasks_for(staged.leo, school) == []


class TestOwnCopy:
    def test_the_learner_gets_every_version(self, made: Prepared) -> None:
        saved(made)
        proposed(made, base=1, words="Haluan lukioon")
        assert made.nea.person is not None
        told = own_data(made.nea.person)["study_tuva_plans"]
        assert [one["words"] for one in told] == ["Haluan lukioon", ""]
