"""After a contest: learners are counted anew at once; what was wrong is not used while its record says it still."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.learning.actions.sayings import answer, say
from luotsi.learning.actions.scoring import score_daily, score_week
from luotsi.learning.models import Saying, Score
from luotsi.learning.queries.guidance.using import score_in_use
from luotsi.learning.rules.scores import by_rules_again
from luotsi.learning.rules.using import Unused
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    found = stage(cast)
    score_week(provider=cast.tampere, on=clock.today())
    return found


def contested(staged: Staged) -> Saying:
    return say(learner=staged.late, kind="contest", words="Osat on tehty.", by=staged.minna)


def answered(staged: Staged, saying: Saying, *, right: bool, wrong: tuple[str, ...] = ()) -> Saying:
    return answer(
        saying=saying, words="Vastaus.", is_upheld=right, wrong=wrong, person=staged.leo.person, by=staged.leo
    )


def mended(staged: Staged) -> None:
    """Let the register tell that the late parts were done long ago."""
    staged.late.lines.filter(done_on=None).update(done_on=clock.today() - timedelta(weeks=2))


class TestAContestThatHolds:
    def test_of_an_unmended_record_there_is_no_score_and_the_pages_say_when(self, cast: Cast, staged: Staged) -> None:
        answered(staged, contested(staged), right=True)
        assert score_in_use(staged.late, clock.today()).unused is Unused.UPHELD
        client = Client(headers={"accept-language": "en"})
        client.force_login(staged.minna)
        words = client.get(reverse("learning:see-own-guidance", args=[staged.group.key])).text
        assert "You were right" in words
        assert "once the records that were wrong have been mended" in words

    def test_of_a_mended_record_there_is_another_score_at_once(self, cast: Cast, staged: Staged) -> None:
        saying = contested(staged)
        mended(staged)
        answered(staged, saying, right=True, wrong=("late", "idle"))
        found = score_in_use(staged.late, clock.today()).score
        assert found is not None
        assert {one["why"] for one in found.reasons}.isdisjoint({"late", "idle"})
        assert by_rules_again(found.inputs).sha256 == found.sha256

    def test_a_record_that_is_mended_later_counts_on_the_next_day(self, staged: Staged) -> None:
        answered(staged, contested(staged), right=True, wrong=("late", "idle"))
        assert score_daily() == 0
        mended(staged)
        assert score_daily() == 1
        assert score_in_use(staged.late, clock.today()).score is not None

    def test_what_was_wrong_is_not_used_in_the_next_week_either(self, cast: Cast, staged: Staged) -> None:
        answered(staged, contested(staged), right=True)
        following = clock.today() + timedelta(weeks=1)
        score_week(provider=cast.tampere, on=following)
        assert not Score.objects.standing().filter(learner=staged.late).exists()
        assert Score.objects.filter(learner=staged.fine, week__gt=clock.today() - timedelta(days=1)).exists()

    def test_what_was_not_wrong_is_used_again(self, staged: Staged) -> None:
        """The plan is old still; that the parts were done takes lateness away and leaves that."""
        saying = contested(staged)
        mended(staged)
        held = answered(staged, saying, right=True, wrong=("late", "idle"))
        assert {why for why, _kind, _ref in held.refuted} == {"late", "idle"}
        found = score_in_use(staged.late, clock.today()).score
        assert found is not None
        assert [one["why"] for one in found.reasons] == ["stale_plan"]

    def test_the_score_that_was_wrong_is_kept_and_counted_again_bit_by_bit(self, staged: Staged) -> None:
        answered(staged, contested(staged), right=True)
        old = Score.objects.get(learner=staged.late)
        assert old.withdrawn_at is not None
        assert by_rules_again(old.inputs).sha256 == old.sha256

    def test_the_page_leads_to_the_answer_from_where_it_says_that_nothing_is_used(
        self, cast: Cast, staged: Staged
    ) -> None:
        client = Client(headers={"accept-language": "en"})
        client.force_login(staged.leo)
        url = reverse("learning:see-guidance", args=[cast.school.key, staged.late.pk])
        assert "Answer the learner" not in client.get(url).content.decode()
        saying = contested(staged)
        page = client.get(url)
        assert page.context["page"].contested.pk == saying.pk
        assert "Answer the learner" in page.content.decode()
        answered(staged, saying, right=False)
        assert client.get(url).context["page"].contested is None

    def test_the_counsellor_says_on_the_page_what_was_wrong(self, cast: Cast, staged: Staged) -> None:
        saying = contested(staged)
        client = Client(headers={"accept-language": "en"})
        client.force_login(staged.leo)
        url = reverse("learning:answer-saying", args=[cast.school.key, staged.late.pk, saying.pk])
        form = client.get(url).context["form"]
        assert [value for value, _words in form.fields["wrong"].choices] == ["late", "idle", "stale_plan"]
        client.post(url, {"is_upheld": "yes", "wrong": ["late"], "words": "Korjattu."})
        saying.refresh_from_db()
        assert [why for why, _kind, _ref in saying.refuted] == ["late"]


class TestAContestThatDoesNotHold:
    def test_the_use_goes_on_at_once(self, staged: Staged) -> None:
        before = score_in_use(staged.late, clock.today()).score
        saying = contested(staged)
        assert score_in_use(staged.late, clock.today()).score is None
        answered(staged, saying, right=False)
        assert score_in_use(staged.late, clock.today()).score == before

    def test_a_week_that_was_missed_while_it_waited_is_counted_at_once(self, cast: Cast, staged: Staged) -> None:
        Score.objects.filter(learner=staged.late).delete()
        saying = contested(staged)
        score_week(provider=cast.tampere, on=clock.today())
        assert not Score.objects.filter(learner=staged.late).exists()
        answered(staged, saying, right=False)
        assert score_in_use(staged.late, clock.today()).score is not None


class TestWhileItIsOff:
    def test_nothing_is_counted(self, cast: Cast, staged: Staged, switch_off: Any) -> None:
        saying = contested(staged)
        mended(staged)
        switch_off(cast)
        answered(staged, saying, right=True)
        assert not Score.objects.standing().filter(learner=staged.late).exists()


@pytest.fixture
def switch_off() -> Any:
    from luotsi.learning.actions.models import move_switch

    return lambda cast: move_switch(provider=cast.tampere, mode="off", reason="Koe", by=cast.aino)
