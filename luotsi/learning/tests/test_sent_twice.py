"""What is sent twice, by a second press, the back button or another tab: kept once, and told in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.judgements import judge
from luotsi.learning.actions.models import move_switch
from luotsi.learning.actions.needs import tell_outcome, write_deed
from luotsi.learning.actions.sayings import answer, say
from luotsi.learning.actions.staggered import plan_start, stop_start
from luotsi.learning.models import (
    Caseload,
    GuidanceDeed,
    GuidanceSwitch,
    Need,
    Notice,
    Saying,
    StaggeredStart,
    StudyImport,
)
from luotsi.learning.rules.caseload import monday_of
from luotsi.learning.rules.guiding import SENT_AGAIN
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


def sent(by: Account, name: str, scope: Unit, *args: Any, **given: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.post(reverse(f"learning:{name}", args=[scope.key, *args]), given, follow=True)


class TestADeed:
    @staticmethod
    def written(staged: Staged, words: str, kind: str = "contact") -> GuidanceDeed:
        return write_deed(
            learner=staged.late, kind=kind, on=clock.today(), words=words, person=staged.leo.person, by=staged.leo
        )

    @pytest.mark.parametrize("kind", ["contact", "no_need", "note"])
    def test_the_same_is_kept_once(self, staged: Staged, kind: str) -> None:
        first = self.written(staged, "Soitettiin.", kind)
        told = AuditEntry.objects.count()
        assert self.written(staged, " Soitettiin. ", kind) == first
        assert GuidanceDeed.objects.filter(learner=staged.late).count() == 1
        assert Need.objects.filter(learner=staged.late).count() == (0 if kind == "note" else 1)
        assert AuditEntry.objects.count() == told

    def test_other_words_are_another_entry(self, staged: Staged) -> None:
        assert self.written(staged, "Soitettiin.") != self.written(staged, "Ei vastannut.")

    def test_later_the_same_words_are_another_entry(self, staged: Staged) -> None:
        first = self.written(staged, "")
        GuidanceDeed.objects.update(written_at=clock.now() - SENT_AGAIN)
        assert self.written(staged, "") != first


class TestASaying:
    @pytest.mark.parametrize("kind", ["comment", "contest"])
    def test_the_same_is_kept_once(self, staged: Staged, kind: str) -> None:
        for _time in range(2):
            page = sent(staged.minna, "say-own", staged.group, kind, words="Olin työpaikalla.")
            assert "Your counsellor has what you said." in page.text
        assert Saying.objects.filter(learner=staged.late).count() == 1

    def test_after_an_answer_the_same_can_be_said_again(self, staged: Staged) -> None:
        first = say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna)
        answer(saying=first, words="Katsotaan.", is_upheld=False, person=staged.leo.person, by=staged.leo)
        assert say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna) != first


class TestWhatIsSoAlready:
    def test_an_outcome_told_again_is_not_written_down_again(self, staged: Staged) -> None:
        Need.objects.filter(pk=staged.need.pk).update(opened_on=clock.today() - timedelta(weeks=5))
        for _time in range(2):
            tell_outcome(need=staged.need, weeks=4, outcome="late", by=staged.leo)
        assert AuditEntry.objects.filter(verb="learning.need.outcome").count() == 1

    def test_nor_is_a_judgement_given_again_the_same_day(self, staged: Staged) -> None:
        begun = clock.today() - timedelta(days=10)
        for _time in range(2):
            judge(learner=staged.late, begun=begun, value=2, person=staged.tuure.person, by=staged.tuure)
        assert AuditEntry.objects.filter(verb="learning.judgement.given").count() == 1

    def test_the_switch_is_not_moved_to_where_it_is_and_no_list_is_drawn_anew(self, cast: Cast) -> None:
        move_switch(provider=cast.tampere, mode="off", reason="Tarkistus.", by=cast.aino)
        page = sent(cast.aino, "move-switch", cast.tampere, mode="off", reason="Tarkistus.")
        assert page.status_code == 422
        assert 'href="#id_mode">' in page.text
        assert "Caseloads are ordered so already." in page.text
        assert GuidanceSwitch.objects.count() == 1


class TestACaseloadThatHasEnded:
    @pytest.fixture
    def ended(self, staged: Staged) -> Caseload:
        Caseload.objects.filter(pk=staged.caseload.pk).update(until=clock.today() - timedelta(days=1))
        return staged.caseload

    def test_ending_it_again_tells_that_it_has_ended(self, cast: Cast, staged: Staged, ended: Caseload) -> None:
        page = sent(staged.leo, "end-caseload", cast.school, ended.pk)
        assert "The caseload has ended." in page.text
        assert not AuditEntry.objects.filter(verb="learning.caseload.ended").exists()

    def test_changing_it_tells_that_it_has_ended(self, cast: Cast, staged: Staged, ended: Caseload) -> None:
        page = sent(staged.leo, "change-caseload", cast.school, ended.pk, slots=9)
        assert page.status_code == 200
        assert "This caseload has ended already." in page.text
        assert Caseload.objects.get(pk=ended.pk).slots != 9

    def test_nobody_else_learns_of_it(self, cast: Cast, staged: Staged, ended: Caseload) -> None:
        for who in (staged.sanni, cast.bilal, staged.minna):
            assert sent(who, "end-caseload", cast.school, ended.pk).status_code == 404


class TestAStaggeredStart:
    @staticmethod
    def planned(cast: Cast, seed: str = "1 2 3") -> StaggeredStart:
        groups = list(Unit.objects.filter(name_fi__startswith="Esimerkkiryhmä").order_by("pk"))
        return plan_start(
            unit=cast.school,
            units=groups,
            starts_on=monday_of(clock.today()) + timedelta(weeks=1),
            step=8,
            waves=4,
            outcome="staying",
            seed=seed,
            by=cast.bilal,
        )

    def test_the_same_plan_is_kept_once_while_it_waits(self, cast: Cast) -> None:
        for at in range(8):
            group = make_unit(Kind.GROUP, cast.school, f"Esimerkkiryhmä {at}")
            for one in range(5):
                make_learner(cast, group, f"Oppija {at} {one}", number=100 + at * 5 + one, done=1)
        first = self.planned(cast)
        assert self.planned(cast) == first
        assert self.planned(cast, "4 5 6") != first
        stop_start(start=first, reason="Ei vielä.", by=cast.bilal)
        assert self.planned(cast) != first


class TestDaysAndVersions:
    def test_a_version_that_is_there_is_told_at_its_field(self, cast: Cast, staged: Staged) -> None:
        given = {"version": "7", "since": "2026-01-01", "text_fi": "Näin."}
        sent(staged.irma, "add-notice", cast.school, **given)
        page = sent(staged.irma, "add-notice", cast.school, **given)
        assert 'href="#id_version">' in page.text
        assert Notice.objects.filter(version="7").count() == 1

    @pytest.mark.parametrize("since", [date(1, 1, 1), date(9999, 12, 31)])
    def test_a_notice_has_a_day_of_our_times(self, cast: Cast, staged: Staged, since: date) -> None:
        page = sent(staged.irma, "add-notice", cast.school, version="8", since=since.isoformat(), text_fi="Näin.")
        assert page.status_code == 422
        assert "give a day from 1900 to 2199" in page.text
        assert not Notice.objects.filter(version="8").exists()

    def test_an_extract_has_a_day_of_our_times(self, cast: Cast, staged: Staged) -> None:
        before = StudyImport.objects.count()
        page = sent(staged.irma, "begin-import", cast.school, extract_on="0206-11-27")
        assert "give a day from 1900 to 2199" in page.text
        assert StudyImport.objects.count() == before
