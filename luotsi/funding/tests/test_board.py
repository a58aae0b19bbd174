"""The item of a board: its parts, its sums, and what came of the proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.board import Intent, Matter, Place, Said, board_item, result_of
from luotsi.funding.rules.shares import Deed, Parts, ShareRule

PARTS = Parts(total=Decimal(33_500), grant=Decimal(30_150), own=Decimal(3_350))
MATTER = Matter(
    intent=Intent.APPLY,
    funder="Esimerkkivirasto",
    call="Uudet oppimisympäristöt",
    project="Esimerkkipolku",
    register_number="ESIMno-2022-1",
    parts=PARTS,
    rule=ShareRule(percent=Decimal(10), source="§ 3"),
    period_start=date(2022, 8, 1),
    period_end=date(2024, 7, 31),
    deadline_on=date(2022, 4, 14),
    meeting_on=date(2022, 4, 1),
    presenter="sivistysjohtaja",
    preparer="kehittämispäällikkö",
    budget_line="5310",
)


def faults(matter: Matter) -> list[str]:
    return [one.code for one in board_item(matter).faults]


def codes_at(matter: Matter, place: Place) -> list[str]:
    return [one.code for one in board_item(matter).at(place)]


class TestItem:
    def test_a_whole_matter_has_no_faults_and_no_gaps(self) -> None:
        found = board_item(MATTER)
        assert found.faults == found.gaps == ()
        assert codes_at(MATTER, Place.HEADING) == ["heading_apply"]
        assert codes_at(MATTER, Place.PRESENTER) == ["presenter"]
        assert codes_at(MATTER, Place.PROPOSAL) == ["apply", "own_share", "authorise"]

    def test_both_bases_of_the_own_share_are_told(self) -> None:
        (money,) = [one for one in board_item(MATTER).at(Place.BACKGROUND) if one.code == "money"]
        assert (money.params["own_of_total"], money.params["own_of_grant"]) == (Decimal("10.0000"), Decimal("11.1111"))

    def test_noting_an_application_commits_nothing_and_says_so(self) -> None:
        noting = replace(MATTER, intent=Intent.NOTE, filed_on=date(2022, 4, 14))
        assert faults(noting) == ["noting_commits_nothing"]
        assert codes_at(noting, Place.PROPOSAL) == ["note_application"]
        assert faults(replace(noting, committed=Decimal(3_350))) == []

    def test_noting_a_refusal_is_fine(self) -> None:
        noting = replace(MATTER, intent=Intent.NOTE, outcome="refused")
        assert faults(noting) == []
        assert codes_at(noting, Place.PROPOSAL) == ["note_decision"]

    @pytest.mark.parametrize(
        ("matter", "code"),
        [
            (replace(MATTER, parts=replace(PARTS, total=Decimal(33_501))), "parts_not_total"),
            (
                replace(MATTER, parts=Parts(total=PARTS.total, grant=Decimal(30_151), own=Decimal(3_349))),
                "own_share_short",
            ),
            (replace(MATTER, period_end=date(2022, 7, 31)), "ends_before_start"),
            (replace(MATTER, meeting_on=date(2022, 4, 15)), "after_deadline"),
            (replace(MATTER, filed_on=date(2022, 4, 1)), "nothing_to_apply"),
            (replace(MATTER, intent=Intent.ACCEPT), "not_granted"),
            (replace(MATTER, parts=None), "no_money"),
        ],
    )
    def test_each_fault(self, matter: Matter, code: str) -> None:
        assert code in faults(matter)

    def test_what_is_decided_already_is_not_proposed_again(self) -> None:
        accepting = replace(MATTER, intent=Intent.ACCEPT, outcome="granted", committed=Decimal(3_350))
        assert codes_at(accepting, Place.PROPOSAL) == ["accept"]

    def test_gaps(self) -> None:
        bare = Matter(intent=Intent.COMMIT, funder="F", call="C", project="P", parts=PARTS)
        assert [one.code for one in board_item(bare).gaps] == [
            "no_presenter",
            "no_meeting",
            "no_register_number",
            "no_budget_line",
            "no_period",
            "no_percentage",
        ]

    @given(st.decimals(0, 99_999, places=2), st.decimals(0, 99_999, places=2), st.decimals(0, 99_999, places=2))
    def test_a_fault_of_sums_is_found_just_when_there_is_one(
        self, total: Decimal, grant: Decimal, own: Decimal
    ) -> None:
        matter = replace(MATTER, rule=None, parts=Parts(total=total, grant=grant, own=own))
        assert ("parts_not_total" in faults(matter)) == (grant + own != total)


PROPOSED = Said(grant=Decimal(30_150), own=Decimal(3_350), budget_line="5310")


class TestResult:
    def test_a_decision_as_proposed_commits_the_own_share(self) -> None:
        found = result_of(Intent.APPLY, PROPOSED, Said(), Deed.DECIDED)
        assert (found.commits, found.changes, found.reasons) == (Decimal(3_350), (), ())

    def test_a_changed_sum_is_committed_as_changed(self) -> None:
        found = result_of(Intent.APPLY, PROPOSED, Said(own=Decimal(3_000)), Deed.CHANGED)
        assert found.commits == 3_000
        assert [(one.what, one.proposed, one.decided) for one in found.changes] == [
            ("own", PROPOSED.own, Decimal(3_000))
        ]
        assert found.reasons == ()

    @pytest.mark.parametrize(
        ("deed", "code"),
        [(Deed.NOTED, "noted_not_decided"), (Deed.REFUSED, "refused"), (Deed.PROPOSED, "postponed")],
    )
    def test_what_does_not_bind_commits_nothing(self, deed: Deed, code: str) -> None:
        found = result_of(Intent.COMMIT, PROPOSED, Said(), deed)
        assert found.commits == 0
        assert [one.code for one in found.reasons] == [code]

    def test_what_is_told_otherwise_than_it_is(self) -> None:
        silent = result_of(Intent.APPLY, PROPOSED, Said(budget_line="1"), Deed.DECIDED)
        empty = result_of(Intent.APPLY, PROPOSED, Said(own=Decimal(3_350)), Deed.CHANGED)
        assert [(one.code, one.about) for one in silent.reasons] == [("differs_untold", "budget_line")]
        assert [one.code for one in empty.reasons] == ["changed_without_figures"]

    def test_noting_what_was_to_be_noted_is_in_order(self) -> None:
        assert result_of(Intent.NOTE, Said(), Said(), Deed.NOTED).reasons == ()

    @given(st.sampled_from(Intent), st.sampled_from(Deed), st.one_of(st.none(), st.decimals(0, 999, places=2)))
    def test_only_a_binding_deed_on_a_deciding_intent_commits(
        self, intent: Intent, deed: Deed, own: Decimal | None
    ) -> None:
        found = result_of(intent, PROPOSED, Said(own=own), deed)
        expected = (PROPOSED.own if own is None else own) if intent.decides and deed.binds else 0
        assert found.commits == expected
