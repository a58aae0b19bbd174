"""Guidance: a counsellor's week, one learner, one's own page, starts; who sees scores and what is logged of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.needs import close_need, open_need, tell_outcome, write_deed
from luotsi.learning.actions.refusals import LearningRefused
from luotsi.learning.actions.sayings import answer, object_to_scoring, say, take_back_objection
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.models import (
    Caseload,
    GuidanceDeed,
    Judgement,
    Learner,
    Need,
    Saying,
    Score,
    ScoreView,
    StudyRight,
    Turn,
)
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.models import Account, Unit
from luotsi.people.tests.cast import Cast

BANDS = ("Tavattava ensin", "Meet first", "Pidettävä silmällä", "Keep an eye on")


@pytest.fixture
def staged(cast: Cast) -> Staged:
    found = stage(cast)
    score_week(provider=cast.tampere, on=clock.today())
    return found


def opened(by: Account, name: str, scope: Unit, *args: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.get(reverse(f"learning:{name}", args=[scope.key, *args]))


def sent(by: Account, name: str, scope: Unit, *args: Any, **given: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.post(reverse(f"learning:{name}", args=[scope.key, *args]), given)


class TestTheCaseload:
    def test_it_shows_whose_turn_it_is_with_reasons_and_no_number(self, cast: Cast, staged: Staged) -> None:
        words = opened(staged.leo, "see-caseload", cast.school).text
        assert "Minna Näytesaari" in words
        assert "Otso Näytesaari" not in words
        assert "weeks late by the plan" in words
        assert "By rules (version 1), without a model" in words

    def test_what_is_open_with_the_counsellor_stands_beneath(self, cast: Cast, staged: Staged) -> None:
        page = opened(staged.leo, "see-caseload", cast.school).context["page"]
        assert [one.name for one in page.needs] == ["Petra Näytesaari"]
        assert [one.words for one in page.outcomes] == ["After 4 weeks"]
        assert [one.name for one in page.sayings] == ["Petra Näytesaari"]

    def test_every_score_shown_is_logged(self, cast: Cast, staged: Staged) -> None:
        opened(staged.leo, "see-caseload", cast.school)
        view = ScoreView.objects.get()
        assert (view.person, view.learner, view.purpose) == (staged.leo.person, staged.late, "caseload")

    def test_who_objects_is_gone_from_the_list_at_once(self, cast: Cast, staged: Staged) -> None:
        object_to_scoring(learner=staged.late, by=staged.minna)
        page = opened(staged.leo, "see-caseload", cast.school).context["page"]
        assert page.turns == ()
        assert page.unscored == 2

    def test_who_contests_is_gone_until_answered_and_stays_gone_when_right(self, cast: Cast, staged: Staged) -> None:
        saying = say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna)
        page = opened(staged.leo, "see-caseload", cast.school).context["page"]
        assert page.turns == ()
        assert "Minna Näytesaari" in [one.name for one in page.sayings]
        answer(saying=saying, words="Totta.", is_upheld=True, person=staged.leo.person, by=staged.leo)
        assert opened(staged.leo, "see-caseload", cast.school).context["page"].turns == ()

    def test_a_contest_that_does_not_hold_brings_the_turn_back(self, cast: Cast, staged: Staged) -> None:
        saying = say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna)
        answer(saying=saying, words="Pitää.", is_upheld=False, person=staged.leo.person, by=staged.leo)
        assert len(opened(staged.leo, "see-caseload", cast.school).context["page"].turns) == 1

    def test_it_asks_no_more_for_many_learners(
        self, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        staged.caseload.slots = 30
        staged.caseload.save(update_fields=["slots"])
        for number in range(20, 50):
            make_learner(cast, staged.group, f"Monta {number}", number=number, done=1)
        Turn.objects.all().delete()
        score_week(provider=cast.tampere, on=clock.today())
        client = Client()
        client.force_login(staged.leo)
        with django_assert_max_num_queries(45):
            page = client.get(reverse("learning:see-caseload", args=[cast.school.key])).context["page"]
        assert len(page.turns) == 30

    def test_another_counsellor_of_the_school_sees_nothing_until_a_caseload_is_taken(
        self, cast: Cast, staged: Staged
    ) -> None:
        assert "Minna" not in opened(staged.sanni, "see-caseload", cast.school).text
        assert opened(staged.sanni, "see-guidance", cast.school, staged.late.pk).status_code == 403
        assert sent(staged.sanni, "take-caseload", cast.school, slots=3).status_code == 302
        assert "Minna Näytesaari" in opened(staged.sanni, "see-caseload", cast.school).text

    def test_ending_it_is_refused_while_needs_are_open(self, cast: Cast, staged: Staged) -> None:
        sent(staged.leo, "end-caseload", cast.school, staged.caseload.pk)
        assert Caseload.objects.get(pk=staged.caseload.pk).until is None
        close_need(need=staged.need, ending="met", by=staged.leo)
        sent(staged.leo, "end-caseload", cast.school, staged.caseload.pk)
        assert Caseload.objects.get(pk=staged.caseload.pk).until == clock.today() - timedelta(days=1)
        assert opened(staged.leo, "see-guidance", cast.school, staged.late.pk).status_code == 403


class TestOneLearner:
    def test_reasons_open_to_their_records(self, cast: Cast, staged: Staged) -> None:
        answered = opened(staged.leo, "see-guidance", cast.school, staged.late.pk)
        reasons = answered.context["factors"].reasons
        assert 1 <= len(reasons) <= 3
        for one in reasons:
            assert f'id="{one.anchor}"' in answered.text
        assert "Hours away in the last four weeks are not known." in answered.text

    def test_the_view_is_logged_with_its_purpose(self, cast: Cast, staged: Staged) -> None:
        opened(staged.leo, "see-guidance", cast.school, staged.late.pk)
        assert list(ScoreView.objects.values_list("learner", "purpose")) == [(staged.late.pk, "learner")]

    def test_who_objected_is_guided_without_a_score(self, cast: Cast, staged: Staged) -> None:
        answered = opened(staged.leo, "see-guidance", cast.school, staged.objected.pk)
        assert answered.status_code == 200
        assert "The learner has objected" in answered.text
        assert not ScoreView.objects.exists()

    def test_a_contact_opens_a_need_with_an_owner_a_day_and_what_opened_it(self, cast: Cast, staged: Staged) -> None:
        given = {"on": clock.today().strftime("%d.%m.%Y"), "minutes": "20", "words": "Sovittiin tapaaminen."}
        assert sent(staged.leo, "write-deed", cast.school, staged.late.pk, "contact", **given).status_code == 302
        need = Need.objects.get(learner=staged.late)
        assert (need.source, need.owner, need.due_on) == (
            "rules",
            staged.leo.person,
            clock.today() + timedelta(weeks=2),
        )
        assert [one["why"] for one in need.reasons] == ["late", "idle", "stale_plan"]
        assert opened(staged.leo, "see-caseload", cast.school).context["page"].turns[0].handled == "Begun"

    def test_no_need_is_said_with_a_reason_and_is_kept_as_one(self, cast: Cast, staged: Staged) -> None:
        given = {"on": clock.today().strftime("%d.%m.%Y"), "words": ""}
        assert sent(staged.leo, "write-deed", cast.school, staged.late.pk, "no_need", **given).status_code == 422
        given["words"] = "Osat ovat valmiina, arviointi puuttuu."
        assert sent(staged.leo, "write-deed", cast.school, staged.late.pk, "no_need", **given).status_code == 302
        need = Need.objects.get(learner=staged.late)
        assert (need.source, need.ending, need.ending_reason) == ("rules", "no_need", given["words"])

    def test_a_note_opens_nothing(self, staged: Staged) -> None:
        write_deed(
            learner=staged.fine, kind="note", on=clock.today(), person=staged.leo.person, by=staged.leo, words="Huom."
        )
        assert not Need.objects.filter(learner=staged.fine).exists()

    def test_what_is_to_come_is_not_written_down(self, staged: Staged) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(LearningRefused, match="Only what has been done"):
            write_deed(learner=staged.fine, kind="contact", on=tomorrow, person=staged.leo.person, by=staged.leo)

    def test_one_need_is_open_at_a_time(self, staged: Staged) -> None:
        given: dict[str, Any] = {
            "source": "counsellor",
            "owner": staged.leo.person,
            "due_on": clock.today(),
            "by": staged.leo,
        }
        open_need(learner=staged.fine, **given)
        with pytest.raises(LearningRefused):
            open_need(learner=staged.fine, **given)

    def test_what_is_missing_is_told_in_finnish_by_what_the_field_asks_for(self, cast: Cast, staged: Staged) -> None:
        client = Client(headers={"accept-language": "fi"})
        client.force_login(staged.leo)
        for name, key, words in (
            ("move-need", staged.need.pk, "Määräpäivä: Tämä"),
            ("answer-saying", staged.saying.pk, "Vastaus: Tämä"),
        ):
            url = reverse(f"learning:{name}", args=[cast.school.key, staged.objected.pk, key])
            page = client.post(url, {"sent": "with nothing filled in"})
            assert words in page.text

    def test_an_outcome_is_told_when_its_weeks_have_passed(self, cast: Cast, staged: Staged) -> None:
        assert tell_outcome(need=staged.need, weeks=4, outcome="late", by=staged.leo).outcome_4 == "late"
        with pytest.raises(LearningRefused, match="12 weeks"):
            tell_outcome(need=staged.need, weeks=12, outcome="late", by=staged.leo)

    def test_the_log_of_changes_tells_nothing_of_scores(self, cast: Cast, staged: Staged) -> None:
        given = {"on": clock.today().strftime("%d.%m.%Y"), "words": "Soitettu."}
        sent(staged.leo, "write-deed", cast.school, staged.late.pk, "contact", **given)
        told = " ".join(f"{one.before} {one.after} {one.reason}" for one in AuditEntry.objects.all())
        for word in ("'rules'", "first", "soon", "weeks_late", "stale_plan"):
            assert word not in told.replace("'by': 'rules'", "")


class TestOnesOwnPage:
    def test_the_learner_sees_the_same_reasons_and_that_is_logged(self, cast: Cast, staged: Staged) -> None:
        answered = opened(staged.minna, "see-own-guidance", staged.group)
        assert answered.status_code == 200
        mine = [one.words for one in answered.context["factors"].reasons]
        theirs = opened(staged.leo, "see-guidance", cast.school, staged.late.pk).context["factors"].reasons
        assert mine == [one.words for one in theirs]
        assert ScoreView.objects.filter(learner=staged.late, purpose="own", person=staged.minna.person).exists()
        assert opened(staged.leo, "see-caseload", cast.school).context["page"].turns[0].has_looked

    def test_the_learner_sees_who_has_looked(self, cast: Cast, staged: Staged) -> None:
        opened(staged.leo, "see-guidance", cast.school, staged.late.pk)
        assert "Leo Näytesaari" in opened(staged.minna, "see-own-guidance", staged.group).text

    def test_contesting_stops_the_use_for_everybody(self, cast: Cast, staged: Staged) -> None:
        sent(staged.minna, "say-own", staged.group, "contest", words="Tein osan jo keväällä.")
        assert Saying.objects.contests().waiting().get().learner == staged.late
        assert "The learner contests" in opened(staged.leo, "see-guidance", cast.school, staged.late.pk).text
        assert opened(staged.minna, "see-own-guidance", staged.group).context["factors"].score is None
        rows = opened(staged.tuure, "list-starts", staged.group).context["page"].rows.items
        assert [one.word for one in rows if one.name.startswith("Minna")] == [""]

    def test_a_second_contest_waits_for_the_first(self, staged: Staged) -> None:
        say(learner=staged.late, kind="contest", words="Ei.", by=staged.minna)
        with pytest.raises(LearningRefused, match="contested this already"):
            say(learner=staged.late, kind="contest", words="Ei vieläkään.", by=staged.minna)

    def test_objecting_and_taking_it_back(self, cast: Cast, staged: Staged) -> None:
        sent(staged.minna, "object-to-scoring", staged.group)
        assert Learner.objects.get(pk=staged.late.pk).objected_on == clock.today()
        assert "nothing is computed of you" in opened(staged.minna, "see-own-guidance", staged.group).text
        take_back_objection(learner=staged.late, by=staged.minna)
        assert Learner.objects.get(pk=staged.late.pk).objected_on is None

    def test_it_is_for_learners_only(self, cast: Cast, staged: Staged) -> None:
        assert opened(staged.leo, "see-own-guidance", cast.school).status_code == 403

    def test_an_answer_is_seen(self, cast: Cast, staged: Staged) -> None:
        saying = say(learner=staged.late, kind="contest", words="Ei pidä.", by=staged.minna)
        url = (cast.school, staged.late.pk, saying.pk)
        assert sent(staged.leo, "answer-saying", *url, words="Korjattu.").status_code == 422
        assert sent(staged.leo, "answer-saying", *url, words="Korjattu.", is_upheld="yes").status_code == 302
        assert "Korjattu." in opened(staged.minna, "see-own-guidance", staged.group).text


class TestStarts:
    def test_the_teacher_of_the_very_group_sees_bands_with_reasons(self, cast: Cast, staged: Staged) -> None:
        page = opened(staged.tuure, "list-starts", staged.group).context["page"]
        assert [(one.name, bool(one.word)) for one in page.rows.items] == [
            ("Minna Näytesaari", True),
            ("Otso Näytesaari", True),
            ("Petra Näytesaari", False),
        ]
        assert ScoreView.objects.filter(person=staged.tuure.person).count() == 2

    def test_it_is_a_list_whose_scores_are_read_and_logged_for_those_shown(
        self, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20, 80):
            make_learner(cast, staged.group, f"Monta {number}", number=number, done=1)
        score_week(provider=cast.tampere, on=clock.today())
        client = Client()
        client.force_login(staged.tuure)
        url = reverse("learning:list-starts", args=[staged.group.key])
        with django_assert_max_num_queries(30):
            found = client.get(url).context["listing"]
        assert (len(found.rows.items), found.rows.total, found.pages) == (50, 63, 2)
        views = ScoreView.objects.filter(purpose="group")
        assert views.count() == 50
        assert len(client.get(url, {"page": "2"}).context["listing"].rows.items) == 13
        assert views.count() == 62  # Petra objected
        assert client.get(url, {"q": "otso"}).context["listing"].rows.total == 1
        ScoreView.objects.all().delete()
        assert len(client.get(url, {"format": "csv"}).content.splitlines()) == 64
        assert ScoreView.objects.filter(purpose="export").count() == 62

    def test_those_who_are_asked_for_come_first(self, cast: Cast, staged: Staged) -> None:
        begun(staged.fine, days=10)
        found = opened(staged.tuure, "list-starts", staged.group)
        assert found.context["listing"].rows.items[0].name == "Otso Näytesaari"
        client = Client()
        client.force_login(staged.tuure)
        url = reverse("learning:list-starts", args=[staged.group.key])
        assert client.get(url, {"state": "asked"}).context["listing"].rows.total == 1

    def test_a_start_is_judged_from_the_second_week(self, cast: Cast, staged: Staged) -> None:
        begun(staged.fine, days=10)
        assert opened(staged.tuure, "list-starts", staged.group).context["page"].waiting == 1
        assert sent(staged.tuure, "judge-start", staged.group, staged.fine.pk, value="2").status_code == 302
        assert Judgement.objects.get().value == 2
        sent(staged.tuure, "judge-start", staged.group, staged.fine.pk, value="1")
        assert Judgement.objects.get().value == 1

    @pytest.mark.parametrize(("days", "words"), [(3, "second week"), (120, "first twelve weeks")])
    def test_it_is_the_start_that_is_judged(self, staged: Staged, days: int, words: str) -> None:
        begun(staged.fine, days=days)
        answered = sent(staged.tuure, "judge-start", staged.group, staged.fine.pk, value="2")
        assert answered.status_code == 422
        assert words in answered.text
        assert not Judgement.objects.exists()

    def test_a_teacher_of_the_school_reaches_nobody(self, cast: Cast, staged: Staged) -> None:
        assert opened(cast.celia, "list-starts", staged.group).status_code == 403
        assert opened(cast.celia, "judge-start", staged.group, staged.late.pk).status_code == 404


def begun(learner: Learner, *, days: int) -> None:
    right = StudyRight.objects.get(learner=learner)
    right.starts_on = clock.today() - timedelta(days=days)
    right.periods = [[right.starts_on.isoformat(), "lasna", "1"]]
    right.save(update_fields=["starts_on", "periods"])


class TestNoTraceForOthers:
    """Whoever may not see a score gets none of it, on any page of the room that they may open."""

    @pytest.mark.parametrize("who", ["irma", "celia", "bilal", "aino", "hilkka", "sanni"])
    def test_pages_of_guidance_are_closed(self, cast: Cast, staged: Staged, who: str) -> None:
        visitor = getattr(staged, who, None) or getattr(cast, who)
        for scope in (cast.school, staged.group):
            answered = opened(visitor, "see-guidance", scope, staged.late.pk)
            assert answered.status_code in {302, 403, 404}
            assert not any(word in answered.text for word in BANDS)
        assert not ScoreView.objects.exists()

    def test_another_learner_sees_only_themselves(self, cast: Cast, staged: Staged) -> None:
        assert opened(staged.minna, "see-guidance", staged.group, staged.fine.pk).status_code in {403, 404}
        assert "Otso" not in opened(staged.minna, "see-own-guidance", staged.group).text

    def test_not_even_the_learner_opens_the_counsellors_page(self, cast: Cast, staged: Staged) -> None:
        assert opened(staged.minna, "see-guidance", staged.group, staged.late.pk).status_code == 403


def test_nothing_written_here_reads_a_score_to_change_somebody(cast: Cast, staged: Staged) -> None:
    """Needs come of what a person did: scoring alone opens none."""
    assert Score.objects.count() == 2
    assert not GuidanceDeed.objects.exists()
    assert Need.objects.count() == 1
