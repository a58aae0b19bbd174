"""A matter of a board: its sums, what it does not tell, and what came of the proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.board import (
    Intent,
    Matter,
    Said,
    faults_of,
    gaps_of,
    only_notes,
    result_in,
    result_of,
    sums_told,
)
from luotsi.funding.rules.shares import Deed, Parts, ShareRule

PARTS = Parts(total=Decimal(33_500), grant=Decimal(30_150), own=Decimal(3_350))
MATTER = Matter(
    intent=Intent.APPLY,
    register_number="ESIMno-2022-1",
    parts=PARTS,
    rule=ShareRule(percent=Decimal(10), source="§ 3"),
    period_start=date(2022, 8, 1),
    period_end=date(2024, 7, 31),
    deadline_on=date(2022, 4, 14),
    meeting_on=date(2022, 4, 1),
    presenter="sivistysjohtaja",
)


def faults(matter: Matter) -> list[str]:
    return [one.code for one in faults_of(matter)]


class TestMatter:
    def test_a_whole_matter_has_no_faults_and_no_gaps(self) -> None:
        assert faults_of(MATTER) == gaps_of(MATTER) == ()

    def test_noting_an_application_commits_nothing_and_says_so(self) -> None:
        noting = replace(MATTER, intent=Intent.FILED, is_filed=True)
        assert faults(noting) == ["noting_commits_nothing"]
        assert faults(replace(noting, committed=Decimal(3_350))) == []

    def test_noting_a_refusal_is_fine(self) -> None:
        assert faults(replace(MATTER, intent=Intent.RESULT, is_filed=True, outcome="refused")) == []

    @pytest.mark.parametrize("intent", [Intent.COMMIT, Intent.FILED])
    def test_what_was_not_sent_is_not_told_to_be(self, intent: Intent) -> None:
        assert "not_filed" in faults(replace(MATTER, intent=intent))

    def test_the_own_share_of_what_was_sent_is_decided_by_itself(self) -> None:
        assert faults(replace(MATTER, intent=Intent.COMMIT, is_filed=True)) == []

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
            (replace(MATTER, is_filed=True), "nothing_to_apply"),
            (replace(MATTER, intent=Intent.ACCEPT), "not_granted"),
            (replace(MATTER, parts=None), "no_money"),
        ],
    )
    def test_each_fault(self, matter: Matter, code: str) -> None:
        assert code in faults(matter)

    def test_gaps(self) -> None:
        bare = Matter(intent=Intent.COMMIT, parts=PARTS)
        codes = ["no_presenter", "no_meeting", "no_register_number", "no_period", "no_percentage"]
        assert [one.code for one in gaps_of(bare)] == codes
        assert [one.code for one in gaps_of(replace(bare, is_officer=True))] == codes[1:]

    @given(st.decimals(0, 99_999, places=2), st.decimals(0, 99_999, places=2), st.decimals(0, 99_999, places=2))
    def test_a_fault_of_sums_is_found_just_when_there_is_one(
        self, total: Decimal, grant: Decimal, own: Decimal
    ) -> None:
        matter = replace(MATTER, rule=None, parts=Parts(total=total, grant=grant, own=own))
        assert ("parts_not_total" in faults(matter)) == (grant + own != total)


PROPOSED = Said(grant=Decimal(30_150), own=Decimal(3_350))


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
        silent = result_of(Intent.APPLY, PROPOSED, Said(grant=Decimal(1)), Deed.DECIDED)
        empty = result_of(Intent.APPLY, PROPOSED, Said(own=Decimal(3_350)), Deed.CHANGED)
        assert [(one.code, one.about) for one in silent.reasons] == [("differs_untold", "grant")]
        assert [one.code for one in empty.reasons] == ["changed_without_figures"]

    def test_noting_what_was_to_be_noted_is_in_order(self) -> None:
        assert result_of(Intent.FILED, Said(), Said(), Deed.NOTED).reasons == ()

    @given(st.sampled_from(Intent), st.sampled_from(Deed), st.one_of(st.none(), st.decimals(0, 999, places=2)))
    def test_only_a_binding_deed_on_a_deciding_intent_commits(
        self, intent: Intent, deed: Deed, own: Decimal | None
    ) -> None:
        found = result_of(intent, PROPOSED, Said(own=own), deed)
        expected = (PROPOSED.own if own is None else own) if intent.decides and deed.binds else 0
        assert found.commits == expected


class TestReadingBack:
    """What was recorded, beside the decision in its own words."""

    def test_a_decision_as_proposed_has_nothing_to_tell(self) -> None:
        words = "Lautakunta päätti hyväksyä ehdotuksen."
        found = result_in(words, Intent.APPLY, PROPOSED, Deed.DECIDED, PROPOSED.own)
        assert (found.commits, found.reasons) == (PROPOSED.own, ())

    def test_an_own_share_that_the_words_tell_otherwise_is_found(self) -> None:
        words = "Haetaan avustusta. Omarahoitusta varataan 3 000 euroa."
        found = result_in(words, Intent.APPLY, PROPOSED, Deed.CHANGED, Decimal(2_000))
        (told,) = [one for one in found.reasons if one.code == "told_otherwise"]
        assert told.params == {"own": Decimal(2_000), "told": Decimal(3_000)}
        assert found.commits == 2_000

    def test_a_sum_that_nothing_explains_is_told(self) -> None:
        words = "Nämnden beslutade med ändring enligt förslaget. För projektet anvisas 4 000 euro."
        found = result_in(words, Intent.APPLY, PROPOSED, Deed.CHANGED, Decimal(3_000))
        assert [one.params for one in found.reasons if one.code == "unclear_sum"] == [{"amount": Decimal(4_000)}]

    def test_what_is_only_noted_commits_nothing_whatever_is_written(self) -> None:
        found = result_in("Omarahoitus on 3 350 euroa.", Intent.APPLY, PROPOSED, Deed.NOTED)
        assert found.commits == 0
        assert [one.code for one in found.reasons] == ["noted_not_decided"]

    @pytest.mark.parametrize(
        "words",
        [
            "Lautakunta merkitsi asian tiedoksi.",
            "Päätettiin merkitä hakemus tiedoksi.",
            "Nämnden antecknade ärendet för kännedom.",
        ],
    )
    def test_noting_is_told_from_deciding(self, words: str) -> None:
        assert only_notes(words)

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "Lautakunta päätti hakea avustusta. Päätös lähetetään tiedoksi talouspalveluille.",
            "Merkittiin tiedoksi ja päätettiin, että omarahoitus maksetaan.",
            "Nämnden beslutade att anteckna saken för kännedom och anvisa 4 000 euro.",
            "Ehdotus hyväksyttiin.",
        ],
    )
    def test_what_decides_beside_noting_is_not_taken_for_noting(self, words: str) -> None:
        assert not only_notes(words)

    @given(st.text(max_size=200), st.sampled_from(Intent), st.sampled_from(Deed))
    def test_whatever_is_written_commits_nothing_by_itself(self, words: str, intent: Intent, deed: Deed) -> None:
        found = result_in(words, intent, Said(), deed)
        assert found.commits == 0 or (deed.binds and intent.decides)
        only_notes(words)


class TestSumsOfAText:
    def test_it_tells_what_is_lacking_and_what_is_strange(self) -> None:
        found = sums_told("Haetaan 30 150 euroa, omarahoitus 3 500 €.", needed=[Decimal(30150), Decimal(3350)])
        assert (found.lacking, found.strange) == ((Decimal(3350),), (Decimal(3500),))
        assert not found.agree

    def test_hard_blanks_and_cents_are_read(self) -> None:
        text = "Ansökan gäller 30\u00a0150,50\u00a0€."
        assert sums_told(text, needed=[Decimal("30150.50"), None]).agree

    @given(st.decimals(min_value=1, max_value=10_000_000, places=2))
    def test_a_sum_that_was_written_is_found(self, sum_: Decimal) -> None:
        whole = f"{sum_:,.2f}".replace(",", "\u00a0").replace(".", ",")
        assert sums_told(f"Avustus on {whole}\u00a0€.", needed=[sum_]).agree
