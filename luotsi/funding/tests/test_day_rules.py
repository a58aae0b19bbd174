"""The rules of days: periods, deadlines to the second, decisions and reports, on random days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.checks import Finding, Severity
from luotsi.funding.tests.budgets import Json, a_call, an_application, an_area, codes, found_in, of_rule, put

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
CLOSES = {"on": "2026-11-26", "time": "16:15", "zone": "Europe/Helsinki"}


def app(**more: Any) -> Json:
    """Return a sound application of one area."""
    return an_application([an_area("a", [1_000], 900)], **more)


def days(data: Json, of: Json | None = None, **more: Any) -> list[Finding]:
    """Return what the rules of days find."""
    return of_rule(found_in(data, of or a_call(), **more), *(f"D{number}" for number in range(1, 9)))


def used(start: date | None, end: date | None) -> Json:
    """Return a sound application with this period of use."""
    period = {"start_on": start and start.isoformat(), "end_on": end and end.isoformat()}
    return put(app(), "/areas/0/period", period)


class TestPeriods:
    @given(DAYS, DAYS)
    def test_it_is_reversed_exactly_when_it_ends_before_it_begins(self, start: date, end: date) -> None:
        found = of_rule(days(used(start, end)), "D1")
        assert codes(found) == (["D1.reversed"] if end < start else [])
        for one in found:
            first, second = one.params["first"], one.params["second"]
            assert one.params["days"] == (start - end).days
            assert isinstance(first, date)
            assert isinstance(second, date)
            assert start <= first < second <= start + timedelta(days=731)

    @given(DAYS, DAYS, DAYS, DAYS)
    def test_it_lies_in_that_of_the_call(self, start: date, end: date, first: date, last: date) -> None:
        of = a_call(period={"start_on": first.isoformat(), "end_on": last.isoformat()})
        found = set(codes(of_rule(days(used(start, end), of), "D2")))
        assert ("D2.too_early" in found) == (start < first)
        assert ("D2.too_late" in found) == (end > last)

    @pytest.mark.parametrize(
        ("start", "end", "code"),
        [(None, date(2027, 1, 1), "D1.no_start"), (date(2027, 1, 1), None, "D1.no_end"), (None, None, "D1.no_start")],
    )
    def test_a_day_that_is_missing_is_told(self, start: date | None, end: date | None, code: str) -> None:
        assert codes(days(used(start, end))) == [code]

    def test_no_period_at_all(self) -> None:
        assert codes(days(put(app(), "/areas/0/period", None))) == ["D1.no_period"]

    def test_one_for_the_whole_is_enough(self) -> None:
        data = put(app(), "/areas/0/period", None) | {"period": {"start_on": "2027-01-01", "end_on": "2027-12-31"}}
        assert days(data) == []

    def test_areas_have_the_same_or_say_why(self) -> None:
        data = an_application([an_area("a", [1_000], 900), an_area("b", [2_000], 1_800)])
        other = put(data, "/areas/1/period/end_on", "2028-12-31")
        assert codes(days(other)) == ["D4.differ"]
        assert days(put(other, "/areas/1/period/explanation", "Rakennus valmistuu myöhemmin.")) == []
        assert codes(days(put(data, "/areas/1/period", None))) == ["D4.missing_with_sum"]


class TestDeadlines:
    @pytest.mark.parametrize(
        ("handed", "code"),
        [
            ("2026-11-26T16:15:00+02:00", None),
            ("2026-11-26T14:15:00+00:00", None),
            ("2026-11-26T16:15:01+02:00", "D3.late"),
            ("2026-11-26T16:15:00.000001+02:00", "D3.late"),
        ],
    )
    def test_the_moment_itself_is_in_time_and_a_second_later_is_not(self, handed: str, code: str | None) -> None:
        assert codes(days(app(handed_in_at=handed), a_call(closes=CLOSES))) == ([code] if code else [])

    @given(st.integers(-(10**6), 10**6), st.sampled_from(["UTC", "Europe/Helsinki", "Asia/Tokyo"]))
    def test_it_is_late_exactly_after_the_moment_in_whatever_zone(self, seconds: int, zone: str) -> None:
        end = datetime(2026, 11, 26, 16, 15, tzinfo=ZoneInfo("Europe/Helsinki"))
        handed = (end.astimezone(ZoneInfo("UTC")) + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone))
        found = of_rule(days(app(handed_in_at=handed.isoformat()), a_call(closes=CLOSES)), "D3")
        assert [one.params["late"] for one in found] == ([seconds] if seconds > 0 else [])

    def test_a_deadline_without_a_time_is_told_and_ends_with_its_day(self) -> None:
        of = a_call(closes=CLOSES | {"time": None})
        late = [("2026-11-26T23:59:59+02:00", []), ("2026-11-27T00:00:00+02:00", ["D3.late_day"])]
        for handed, more in late:
            assert codes(days(app(handed_in_at=handed), of)) == [*more, "D3.no_time"]

    def test_before_it_opens_is_too_early(self) -> None:
        of = a_call(closes=CLOSES, opens=CLOSES | {"on": "2026-11-01", "time": "08:00"})
        assert codes(days(app(handed_in_at="2026-11-01T07:59:59+02:00"), of)) == ["D3.early"]

    @pytest.mark.parametrize(("today", "found"), [(date(2026, 11, 26), []), (date(2026, 11, 27), ["D3.closed"])])
    def test_what_was_not_handed_in_when_the_call_closed_is_told(self, today: date, found: list[str]) -> None:
        assert codes(days(app(), a_call(closes=CLOSES), today=today)) == found


class TestReportsAndChanges:
    @given(DAYS)
    def test_a_final_report_is_due_after_the_end(self, due: date) -> None:
        of = a_call(
            reports=[{"kind": "final", "due_on": due.isoformat()}, {"kind": "interim", "due_on": "2000-01-01"}]
        )
        assert codes(days(app(), of)) == (["D5.before_end"] if due < date(2027, 12, 31) else [])

    @given(DAYS, st.integers(0, 100))
    def test_changes_are_asked_for_as_many_days_before_the_end_as_the_call_says(self, made: date, before: int) -> None:
        end = date(2027, 12, 31)
        found = codes(days(app(change_requests=[{"made_on": made.isoformat()}]), a_call(change_days=before)))
        late = made > end - timedelta(days=before)
        assert found == (["D6.after_end"] if made > end else ["D6.too_late"] if late else [])


class TestDecisions:
    def test_a_refusal_needs_a_day_and_reasons_and_a_grant_only_a_day(self) -> None:
        refused = app(outcome={"result": "refused", "decided_on": None})
        assert codes(days(refused)) == ["D7.no_day", "D7.no_reasons"]
        granted = app(outcome={"result": "granted", "decided_on": None, "sum": 9})
        assert codes(days(granted)) == ["D7.no_day"]

    @given(DAYS)
    def test_it_is_of_a_day_between_deadline_and_end(self, day: date) -> None:
        data = app(outcome={"result": "granted", "decided_on": day.isoformat(), "sum": 9})
        found = set(codes(days(data, a_call(closes=CLOSES))))
        assert ("D7.before_deadline" in found) == (day < date(2026, 11, 26))
        assert ("D7.after_end" in found) == (day > date(2027, 12, 31))

    def test_its_sums_fit_each_other(self) -> None:
        outcome = {"result": "granted", "decided_on": "2026-12-01", "sum": 10, "percent": 90, "total_cost": 11}
        assert codes(days(app(outcome=outcome))) == ["D7.more_than_applied", "D7.over_percent"]

    @pytest.mark.parametrize(
        ("decision", "code"),
        [
            ({"kind": "noted"}, "D8.only_noted"),
            ({"kind": "decided", "committed": "0.99"}, "D8.short"),
            ({"kind": "decided", "committed": 1}, None),
            ({"kind": "changed", "committed": 1}, None),
            ({"kind": "decided", "committed": 1, "decided_on": "2026-11-27"}, "D8.after_deadline"),
            ({"kind": "decided", "committed": 1, "decided_on": None}, "D8.no_day"),
            ({"kind": "decided", "committed": 1, "section": ""}, "D8.no_section"),
        ],
    )
    def test_the_own_share_is_committed_only_by_deciding(self, decision: Json, code: str | None) -> None:
        told = {"body": "Lautakunta", "decided_on": "2026-11-26", "section": "4"} | decision
        found = days(app(decisions=[told]), a_call(closes=CLOSES))
        assert codes(found) == ([code] if code else [])

    def test_no_decision_and_not_knowing_of_one_differ(self) -> None:
        assert [(one.code, one.severity) for one in days(app(decisions=[]))] == [("D8.none", Severity.WARN)]
        assert [(one.code, one.severity) for one in days(app(decisions=None))] == [("D8.not_told", Severity.INFO)]

    @given(st.integers(1, 10**9), st.integers(1, 60))
    def test_an_own_share_that_is_not_told_follows_from_the_call(self, euros: int, percent: int) -> None:
        data = put(app(decisions=[]), "/areas/0/financing", [{"kind": "grant", "amount": euros}])
        found = of_rule(days(data, a_call(share={"percent": percent, "base": "total_cost"})), "D8")
        own = -(-euros * 100 // (100 - percent)) - euros
        assert [one.found for one in found] == [own]
