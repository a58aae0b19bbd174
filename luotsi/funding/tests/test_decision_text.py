"""Reading decisions: each value at its place, and nothing guessed silently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.decision_text import Certainty, Found, Item, Outcome, Shape, read
from luotsi.funding.rules.shares import Deed
from luotsi.funding.tests import decision_texts as texts


def only(text: str) -> Item:
    (item,) = read(text).items
    return item


def codes(item: Item) -> set[str]:
    return {one.code for one in item.remarks}


def value_of(found: Found[Decimal] | None) -> Decimal | None:
    return found.value if found else None


class TestBoardExcerpt:
    def test_two_items_in_one_document_are_two(self) -> None:
        first, second = read(texts.BOARD).items
        assert first.shape == second.shape == Shape.BOARD
        assert first.section
        assert first.section.value == "45"
        assert read(texts.BOARD).text[second.start :].startswith("Opetushallituksen päätös avustuksesta")

    def test_the_first_applies_and_is_only_noted(self) -> None:
        first, _second = read(texts.BOARD).items
        assert first.outcome
        assert first.deed
        assert (first.outcome.value, first.deed.value) == (Outcome.APPLYING, Deed.NOTED)
        assert "noted_only" in codes(first)

    def test_the_sums_of_the_first(self) -> None:
        first, _second = read(texts.BOARD).items
        assert value_of(first.applied) == 30_150
        assert value_of(first.call) == 1_550_000
        assert (value_of(first.grant_percent), value_of(first.own_percent)) == (Decimal(90), Decimal(10))
        assert first.granted is None
        assert first.own is None
        assert first.period_end
        assert first.period_end.value == date(2024, 7, 31)

    def test_the_second_is_a_refusal_without_day_and_grounds(self) -> None:
        _first, second = read(texts.BOARD).items
        assert second.outcome
        assert second.deed
        assert (second.outcome.value, second.deed.value) == (Outcome.REFUSED, Deed.NOTED)
        assert {"refused_undated", "refused_without_grounds", "no_appeal"} <= codes(second)
        assert second.project
        assert second.project.value == "Esimerkkikoulut digimatkalla"

    def test_a_changed_proposal_is_changed(self) -> None:
        item = only(texts.SWEDISH_BOARD)
        assert item.deed
        assert (item.deed.value, item.shape) == (Deed.CHANGED, Shape.BOARD)
        assert item.appeal_days
        assert item.appeal_days.value == 14
        assert value_of(item.applied) == 45_000
        assert item.decided_on
        assert item.decided_on.value == date(2024, 9, 3)


class TestOfficersDecision:
    def test_a_period_that_ends_before_it_starts_is_kept_and_told(self) -> None:
        item = only(texts.OFFICER)
        assert item.period_start
        assert item.period_end
        assert (item.period_start.value, item.period_end.value) == (date(2020, 10, 1), date(2020, 7, 31))
        (told,) = [one for one in item.remarks if one.code == "ends_before_start"]
        assert told.params["days"] == 62

    def test_an_own_share_on_the_wrong_base_is_told_with_both(self) -> None:
        item = only(texts.OFFICER)
        assert (value_of(item.applied), value_of(item.own), value_of(item.own_percent)) == (
            Decimal(393_000),
            Decimal(39_300),
            Decimal(10),
        )
        (told,) = [one for one in item.remarks if one.code == "own_share_off"]
        assert (told.params["sum_is_grant"], told.params["sum_is_total"]) == (43_667, 39_300)

    def test_its_shape_register_number_and_grounds(self) -> None:
        item = only(texts.OFFICER)
        assert item.shape == Shape.OFFICER
        assert [one.value.number for one in item.registers] == ["7/404/2020"]
        assert item.grounds
        assert item.grounds.value.startswith("Haettavana on")
        assert item.outcome
        assert item.outcome.value == Outcome.APPLYING


class TestStateDecision:
    ITEM = only(texts.STATE)

    def test_it_is_granted_in_part(self) -> None:
        assert self.ITEM.outcome
        assert self.ITEM.outcome.value == Outcome.PARTLY
        assert self.ITEM.shape == Shape.STATE

    def test_the_sums_stand_behind_their_labels(self) -> None:
        item = self.ITEM
        sums = [item.applied, item.granted, item.total, item.own]
        assert [value_of(one) for one in sums] == [40_000, 30_150, 33_500, 3_350]
        assert [one.certainty for one in sums if one] == [Certainty.CERTAIN] * 4
        assert value_of(item.grant_percent) == 90

    def test_days(self) -> None:
        item = self.ITEM
        assert item.period_start
        assert item.period_end
        assert item.decided_on
        assert (item.period_start.value, item.period_end.value) == (date(2023, 8, 1), date(2025, 7, 31))
        assert item.decided_on.value == date(2023, 6, 20)
        assert [one.value for one in item.interim_reports] == [date(2024, 9, 30)]
        assert [one.value for one in item.final_reports] == [date(2025, 10, 31)]

    def test_instalments(self) -> None:
        read_ = [(one.value.number, one.value.amount, one.value.due_on) for one in self.ITEM.instalments]
        assert read_ == [
            (1, Decimal(20_000), date(2023, 9, 15)),
            (2, Decimal(10_150), date(2024, 9, 15)),
        ]

    def test_conditions_grounds_appeal_and_marks(self) -> None:
        item = self.ITEM
        assert [one.value[:12] for one in item.conditions] == ["Avustusta sa", "Hankkeen kul", "Hankinnat on"]
        assert item.conditions[1].value.endswith("on pyynnöstä esitettävä.")
        assert item.grounds
        assert item.appeal_days
        assert item.appeal_days.value == 30
        assert item.project
        assert item.project.value == "Esimerkkikoulujen digipolku"
        assert [one.value.number for one in item.registers] == ["OPH-2727-2023"]

    def test_only_the_smaller_sum_is_remarked(self) -> None:
        assert codes(self.ITEM) == {"granted_below_applied"}


class TestSwedishDecision:
    ITEM = only(texts.SWEDISH)

    def test_it_is_granted(self) -> None:
        assert self.ITEM.outcome
        assert self.ITEM.outcome.value == Outcome.GRANTED

    def test_its_figures(self) -> None:
        item = self.ITEM
        assert [value_of(one) for one in (item.granted, item.total, item.own)] == [1_200_000, 1_500_000, 300_000]
        assert value_of(item.own_percent) == 20
        assert item.period_start
        assert item.period_end
        assert (item.period_start.value, item.period_end.value) == (date(2024, 8, 1), date(2026, 7, 31))
        assert [one.value for one in item.final_reports] == [date(2026, 10, 31)]
        assert item.appeal_days
        assert item.appeal_days.value == 30
        assert len(item.conditions) == 2
        assert codes(item) == set()


class TestLetterWithoutHeadings:
    ITEM = only(texts.LETTER)

    def test_what_its_sentences_say(self) -> None:
        item = self.ITEM
        assert item.outcome
        assert item.outcome.value == Outcome.GRANTED
        assert [value_of(one) for one in (item.granted, item.grant_percent)] == [1_319_500, 91]
        assert item.period_end
        assert item.period_end.value == date(2022, 12, 31)
        assert [one.value for one in item.final_reports] == [date(2023, 3, 31)]

    def test_a_sum_that_nothing_explains_is_left_to_the_reader(self) -> None:
        assert [one.value for one in self.ITEM.other_sums] == [100]


class TestLabelsInColumns:
    ITEM = only(texts.LABELS)

    def test_each_label_has_its_value(self) -> None:
        item = self.ITEM
        sums = [item.granted, item.applied, item.total, item.own, item.grant_percent]
        assert [value_of(one) for one in sums] == [50_000, 50_000, 62_500, 12_500, 80]
        assert [one.certainty for one in sums if one] == [Certainty.CERTAIN] * 5
        assert item.project
        assert item.project.value == "Pienten esimerkkipolku"
        assert item.period_start
        assert item.period_end
        assert (item.period_start.value, item.period_end.value) == (date(2025, 1, 1), date(2026, 12, 31))
        assert [one.value for one in item.final_reports] == [date(2027, 2, 28)]
        assert [one.value for one in item.interim_reports] == [date(2026, 1, 31)]
        assert item.appeal_days
        assert item.appeal_days.value == 30

    def test_a_day_at_the_head_is_the_decisions_but_doubtful(self) -> None:
        assert self.ITEM.decided_on
        assert self.ITEM.decided_on.value == date(2024, 12, 11)
        assert self.ITEM.decided_on.certainty == Certainty.DOUBTFUL


class TestAcceptingExcerpt:
    FIRST, SECOND = read(texts.ACCEPTING).items

    def test_the_grant_and_the_own_share(self) -> None:
        item = self.FIRST
        assert item.outcome
        assert item.deed
        assert (item.outcome.value, item.deed.value) == (Outcome.PARTLY, Deed.DECIDED)
        assert [value_of(one) for one in (item.granted, item.applied, item.own)] == [90_000, 120_000, 30_000]

    def test_what_was_said_in_the_handling_is_an_alternative(self) -> None:
        assert self.FIRST.own
        assert [one.value for one in self.FIRST.own.alternatives] == [20_000]

    def test_sections_and_register_numbers(self) -> None:
        assert self.FIRST.section
        assert self.SECOND.section
        assert (self.FIRST.section.value, self.SECOND.section.value) == ("12", "13")
        assert [one.value.number for one in self.FIRST.registers] == ["ESIM/101/02.05.01/2023"]

    def test_the_funders_day_and_the_boards_are_both_told(self) -> None:
        day = self.FIRST.decided_on
        assert day
        assert {day.value, *(one.value for one in day.alternatives)} == {date(2022, 12, 20), date(2023, 2, 14)}

    def test_the_second_only_notes(self) -> None:
        assert self.SECOND.deed
        assert self.SECOND.deed.value == Deed.NOTED
        assert self.SECOND.granted is None


class TestSwedishRefusal:
    ITEM = only(texts.SWEDISH_REFUSAL)

    def test_it_is_refused_with_grounds_and_without_a_day(self) -> None:
        item = self.ITEM
        assert item.outcome
        assert item.outcome.value == Outcome.REFUSED
        assert item.grounds
        assert codes(item) == {"refused_undated"}

    def test_the_sum_of_the_call_is_not_the_applicants(self) -> None:
        item = self.ITEM
        assert [value_of(one) for one in (item.call, item.applied, item.granted)] == [1_000_000, 4_500_000, None]


class TestNumbers:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("30 150 €", "30150"),
            ("30\u00a0150 euroa", "30150"),
            ("30\u202f150,50 euron", "30150.50"),
            ("30.150,00 €", "30150"),
            ("30150 eur", "30150"),
            ("EUR 30 150", "30150"),
            ("€30 150,5", "30150.5"),
            ("1,5 milj. euroa", "1500000"),
            ("1,55 miljoonaa euroa", "1550000"),
            ("1.250.000 €", "1250000"),
            ("1,250,000.00 €", "1250000"),
            ("1,5 miljoner euro", "1500000"),
            ("40 tuhatta euroa", "40000"),
            ("393 000\neuroa", "393000"),
        ],
    )
    def test_every_way_of_writing(self, written: str, value: str) -> None:
        assert value_of(only(f"Hankkeelle myönnetään avustusta {written}.").granted) == Decimal(value)

    def test_a_sum_that_can_be_read_in_two_ways_gives_both(self) -> None:
        granted = only("Myönnetty avustus: 30,150 €").granted
        assert granted
        assert granted.certainty == Certainty.DOUBTFUL
        assert [one.value for one in granted.alternatives] == [Decimal("30.150")]

    def test_two_sums_of_the_same_thing_are_doubtful(self) -> None:
        granted = only("Päätös\nMyönnetään avustusta 100 €. Hankkeelle myönnetään 200 €.").granted
        assert granted
        assert granted.certainty == Certainty.DOUBTFUL
        assert [one.value for one in granted.alternatives] == [200]

    def test_a_number_without_a_currency_counts_only_behind_a_label(self) -> None:
        assert value_of(only("Myönnetty avustus\n30 150\n").granted) == 30_150
        assert only("Myönnetty avustus koskee lukuvuotta 2024.").granted is None

    @given(st.integers(min_value=1, max_value=999_999_999), st.sampled_from([" ", "\u00a0", "."]), st.booleans())
    def test_grouped_sums_come_back(self, euros: int, mark: str, has_cents: bool) -> None:
        written = f"{euros:,}".replace(",", mark) + (",50" if has_cents else "")
        granted = only(f"Myönnetty avustus: {written} €").granted
        assert granted
        assert granted.value == euros + (Decimal("0.50") if has_cents else 0)
        assert granted.quoted == f"{written} €"


class TestOutcomes:
    @pytest.mark.parametrize(
        ("sentence", "outcome"),
        [
            ("Virasto on päättänyt olla myöntämättä valtionavustusta.", Outcome.REFUSED),
            ("Avustusta ei myönnetä.", Outcome.REFUSED),
            ("Hakemus hylätään.", Outcome.REFUSED),
            ("Ansökan avslås.", Outcome.REFUSED),
            ("Understöd beviljas inte.", Outcome.REFUSED),
            ("Hankkeelle myönnetään avustusta.", Outcome.GRANTED),
            ("Understöd beviljas för projektet.", Outcome.GRANTED),
            ("Hakemus hyväksytään osittain ja avustusta myönnetään.", Outcome.PARTLY),
            ("Haetaan avustusta.", Outcome.APPLYING),
        ],
    )
    def test_the_words_of_outcomes(self, sentence: str, outcome: Outcome) -> None:
        item = only(f"Päätös\n{sentence}")
        assert item.outcome
        assert item.outcome.value == outcome

    @pytest.mark.parametrize(
        "sentence",
        [
            "Jos avustusta ei myönnetä, hanke raukeaa.",
            "Avustusta voidaan myöntää 90 %.",
            "Om ansökan avslås, sker inget.",
        ],
    )
    def test_what_is_only_supposed_is_no_outcome(self, sentence: str) -> None:
        assert only(sentence).outcome is None

    def test_two_outcomes_are_told(self) -> None:
        item = only("Päätös\nHankkeelle myönnetään avustusta. Hakemus hylätään.")
        assert "both_outcomes" in codes(item)
        assert item.outcome
        assert item.outcome.certainty == Certainty.DOUBTFUL

    def test_postponing_decides_nothing(self) -> None:
        item = only("Päätösehdotus\nMyönnetään 5 €.\n\nPäätös\nAsia jätettiin pöydälle.")
        assert item.deed
        assert item.deed.value == Deed.PROPOSED
