"""What waits: applications to hand in, calls to decide on; for those who prepare, and for nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.applications import Handing, move_application, submit_application
from luotsi.funding.actions.changes import begin_change, send_change, write_change
from luotsi.funding.rules.change_request import ContentChange, Request
from luotsi.funding.rules.moves import Move
from luotsi.funding.tests.making import make_application, make_call
from luotsi.funding.tests.reporting import book, make_running, pay
from luotsi.funding.waiting import changes, grants
from luotsi.funding.waiting.applications import MOST, tasks_for

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast


def _titles(visitor: Account, scope: Unit) -> list[str]:
    return [task.title for task in tasks_for(visitor, scope)]


class TestWaiting:
    """Each task names what is to be done and by when."""

    def test_a_call_that_closes_soon_is_decided_on_until_something_is_begun(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        (task,) = tasks_for(cast.eeva, cast.tampere)
        assert task.key == f"funding.call.{call.pk}"
        assert task.due == call.closes_on
        made = make_application(call, cast.tampere, cast.eeva)
        (task,) = tasks_for(cast.eeva, cast.tampere)
        assert task.key == f"funding.application.{made.pk}"
        move_application(application=made, move=Move.DROP, reason="Ei nyt", by=cast.eeva)
        assert tasks_for(cast.eeva, cast.tampere)[0].key == f"funding.call.{call.pk}"

    def test_a_call_far_ahead_or_over_waits_for_nobody(self, cast: Cast) -> None:
        make_call(cast.tampere, closes_on=clock.today() + timedelta(days=31))
        make_call(cast.tampere, closes_on=clock.today() - timedelta(days=1), name=Names(fi="Ohi"))
        assert tasks_for(cast.eeva, cast.tampere) == []

    def test_one_whose_call_has_closed_is_told_of(self, cast: Cast) -> None:
        call = make_call(cast.tampere, closes_on=clock.today() - timedelta(days=1))
        make_application(call, cast.tampere, cast.eeva, "Paja")
        assert _titles(cast.eeva, cast.tampere) == ["Tell what became of it: Paja"]

    def test_what_was_handed_in_waits_only_when_the_decision_is_late(self, cast: Cast) -> None:
        call = make_call(cast.tampere)
        made = make_application(call, cast.tampere, cast.eeva, "Paja")
        submit_application(application=made, handing=Handing(at=clock.now()), form=None, by=cast.eeva)
        assert _titles(cast.eeva, cast.tampere) == []
        call.decides_by = clock.today() - timedelta(days=1)
        call.save(update_fields=["decides_by"])
        assert _titles(cast.eeva, cast.tampere) == ["Ask for the decision: Paja"]

    def test_those_who_only_look_have_no_tasks(self, cast: Cast) -> None:
        make_application(make_call(cast.tampere), cast.school, cast.bilal)
        assert tasks_for(cast.celia, cast.school) == []
        assert tasks_for(cast.farid, cast.elsewhere) == []

    def test_many_become_one_and_cost_no_more(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        call = make_call(cast.tampere)
        for number in range(MOST + 3):
            make_application(call, cast.tampere, cast.eeva, f"Hanke {number}")
        with django_assert_max_num_queries(8):
            assert _titles(cast.eeva, cast.tampere) == [f"See to {MOST + 3} open applications"]


class TestWarnedGrants:
    """A grant whose ledger warns waits for a change request, until one is sent."""

    @time_machine.travel("2024-03-15 12:00:00+00:00", tick=False)
    def test_it_waits_until_the_request_is_sent(self, cast: Cast) -> None:
        running = make_running(cast)
        book(running, [("travel", date(2023, month, 15), 900) for month in range(1, 9)])
        (task,) = changes.tasks_for(cast.eeva, cast.tampere)
        assert (task.title, task.due) == ("Ask for changes in time: Green digital journey", date(2024, 7, 1))
        drafted = begin_change(application=running, by=cast.eeva)
        assert len(changes.tasks_for(cast.eeva, cast.tampere)) == 1
        asked = Request(content=ContentChange(words="Muuta", grounds="Syy"))
        written = write_change(request=drafted, asked=asked, seen=drafted.changed_at, by=cast.eeva)
        send_change(request=written, by=cast.eeva)
        assert changes.tasks_for(cast.eeva, cast.tampere) == []

    @time_machine.travel("2024-03-15 12:00:00+00:00", tick=False)
    def test_one_that_goes_as_planned_waits_for_nobody(self, cast: Cast) -> None:
        book(make_running(cast), [("services", date(2023, 3, 31), 100)])
        assert changes.tasks_for(cast.eeva, cast.tampere) == []

    @time_machine.travel("2024-03-15 12:00:00+00:00", tick=False)
    def test_those_who_do_not_prepare_have_no_tasks(self, cast: Cast) -> None:
        book(make_running(cast), [("travel", date(2023, month, 15), 900) for month in range(1, 9)])
        assert changes.tasks_for(cast.celia, cast.tampere) == []
        assert changes.tasks_for(cast.farid, cast.elsewhere) == []

    @time_machine.travel("2024-03-15 12:00:00+00:00", tick=False)
    def test_many_cost_no_more_and_are_at_most_five(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        for _number in range(7):
            book(make_running(cast), [("travel", date(2023, month, 15), 900) for month in range(1, 9)])
        changes.tasks_for(cast.eeva, cast.tampere)
        with django_assert_max_num_queries(10):
            assert len(changes.tasks_for(cast.eeva, cast.tampere)) == 5

    @time_machine.travel("2022-09-15 12:00:00+00:00", tick=False)
    def test_an_instalment_that_is_late_waits_until_it_has_come(self, cast: Cast) -> None:
        running = make_running(cast)
        (task,) = [one for one in grants.tasks_for(cast.eeva, cast.tampere) if ".instalment." in one.key]
        assert (task.title, task.due) == ("Ask after money that is late: Green digital journey", date(2022, 9, 1))
        assert task.context.endswith(": instalment 1, €20,000 has not come")
        pay(running, 20000, date(2022, 9, 14))
        assert not [one for one in grants.tasks_for(cast.eeva, cast.tampere) if ".instalment." in one.key]

    @time_machine.travel("2022-09-01 12:00:00+00:00", tick=False)
    def test_on_its_day_an_instalment_is_not_late(self, cast: Cast) -> None:
        make_running(cast)
        assert not [one for one in grants.tasks_for(cast.eeva, cast.tampere) if ".instalment." in one.key]

    @time_machine.travel("2024-10-15 12:00:00+00:00", tick=False)
    def test_a_report_that_is_due_opens_where_it_is_written(self, cast: Cast) -> None:
        running = make_running(cast)
        found = {task.title: task.url for task in grants.tasks_for(cast.eeva, cast.tampere)}
        assert found["Hand in the final report"] == reverse(
            "funding:list-grant-reports", args=[cast.tampere.key, running.pk]
        )
