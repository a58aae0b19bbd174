"""Findings, money and decisions: gaps may stand, effects close, changes are logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.findings import (
    FindingDetails,
    add_finding,
    change_finding,
    close_finding,
    details_of,
    reopen_finding,
)
from luotsi.programme.actions.money import (
    BudgetDetails,
    DecisionDetails,
    add_budget_line,
    add_decision,
    change_budget_line,
    change_decision,
)
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import BudgetLine, Decision, Finding, Programme
from luotsi.programme.tests.programmes import sound_programme

TODAY = date(2026, 11, 25)
NEW = FindingDetails(text=Names(fi="Ilmoittautuminen on hankalaa"), section="PP1", found_on=TODAY)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """The sound programme of Tampere; the fixture of the cast comes first."""
    return sound_programme()


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    """Hold the day still."""
    with time_machine.travel(TODAY):
        yield


def fields_of(refused: pytest.ExceptionInfo[ProgrammeRefused]) -> list[str]:
    """Return the fields that the reasons are about."""
    return [reason.field for reason in refused.value.reasons]


class TestFindings:
    def test_one_without_an_answer_is_recorded_and_waits(self, cast: Cast, programme: Programme) -> None:
        finding = add_finding(programme=programme, details=NEW, by=cast.aino)
        assert finding in Finding.objects.open().unanswered()
        answered = replace(NEW, action=Names(fi="Uusi lomake"), owner="OJ", due_on=date(2027, 1, 31), state="planned")
        change_finding(finding=finding, details=answered, by=cast.aino)
        assert finding not in Finding.objects.unanswered()
        row = AuditEntry.objects.order_by("seq").last()
        assert row is not None
        assert (row.verb, sorted(row.after)) == ("programme.finding.changed", ["action", "due_on", "owner", "state"])

    def test_it_stays_open_until_its_effect_is_recorded(self, cast: Cast, programme: Programme) -> None:
        finding = Finding.objects.select_related("programme").get(programme=programme, code="P1")
        close_finding(finding=finding, value_after=Decimal("62.5"), by=cast.aino)
        assert not Finding.objects.open().exists()
        assert (finding.closed_on, finding.closed_by, finding.state) == (TODAY, cast.aino, "done")
        reopen_finding(finding=finding, reason="Mittausvirhe", by=cast.aino)
        assert Finding.objects.open().get().value_after is None

    def test_closing_needs_an_action_and_an_effect(self, cast: Cast, programme: Programme) -> None:
        finding = add_finding(programme=programme, details=NEW, by=cast.aino)
        with pytest.raises(ProgrammeRefused) as refused:
            close_finding(finding=finding, effect=" ", by=cast.aino)
        assert fields_of(refused) == ["action", ""]

    def test_a_closed_one_is_not_changed_and_not_closed_twice(self, cast: Cast, programme: Programme) -> None:
        finding = Finding.objects.select_related("programme").get(programme=programme, code="P1")
        close_finding(finding=finding, effect="Osallistujia oli enemmän", by=cast.aino)
        with pytest.raises(ProgrammeRefused):
            change_finding(finding=finding, details=details_of(finding), by=cast.aino)
        with pytest.raises(ProgrammeRefused):
            close_finding(finding=finding, effect="Taas", by=cast.aino)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"text": Names()}, "text"),
            ({"section": "PP9"}, "section"),
            ({"state": "done"}, "action"),
            ({"found_on": date(2026, 11, 26)}, "found_on"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, programme: Programme, change: dict[str, object], field: str
    ) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            add_finding(programme=programme, details=replace(NEW, **change), by=cast.aino)  # type: ignore[arg-type]
        assert fields_of(refused) == [field]

    def test_nothing_changed_leaves_no_row(self, cast: Cast, programme: Programme) -> None:
        finding = add_finding(programme=programme, details=NEW, by=cast.aino)
        before = AuditEntry.objects.count()
        change_finding(finding=finding, details=details_of(finding), by=cast.aino)
        assert AuditEntry.objects.count() == before


class TestMoney:
    LINE = BudgetDetails(kind="granted", text=Names(fi="Avustus"), period="2026", amount=Decimal("1200.50"))

    def test_nothing_given_is_not_zero(self, cast: Cast, programme: Programme) -> None:
        line = add_budget_line(programme=programme, details=replace(self.LINE, amount=None), by=cast.aino)
        change_budget_line(line=line, details=replace(self.LINE, amount=Decimal(0)), by=cast.aino)
        assert BudgetLine.objects.get(pk=line.pk).amount == 0

    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"period": "soon"}, ["period"]),
            ({"period": "2027/2026"}, ["period"]),
            ({"section": "PP9"}, ["section"]),
            ({"text": Names()}, ["text"]),
            ({"amount": Decimal(-1)}, [""]),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, programme: Programme, change: dict[str, object], fields: list[str]
    ) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            add_budget_line(programme=programme, details=replace(self.LINE, **change), by=None)  # type: ignore[arg-type]
        assert fields_of(refused) == fields

    def test_a_code_is_given_once(self, cast: Cast, programme: Programme) -> None:
        with pytest.raises(ProgrammeRefused):
            add_budget_line(programme=programme, details=self.LINE, code="B1", by=None)


class TestDecisions:
    def test_noting_is_not_deciding(self, cast: Cast, programme: Programme) -> None:
        details = DecisionDetails(
            body=Names(fi="Lautakunta"), matter=Names(fi="Väliraportti"), day=TODAY, number="§ 9", is_noted=True
        )
        made = add_decision(programme=programme, details=details, by=cast.aino)
        assert (made.code, made.is_noted) == ("D2", True)
        change_decision(decision=made, details=replace(details, is_noted=False), by=cast.aino)
        assert not Decision.objects.get(pk=made.pk).is_noted

    def test_it_needs_a_body_and_a_matter(self, cast: Cast, programme: Programme) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            add_decision(programme=programme, details=DecisionDetails(body=Names(), matter=Names()), by=None)
        assert fields_of(refused) == ["body", "matter"]
