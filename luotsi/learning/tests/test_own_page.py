"""A learner's own page: what it says, to whom, what can be tried out, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from luotsi.base import clock
from luotsi.learning.models import Extract, Learner, StudyLine, StudyRight, WorkPeriod
from luotsi.learning.tests.staged import Staged, stage
from luotsi.ui.formatting import day

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Learners of the group."""
    return stage(cast)


def page_of(client: Client, account: Account, staged: Staged, query: str = "", status: int = 200) -> str:
    client.force_login(account)
    response = client.get(reverse("learning:see-mine", args=[staged.group.key]) + query)
    assert response.status_code == status
    return response.content.decode()


def give_to_minna(staged: Staged, learner: Learner) -> None:
    """Make somebody else's studies Minna's own."""
    person = staged.late.person
    Learner.objects.filter(pk=staged.late.pk).update(person=None)
    Learner.objects.filter(pk=learner.pk).update(person=person)


def replan(line: StudyLine, until: date, told_on: date) -> StudyLine:
    """Let a later extract tell another day of a part."""
    StudyLine.objects.filter(pk=line.pk).update(known_to=told_on)
    kept = {name: getattr(line, name) for name in ("learner", "right_oid", "key", "name", "amount", "planned_from")}
    return StudyLine.objects.create(**kept, planned_until=until, known_from=told_on)


class TestWhoSees:
    def test_the_learner_is_led_there_from_the_menu(self, client: Client, staged: Staged) -> None:
        client.force_login(staged.minna)
        response = client.get(reverse("learning:see-room", args=[staged.group.key]))
        assert response["Location"] == reverse("learning:see-mine", args=[staged.group.key])

    def test_who_studies_nothing_has_no_such_page(self, client: Client, staged: Staged) -> None:
        for account in (staged.leo, staged.tuure, staged.irma):
            page_of(client, account, staged, status=404)

    def test_it_shows_nobody_else(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.minna, staged)
        assert "Otso" not in page
        assert "Petra" not in page

    def test_the_right_of_somebody_else_is_not_there(self, client: Client, staged: Staged) -> None:
        other = staged.fine.rights.get().oid
        page_of(client, staged.minna, staged, f"?right={other}", status=404)


class TestWhatItSays:
    def test_how_far_behind_the_plan_and_since_when(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.minna, staged)
        begun = clock.today() - timedelta(weeks=52)
        assert "120 competence points behind your plan" in page
        assert f"The difference began on {day(begun + timedelta(weeks=20))}" in page
        assert "of 180 competence points" in page

    def test_what_is_late_comes_first_of_what_is_next(self, client: Client, staged: Staged) -> None:
        following = page_of(client, staged.minna, staged).split('id="next"')[1].split("</section>")[0]
        assert [following.index(f"Esimerkkiosa {place}") for place in (2, 3, 4, 5)] == sorted(
            following.index(f"Esimerkkiosa {place}") for place in (2, 3, 4, 5)
        )
        assert "Esimerkkiosa 1" not in following
        assert following.count("Late") == 4

    def test_whom_to_ask(self, client: Client, staged: Staged) -> None:
        assert "Your counsellor: Leo Näytesaari" in page_of(client, staged.minna, staged)

    def test_by_the_plan_and_ahead_of_it(self, client: Client, staged: Staged) -> None:
        give_to_minna(staged, staged.fine)
        lines = list(staged.fine.lines.order_by("key"))
        StudyLine.objects.filter(pk=lines[4].pk).update(done_on=clock.today())
        assert "You are where your plan has you today." in page_of(client, staged.minna, staged)
        StudyLine.objects.filter(pk=lines[5].pk).update(done_on=clock.today())
        page = page_of(client, staged.minna, staged)
        assert "30 competence points ahead of your plan" in page
        assert "All of your plan is done." in page

    def test_preparatory_studies_count_in_weeks(self, client: Client, staged: Staged) -> None:
        StudyRight.objects.filter(learner=staged.late).update(kind=StudyRight.Kind.TUVA)
        assert "120 weeks behind your plan" in page_of(client, staged.minna, staged)

    def test_a_right_that_is_over_waits_for_nothing(self, client: Client, staged: Staged) -> None:
        ended = clock.today() - timedelta(weeks=4)
        StudyRight.objects.filter(learner=staged.late).update(state="eronnut", ends_on=ended)
        page = page_of(client, staged.minna, staged)
        assert "Resigned" in page
        assert 'id="next"' not in page
        assert 'id="what-if"' not in page

    def test_a_plan_without_days_says_so(self, client: Client, staged: Staged) -> None:
        StudyLine.objects.filter(learner=staged.late).update(planned_until=None, planned_from=None, done_on=None)
        page = page_of(client, staged.minna, staged)
        assert "Your plan has no days yet" in page
        assert "lu-chart" not in page

    def test_before_anything_was_sent_it_says_why_it_is_empty(self, client: Client, staged: Staged) -> None:
        Extract.objects.filter(learner=staged.late).delete()
        StudyLine.objects.filter(learner=staged.late).delete()
        assert "No studies of yours have come from the registers yet" in page_of(client, staged.minna, staged)

    def test_a_cancelled_right_is_no_studies(self, client: Client, staged: Staged) -> None:
        StudyRight.objects.filter(learner=staged.late).update(state="peruutettu")
        assert "No studies of yours" in page_of(client, staged.minna, staged)

    def test_several_rights_are_there_to_choose_from(self, client: Client, staged: Staged) -> None:
        first = staged.late.rights.get()
        before = {"learner": staged.late, "known_from": first.known_from}
        StudyRight.objects.create(
            **before, unit=first.unit, extract=first.extract, oid="1.2.246.562.15.00000000099", kind="tuva",
            name="TUVA", state="valmistunut", starts_on=date(2024, 8, 8), ends_on=date(2025, 5, 30),
        )  # fmt: skip
        page = page_of(client, staged.minna, staged)
        assert "?right=1.2.246.562.15.00000000099" in page
        assert "Graduated" in page
        assert "Esimerkkialan perustutkinto" in page.split("lu-head__meta")[1].split("</p>")[0]
        other = page_of(client, staged.minna, staged, "?right=1.2.246.562.15.00000000099")
        assert "TUVA" in other.split("lu-head__meta")[1].split("</p>")[0]


class TestWhyDatesMoved:
    def test_nothing_moved_yet(self, client: Client, staged: Staged) -> None:
        assert "No date of your plan has moved" in page_of(client, staged.minna, staged)

    def test_old_and_new_day_and_what_was_known_beside(self, client: Client, staged: Staged) -> None:
        today, told_on = clock.today(), clock.today() - timedelta(weeks=30)
        line = staged.late.lines.get(key="999903")
        was = line.planned_until
        assert was is not None
        replan(line, was + timedelta(weeks=12), told_on)
        StudyRight.objects.filter(learner=staged.late).update(
            periods=[
                [(today - timedelta(weeks=52)).isoformat(), "lasna", "1"],
                [(told_on - timedelta(weeks=2)).isoformat(), "valiaikaisestikeskeytynyt", "1"],
                [(told_on + timedelta(weeks=4)).isoformat(), "lasna", "1"],
            ]
        )
        stay = {"learner": staged.late, "right_oid": line.right_oid, "way": "koulutussopimus", "starts_on": was}
        ends = (was + timedelta(weeks=2), was + timedelta(weeks=9))
        WorkPeriod.objects.create(**stay, ends_on=ends[0], known_from=today - timedelta(weeks=52), known_to=told_on)
        WorkPeriod.objects.create(**stay, ends_on=ends[1], known_from=told_on)
        page = page_of(client, staged.minna, staged)
        assert "1 date moved later" in page
        assert f"Esimerkkiosa 4: {day(was)} → {day(was + timedelta(weeks=12))}, 12 weeks later" in page
        back = told_on + timedelta(weeks=4) - timedelta(days=1)
        assert f"interrupted from {day(told_on - timedelta(weeks=2))} to {day(back)}" in page
        assert "“Esimerkkiosa 2” was planned by" in page
        assert f"prolonged from {day(ends[0])} to {day(ends[1])}" in page

    def test_the_end_of_it_all_moves_with_a_later_version_of_the_right(self, client: Client, staged: Staged) -> None:
        right = staged.late.rights.get()
        told_on = clock.today() - timedelta(weeks=3)
        assert right.estimated_end is not None
        StudyRight.objects.filter(pk=right.pk).update(known_to=told_on)
        right.pk, right.known_from, right.known_to = None, told_on, None
        right.id = StudyRight._meta.get_field("id").get_default()
        right.estimated_end += timedelta(weeks=20)
        right.save(force_insert=True)
        assert "Estimated end of the studies" in page_of(client, staged.minna, staged)


class TestTryingOut:
    def test_another_pace_gives_another_day(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.minna, staged, "?pace=15")
        assert day(clock.today() + timedelta(weeks=10)) in page
        assert "15 competence points in a week" in page

    def test_a_pace_of_the_address_is_written_as_the_language_writes_it(self, client: Client, staged: Staged) -> None:
        client.force_login(staged.minna)
        url = reverse("learning:see-mine", args=[staged.group.key])
        page = client.get(url, {"pace": "1.40"}, headers={"accept-language": "fi"}).content.decode()
        assert 'value="1,4"' in page
        assert "Osaamispistettä viikossa" in page

    def test_a_break_puts_it_off_by_its_days(self, client: Client, staged: Staged) -> None:
        first, last = clock.today() + timedelta(days=8), clock.today() + timedelta(days=21)
        query = f"?pace=15&away_from={first.isoformat()}&away_until={last.isoformat()}"
        assert day(clock.today() + timedelta(weeks=12)) in page_of(client, staged.minna, staged, query)

    def test_a_pace_is_tried_out_though_the_break_is_wrong(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.minna, staged, "?pace=15&away_from=2099-01-01")
        assert day(clock.today() + timedelta(weeks=10)) in page

    def test_without_anything_done_lately_no_day_is_made_up(self, client: Client, staged: Staged) -> None:
        staged.late.lines.update(done_on=None)
        assert "At this pace no day can be told" in page_of(client, staged.minna, staged)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?pace=0", "greater than or equal to 0.1"),
            ("?pace=NaN", "Enter a number"),
            ("?pace=1e99", "less than or equal to 60"),
            ("?away_from=2099-01-01", "A break needs both days"),
            ("?away_from=2099-02-01&away_until=2099-01-01", "cannot be before the first day"),
            ("?away_from=2020-01-01&away_until=2020-02-01", "over already"),
            ("?away_from=2020-01-01&away_until=2099-12-31", "longer than five years"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(
        self, client: Client, staged: Staged, query: str, words: str
    ) -> None:
        assert words in page_of(client, staged.minna, staged, query)

    def test_a_pace_beyond_all_calendars_leads_to_no_day(self, client: Client, staged: Staged) -> None:
        StudyLine.objects.filter(learner=staged.late).update(amount=Decimal("99999"))
        assert "no day can be told" in page_of(client, staged.minna, staged, "?pace=0.1")


class TestWhatItCosts:
    def test_it_asks_no_more_for_many_versions_than_for_one(
        self, client: Client, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for week in range(20):
            told_on = clock.today() - timedelta(weeks=40 - week)
            for line in staged.late.lines.filter(known_to=None):
                replan(line, (line.planned_until or told_on) + timedelta(days=2), told_on)
        client.force_login(staged.minna)
        address = reverse("learning:see-mine", args=[staged.group.key])
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)
