"""What waits: applications to hand in, calls to decide on; for those who prepare, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.applications import Handing, move_application, submit_application
from luotsi.funding.rules.moves import Move
from luotsi.funding.tests.making import make_application, make_call
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
