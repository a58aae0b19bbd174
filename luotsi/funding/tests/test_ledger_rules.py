"""Rules around a ledger: decisions of people, rows told again, persons in two grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.ledger_reading import fingerprints
from luotsi.funding.rules.spending import (
    Charge,
    CostRules,
    Doubled,
    Entry,
    Ruled,
    Ruling,
    judged,
    ruled,
    shared_persons,
)

RULES = CostRules(period_start=date(2024, 1, 1), period_end=date(2024, 12, 31), classes=frozenset({"staff"}))


def entry(row: int = 1, amount: str = "100", **more: object) -> Entry:
    told: dict[str, object] = {"voucher": "V", "booked_on": date(2024, 6, 1), "cost_class": "staff", **more}
    return Entry(row=row, amount=Decimal(amount), **told)  # type: ignore[arg-type]


entries = st.lists(
    st.builds(
        entry,
        amount=st.decimals(-500, 500, places=2).map(str),
        booked_on=st.dates(date(2023, 6, 1), date(2025, 6, 1)),
        voucher=st.sampled_from(["", "A", "B"]),
        cost_class=st.sampled_from(["", "staff", "other"]),
        currency=st.sampled_from(["EUR", "SEK"]),
        text=st.sampled_from(["x", "y"]),
    ),
    max_size=15,
).map(lambda found: [replace(one, row=number) for number, one in enumerate(found, 1)])


class TestDecisionsOfPeople:
    """What somebody decided goes before the rules."""

    def test_an_entry_that_is_refused_counts_nothing_and_says_why(self) -> None:
        found = ruled(judged([entry()], RULES), {1: Ruled(ruling=Ruling.REFUSED, words="Edustus")})
        assert found.eligible == 0
        assert found.refused == {"refused_by_person": Decimal(100)}
        (reason,) = found.verdicts[0].reasons
        assert (reason.code, reason.params) == ("refused_by_person", {"words": "Edustus"})

    def test_an_entry_that_is_accepted_counts_whole_though_the_rules_refuse_it(self) -> None:
        late = entry(booked_on=date(2025, 1, 2))
        found = ruled(judged([late], RULES), {1: Ruled(ruling=Ruling.ACCEPTED, words="Lasku joulukuulta")})
        assert found.eligible == 100
        assert found.refused == {}

    def test_another_currency_stays_in_no_sum(self) -> None:
        found = ruled(judged([entry(currency="SEK")], RULES), {1: Ruled(ruling=Ruling.ACCEPTED, words="x")})
        assert found.eligible == 0
        assert found.unconverted == {"SEK": Decimal(100)}

    @given(entries, st.dictionaries(st.integers(1, 15), st.sampled_from(Ruling)))
    def test_eligible_and_refused_are_all_there_is(self, found: list[Entry], decided: dict[int, Ruling]) -> None:
        rulings = {row: Ruled(ruling=one, words="w") for row, one in decided.items()}
        told = ruled(judged(found, RULES), rulings)
        booked = sum((one.amount for one in found if one.currency == "EUR"), Decimal(0))
        assert told.eligible + sum(told.refused.values()) == booked
        assert told.eligible == sum(told.by_class.values())
        assert [one.entry for one in told.verdicts] == found

    @given(entries)
    def test_without_decisions_nothing_changes(self, found: list[Entry]) -> None:
        before = judged(found, RULES)
        assert ruled(before, {}) == before


class TestFingerprints:
    """A row is told again in a later export."""

    @given(entries)
    def test_none_is_there_twice(self, found: list[Entry]) -> None:
        assert len(set(fingerprints(found))) == len(found)

    @given(entries, st.randoms())
    def test_neither_order_nor_place_nor_class_makes_a_difference(self, found: list[Entry], chance: object) -> None:
        moved = [replace(one, row=one.row + 1000, cost_class="other") for one in found]
        chance.shuffle(moved)  # type: ignore[attr-defined]
        assert set(fingerprints(moved)) == set(fingerprints(found))

    @given(entries, entries)
    def test_a_longer_export_holds_those_of_a_shorter_one(self, first: list[Entry], more: list[Entry]) -> None:
        assert set(fingerprints(first)) <= set(fingerprints([*first, *more]))

    def test_a_mended_sum_is_another_row(self) -> None:
        assert fingerprints([entry()]) != fingerprints([entry(amount="101")])


class TestPersonsInTwoGrants:
    """Costs of one person in one month on two grants."""

    def charge(self, grant: str, day: date, amount: str = "500", person: str = "H-1") -> Charge:
        return Charge(grant=grant, entry=entry(amount=amount, booked_on=day, person=person))

    def test_the_same_month_is_told_with_both_sides(self) -> None:
        (found,) = shared_persons([self.charge("a", date(2024, 2, 25)), self.charge("b", date(2024, 2, 28))])
        assert (found.kind, found.key, found.grants) == (Doubled.SHARED_PERSON, "H-1", ("a", "b"))
        assert (found.first, found.last) == (date(2024, 2, 1), date(2024, 2, 29))
        assert found.amount is None

    def test_months_one_after_the_other_are_not(self) -> None:
        assert shared_persons([self.charge("a", date(2024, 2, 25)), self.charge("b", date(2024, 3, 25))]) == ()

    def test_what_was_taken_back_is_not(self) -> None:
        day = date(2024, 12, 5)
        back = [self.charge("b", day), self.charge("b", day + timedelta(days=1), "-500")]
        assert shared_persons([self.charge("a", day), *back]) == ()

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.dates(date(2023, 1, 1), date(2025, 1, 1))), max_size=12))
    def test_every_finding_has_two_grants_and_its_month(self, found: list[tuple[str, date]]) -> None:
        for one in shared_persons([self.charge(grant, day) for grant, day in found]):
            assert len(one.grants) > 1
            assert one.first is not None
            assert one.last is not None
            assert all(one.first <= charge.entry.booked_on <= one.last for charge in one.charges)  # type: ignore[operator]
            assert (one.last + timedelta(days=1)).day == 1
