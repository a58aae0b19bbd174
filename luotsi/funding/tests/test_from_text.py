"""From a text to obligations and to what came of a proposal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luotsi.funding.rules.board import Intent
from luotsi.funding.rules.decision_text import Item, read
from luotsi.funding.rules.from_text import result_in, terms_of
from luotsi.funding.rules.obligations import Duty, Notice, obligations
from luotsi.funding.tests import decision_texts as texts


def first(text: str) -> Item:
    return read(text).items[0]


class TestTerms:
    def test_a_grant_becomes_a_calendar(self) -> None:
        terms = terms_of(first(texts.LABELS), notice=Notice.LETTER, given_on=date(2024, 12, 11), change_days=30)
        found = obligations(terms, today=date(2024, 12, 12))
        assert [(one.duty, one.due_on) for one in found.listed] == [
            (Duty.STATE_CORRECTION, date(2025, 1, 17)),
            (Duty.INTERIM_REPORT, date(2026, 1, 31)),
            (Duty.CHANGE_REQUEST, date(2026, 12, 1)),
            (Duty.PERIOD_ENDS, date(2026, 12, 31)),
            (Duty.FINAL_REPORT, date(2027, 2, 28)),
            (Duty.KEEP_VOUCHERS, date(2033, 12, 31)),
        ]
        assert found.reasons == ()
        assert terms.source == "OPH-4444-2024"

    def test_a_refusal_leaves_the_appeal(self) -> None:
        terms = terms_of(first(texts.SWEDISH_REFUSAL), notice=Notice.HANDED_OVER, given_on=date(2024, 5, 6))
        assert [one.duty for one in terms.appeals] == [Duty.STATE_CORRECTION]
        assert terms.reports == ()

    def test_a_board_that_decides_has_its_own_clock_and_one_that_notes_has_none(self) -> None:
        deciding, noting = (
            terms_of(item, notice=Notice.PUBLISHED, given_on=date(2023, 2, 20)) for item in read(texts.ACCEPTING).items
        )
        assert [(one.duty, one.days) for one in deciding.appeals] == [(Duty.MUNICIPAL_CORRECTION, 14)]
        assert noting.appeals == ()

    def test_whose_decision_it_is_is_not_guessed(self) -> None:
        assert terms_of(first("Päätös\nPäätetään."), notice=Notice.LETTER, given_on=date(2024, 5, 6)).appeals == ()

    def test_without_a_day_of_notice_no_appeal_is_counted(self) -> None:
        assert terms_of(first(texts.LABELS)).appeals == ()


class TestResults:
    def test_a_proposal_that_was_accepted_commits_its_own_share(self) -> None:
        found = result_in(first(texts.ACCEPTING), Intent.ACCEPT)
        assert found
        assert found.commits == 30_000
        assert found.reasons == ()

    def test_a_changed_sum_that_nothing_explains_commits_nothing_before_a_person_has_looked(self) -> None:
        found = result_in(first(texts.SWEDISH_BOARD), Intent.APPLY)
        assert found
        assert found.commits == 0
        (unclear,) = [one for one in found.reasons if one.code == "unclear_sum"]
        assert unclear.params == {"amount": Decimal(4_000)}

    def test_a_changed_own_share_is_committed_as_changed(self) -> None:
        text = texts.SWEDISH_BOARD.replace("anvisa 4 000 euro", "anvisa en självfinansiering om 4 000 euro")
        found = result_in(first(text), Intent.APPLY)
        assert found
        assert found.commits == 4_000
        assert [(one.what, one.decided) for one in found.changes] == [("own", Decimal(4_000))]

    def test_noting_what_should_be_decided_commits_nothing(self) -> None:
        found = result_in(first(texts.BOARD), Intent.APPLY)
        assert found
        assert found.commits == 0
        assert [one.code for one in found.reasons] == ["noted_not_decided"]

    def test_a_text_without_a_decision_has_no_result(self) -> None:
        assert result_in(first("Päätösehdotus\nMyönnetään 5 €."), Intent.APPLY) is None
