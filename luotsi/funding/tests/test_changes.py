"""Change requests: warned of early, drafted in the funder's parts, sent once, answered part by part, then in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from luotsi.base.models import AuditEntry
from luotsi.funding.actions.changes import (
    PartAnswer,
    answer_change,
    begin_change,
    send_change,
    withdraw_change,
    write_change,
)
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.spending import write_budget
from luotsi.funding.models import BudgetRow, ChangeRequest, Funder, Obligation
from luotsi.funding.queries.change_documents import written_of
from luotsi.funding.queries.changes import standing_of, warned_of
from luotsi.funding.queries.in_force import period_of
from luotsi.funding.queries.ledger import budget_of, cost_rules_of, whole_budget_of
from luotsi.funding.rules.change_request import (
    BudgetChange,
    ContentChange,
    Part,
    Request,
    TimeChange,
)
from luotsi.funding.tests.granting import make_application
from luotsi.funding.tests.reporting import BUDGET, book, make_running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.funding.models import Application
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

SHIFTED = {"personnel": Decimal(20000), "services": Decimal(6000), "travel": Decimal(7500)}
LATER = date(2024, 12, 31)


@pytest.fixture
def spring() -> Iterator[None]:
    """A day in the second year of use: 15.3.2024."""
    with time_machine.travel("2024-03-15 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def running(cast: Cast, spring: None) -> Application:
    """A grant whose travel is 3,600 € above its budget: more than a tenth of all of it; services lie far below."""
    application = make_running(cast)
    months = [date(2022 + month // 12, month % 12 + 1, 15) for month in range(8, 26)]
    book(application, [("personnel", day, 900) for day in months])
    book(application, [("travel", day, Decimal("394.45")) for day in months])
    return application


def asked(request: ChangeRequest, by: Account, **parts: Any) -> ChangeRequest:
    return write_change(request=request, asked=Request(**parts), seen=request.changed_at, by=by)


def complete(application: Application, by: Account) -> ChangeRequest:
    return asked(
        begin_change(application=application, by=by),
        by,
        time=TimeChange(new_end=LATER, grounds="Laitteet tulivat myöhässä."),
        budget=BudgetChange(new=SHIFTED, grounds="Kouluilla käytiin useammin."),
    )


def sent(application: Application, by: Account) -> ChangeRequest:
    return send_change(request=complete(application, by), register_number="OPH-77", by=by)


def accepted(**other: PartAnswer) -> dict[Part, PartAnswer]:
    found = {part: PartAnswer(answer="accepted") for part in (Part.TIME, Part.BUDGET)}
    return found | {Part(part): one for part, one in other.items()}


@pytest.mark.django_db
class TestTheWarning:
    def test_transfers_over_the_threshold_of_the_call_are_warned_of(self, running: Application) -> None:
        warned = warned_of(running)
        assert warned is not None
        assert {"over_threshold_now", "unspent_likely"} <= {one.code for one in warned.reasons}
        assert warned.latest_on == date(2024, 7, 1)
        assert warned.days_left == 108

    def test_a_call_without_a_limit_warns_of_no_transfer(self, cast: Cast, spring: None) -> None:
        bare = make_running(cast, call_transfer_percent=None)
        book(bare, [("travel", date(2023, month, 1), 2000) for month in range(1, 7)])
        warned = warned_of(bare)
        assert warned is not None
        assert not [one for one in warned.reasons if "threshold" in one.code or "new_class" in one.code]

    def test_without_a_budget_nothing_is_warned_of(self, running: Application) -> None:
        BudgetRow.objects.all().delete()
        assert warned_of(running) is None


@pytest.mark.django_db
class TestDrafting:
    def test_the_parts_that_the_warnings_call_for_are_drafted(self, cast: Cast, running: Application) -> None:
        request = begin_change(application=running, by=cast.eeva)
        assert set(request.parts) == {"time", "budget"}
        new = {key: Decimal(one) for key, one in request.parts["budget"]["new"].items()}
        assert sum(new.values()) == sum(BUDGET.values())
        assert new["travel"] >= Decimal("7100.10")
        assert request.parts["time"] == {"new_end": "", "grounds": ""}
        assert {one["code"] for one in request.warned} == {"over_threshold_now", "unspent_likely"}

    def test_one_is_open_at_a_time(self, cast: Cast, running: Application) -> None:
        first = begin_change(application=running, by=cast.eeva)
        assert begin_change(application=running, by=cast.aino) == first
        sent(running, cast.eeva)
        with pytest.raises(FundingRefused, match="waits for the funder"):
            begin_change(application=running, by=cast.eeva)

    def test_without_a_grant_there_is_nothing_to_change(self, cast: Cast) -> None:
        with pytest.raises(FundingRefused, match="Nothing was granted"):
            begin_change(application=make_application(cast.tampere).application, by=cast.eeva)

    def test_two_who_write_at_once_do_not_lose_anything(self, cast: Cast, running: Application) -> None:
        request = begin_change(application=running, by=cast.eeva)
        with time_machine.travel("2024-03-15 12:05:00+00:00", tick=False):
            asked(request, cast.aino, content=ContentChange(words="Muuta", grounds="Syy"))
        with pytest.raises(FundingRefused, match="Somebody else"):
            asked(request, cast.eeva, content=ContentChange(words="Toista", grounds="Syy"))


@pytest.mark.django_db
class TestSending:
    def test_a_draft_without_words_and_day_is_refused_with_every_reason(
        self, cast: Cast, running: Application
    ) -> None:
        with pytest.raises(FundingRefused) as refused:
            send_change(request=begin_change(application=running, by=cast.eeva), by=cast.eeva)
        told = [str(one) for one in refused.value.reasons]
        assert told == ["Give the reasons of this part: Budget.", "Give the new last day of use."]

    def test_another_total_is_refused(self, cast: Cast, running: Application) -> None:
        budget = BudgetChange(new={**SHIFTED, "services": Decimal(6001)}, grounds="Syy")
        request = asked(begin_change(application=running, by=cast.eeva), cast.eeva, budget=budget)
        with pytest.raises(FundingRefused, match="€33,501, the present one to €33,500"):
            send_change(request=request, by=cast.eeva)

    def test_after_the_last_day_it_is_too_late(self, cast: Cast, running: Application) -> None:
        request = complete(running, cast.eeva)
        with (
            time_machine.travel("2024-07-02 12:00:00+00:00", tick=False),
            pytest.raises(FundingRefused, match="last day to ask for changes was 1 Jul 2024"),
        ):
            send_change(request=request, by=cast.eeva)

    def test_it_keeps_the_grant_as_it_stood_and_does_not_change_any_more(
        self, cast: Cast, running: Application
    ) -> None:
        request = sent(running, cast.eeva)
        assert request.before["period_end"] == "2024-07-31"
        assert {key: Decimal(one) for key, one in request.before["budget"].items()} == BUDGET
        rows = AuditEntry.objects.count()
        assert send_change(request=request, by=cast.aino).sent_by == cast.eeva
        assert AuditEntry.objects.count() == rows
        with pytest.raises(FundingRefused, match="does not change"):
            asked(request, cast.eeva)

    def test_a_withdrawn_one_makes_room_for_another(self, cast: Cast, running: Application) -> None:
        withdraw_change(request=sent(running, cast.eeva), by=cast.eeva)
        assert begin_change(application=running, by=cast.eeva).number == 2


@pytest.mark.django_db
class TestAnswering:
    def test_what_is_accepted_is_what_the_spending_is_measured_by(self, cast: Cast, running: Application) -> None:
        answer_change(request=sent(running, cast.eeva), answers=accepted(), by=cast.eeva)
        assert budget_of(running) == SHIFTED
        assert period_of(running)[1] == LATER
        assert cost_rules_of(running).period_end == LATER
        assert Obligation.objects.get(application=running, duty="period_ends").due_on == LATER
        assert Obligation.objects.get(application=running, duty="change_request").due_on == date(2024, 12, 1)
        assert running.decision.ends_on == date(2024, 7, 31)
        warned = warned_of(running)
        assert warned is not None
        assert not [one for one in warned.reasons if one.code.startswith("over_threshold_now")]

    def test_a_class_with_years_keeps_them(self, cast: Cast, running: Application) -> None:
        budget: dict[tuple[str, int | None], Decimal] = {("services", None): BUDGET["services"]}
        for key in ("personnel", "travel"):
            parts = {2023: Decimal("0.2"), 2024: Decimal("0.6"), 2025: Decimal("0.2")}
            budget |= {(key, year): BUDGET[key] * part for year, part in parts.items()}
        write_budget(application=running, budget=budget, by=cast.eeva)
        answer_change(request=sent(running, cast.eeva), answers=accepted(), by=cast.eeva)
        found = whole_budget_of(running)
        assert found.by_class == SHIFTED
        for key in ("personnel", "travel"):
            assert found.by_class_and_year[key, 2023] == BUDGET[key] * Decimal("0.2"), "the year is over"
            left = SHIFTED[key] - BUDGET[key] * Decimal("0.2")
            assert found.by_class_and_year[key, 2024] == left * 3 / 4
            assert found.by_class_and_year[key, 2025] == left / 4
        assert running.budget_rows.get(cost_class="services").year is None

    def test_a_rejected_part_changes_nothing(self, cast: Cast, running: Application) -> None:
        answers = accepted(time=PartAnswer(answer="rejected", reasons="Aika riittää."))
        answer_change(request=sent(running, cast.eeva), answers=answers, by=cast.eeva)
        assert period_of(running)[1] == date(2024, 7, 31)
        assert budget_of(running) == SHIFTED

    def test_what_was_given_instead_is_in_force(self, cast: Cast, running: Application) -> None:
        given = {"new_end": "2024-09-30", "grounds": ""}
        answers = accepted(time=PartAnswer(answer="with_changes", reasons="Vain syksyyn.", given=given))
        answer_change(request=sent(running, cast.eeva), answers=answers, by=cast.eeva)
        assert period_of(running)[1] == date(2024, 9, 30)

    def test_the_same_answers_twice_are_recorded_once_and_others_are_refused(
        self, cast: Cast, running: Application
    ) -> None:
        request = answer_change(request=sent(running, cast.eeva), answers=accepted(), by=cast.eeva)
        rows = AuditEntry.objects.count()
        answer_change(request=request, answers=accepted(), by=cast.aino)
        assert AuditEntry.objects.count() == rows
        other = accepted(time=PartAnswer(answer="rejected", reasons="Ei."))
        with pytest.raises(FundingRefused, match="The first answer stands"):
            answer_change(request=request, answers=other, by=cast.aino)

    @pytest.mark.parametrize(
        ("answers", "told"),
        [
            ({Part.TIME: PartAnswer(answer="accepted")}, "Answer this part: Budget."),
            (accepted(time=PartAnswer(answer="rejected")), "Give the funder's reasons: Time."),
            (accepted(time=PartAnswer(answer="with_changes", reasons="x")), "Tell what was given instead: Time."),
            (accepted(content=PartAnswer(answer="accepted")), "This part was not asked for: Content."),
            (
                accepted(budget=PartAnswer(answer="with_changes", reasons="x", given={"new": {"travel": "1.00"}})),
                "The total must stay.",
            ),
        ],
    )
    def test_answers_that_are_not_whole_are_refused(
        self, cast: Cast, running: Application, answers: dict[Part, PartAnswer], told: str
    ) -> None:
        with pytest.raises(FundingRefused) as refused:
            answer_change(request=sent(running, cast.eeva), answers=answers, by=cast.eeva)
        assert any(told in str(one) for one in refused.value.reasons)
        assert budget_of(running) == BUDGET

    def test_a_draft_is_not_answered(self, cast: Cast, running: Application) -> None:
        with pytest.raises(FundingRefused, match="Only a request that was sent"):
            answer_change(request=complete(running, cast.eeva), answers=accepted(), by=cast.eeva)


def client_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def url(name: str, cast: Cast, application: Application, *more: Any) -> str:
    return reverse(f"funding:{name}", args=[cast.tampere.key, application.pk, *more])


@pytest.mark.django_db
class TestThePages:
    def test_the_list_warns_with_the_days_that_are_left(self, cast: Cast, running: Application) -> None:
        page = client_of(cast.eeva).get(url("list-changes", cast, running)).content.decode()
        assert "108 days left, until 1 Jul 2024." in page
        assert "€3,600.10 has moved between classes, more than the €3,350 (10% of the total cost)" in page
        assert "No change has been asked for." in page

    def test_from_draft_to_answer(self, cast: Cast, running: Application) -> None:
        client = client_of(cast.eeva)
        client.post(url("begin-change", cast, running))
        request = ChangeRequest.objects.get()
        here = url("see-change", cast, running, request.pk)
        assert "Give the new last day of use." in client.get(here).content.decode()
        path = url("write-change", cast, running, request.pk)
        typed = {
            name: "" if value is None else value for name, value in client.get(path).context["form"].initial.items()
        }
        typed |= {
            "ask_time": "on",
            "ask_budget": "on",
            "new_end": "2024-12-31",
            "time_grounds": "Myöhässä.",
            "budget_grounds": "Matkoja.",
        }
        typed = {name: value for name, value in typed.items() if value is not False}
        assert client.post(path, typed)["Location"] == here
        assert "The request is complete and can be sent." in client.get(here).content.decode()
        client.post(url("send-change", cast, running, request.pk), {"register_number": "OPH-1"})
        assert client.get(path)["Location"] == here
        answers = {
            "time_answer": "with_changes",
            "given_end": "2024-10-31",
            "time_reasons": "Vain lokakuuhun.",
            "budget_answer": "accepted",
            "answered_on": "2024-03-14",
        }
        assert client.post(url("answer-change", cast, running, request.pk), answers)["Location"] == here
        page = client.get(here).content.decode()
        assert "Accepted with changes" in page
        assert "31 Oct 2024" in page
        assert "The funder decided 14 Mar 2024." in page
        assert period_of(running)[1] == date(2024, 10, 31)

    @pytest.mark.parametrize(("kind", "start"), [("txt", b""), ("docx", b"PK"), ("pdf", b"%PDF-")])
    def test_its_files_hold_the_parts(self, cast: Cast, running: Application, kind: str, start: bytes) -> None:
        request = sent(running, cast.eeva)
        answer = client_of(cast.eeva).get(url("download-change", cast, running, request.pk, "sv", kind))
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        if kind == "txt":
            told = answer.content.decode()
            assert "31.12.2024" in told
            assert "Kouluilla käytiin useammin." in told

    def test_its_files_tell_what_was_given_instead(self, cast: Cast, running: Application) -> None:
        given = {"new_end": "2024-09-30", "grounds": ""}
        answers = accepted(time=PartAnswer(answer="with_changes", reasons="Vain syksyyn.", given=given))
        request = sent(running, cast.eeva)
        time, budget = written_of(request, "fi").parts[:2]
        assert [len(part.head) for part in (time, budget)] == [3, 3]
        answered = answer_change(request=request, answers=answers, by=cast.eeva)
        with translation.override("fi"):
            time, budget = written_of(answered, "fi").parts[:2]
        assert time.head[3] == "Annettu sen sijaan"
        assert time.rows[0][1:] == ("31.7.2024", "31.12.2024", "30.9.2024")
        assert len(budget.head) == 3
        told = client_of(cast.eeva).get(url("download-change", cast, running, request.pk, "sv", "txt"))
        assert "30.9.2024" in told.content.decode()

    def test_a_funder_that_is_here_answers_itself(self, cast: Cast, running: Application) -> None:
        request = sent(running, cast.eeva)
        Funder.objects.filter(pk=running.call.funder_id).update(unit=cast.region)
        assert client_of(cast.eeva).get(url("answer-change", cast, running, request.pk)).status_code == 403

    def test_an_application_without_a_grant_has_none(self, cast: Cast) -> None:
        waiting = make_application(cast.tampere).application
        assert client_of(cast.eeva).get(url("list-changes", cast, waiting)).status_code == 404

    def test_queries_do_not_grow_with_the_ledger(self, cast: Cast, running: Application) -> None:
        client, path = client_of(cast.eeva), url("list-changes", cast, running)
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
        book(running, [("services", date(2023, 6, 1), 1) for _number in range(50)])
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert len(few) == len(many) <= 30

    def test_the_standing_names_what_is_spent(self, running: Application) -> None:
        assert (standing_of(running).spent or {})["travel"] == Decimal("7100.10")
