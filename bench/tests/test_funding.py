"""What is measured is what it says: a real application in which the rules find something, told with its goals."""

from __future__ import annotations

from bench import funding, imported, ledgers, letters, portfolio, received
from luotsi.funding.rules.checks import check


class TestTheApplications:
    def test_the_rules_find_what_is_wrong_with_each(self) -> None:
        call, register = funding.the_call(), funding.the_register()
        for number in (0, 1, 999):
            application = funding.read(funding.variant(funding.packaged("application"), number))
            found = {one.rule for one in check(application, call, register, funding.TODAY)}
            assert {"M2", "M4", "M8", "D4", "T1", "T2", "T3", "T4", "T6"} <= found

    def test_no_two_are_alike(self) -> None:
        data = funding.packaged("application")
        assert funding.variant(data, 1) != funding.variant(data, 2) != data

    def test_the_figures_are_told_with_their_goal(self) -> None:
        told = "\n".join(funding.lines(funding.checks(repeat=1, many=2) | letters.measure(2)))
        assert "| ≤ 50 ms |" in told
        assert "as PDF/UA-1, 2 of them" in told
        assert "applications read and checked, 2 of them" in told
        slow = {"findings": 1, "many": 1_000, "check_ms": 51.0, "many_s": 20.5}
        assert "\n".join(funding.lines(slow)).count("missed") == 2


class TestTheLedger:
    def test_both_read_the_same_rows_and_only_one_tells_what_was_left_out(self) -> None:
        found = ledgers.measure(3_000)
        assert (found["ledger_rows"], found["ledger_entries"], found["ledger_faults"]) == (3_000, 2_997, 3)
        assert found["duckdb_lost"] == 3

    def test_what_is_imported_on_the_pages_are_the_rows_without_a_fault(self) -> None:
        found = imported.measure(2_000)
        assert found["import_entries"] == 1_998
        assert all(found[name] > 0 for name in ("import_s", "import_cpu_s", "spending_s"))


class TestThePortfolio:
    def test_the_page_that_is_measured_holds_the_grants(self) -> None:
        found = portfolio.measure(repeat=2, grants=120)
        assert found["grants"] == 120
        assert all(found[f"{view}_{kind}"] > 0 for view in portfolio.VIEWS for kind in ("ms", "cpu_ms", "queries"))
        assert found["page_queries"] <= found["found_queries"] <= 20
        assert "| the portfolio page of 120 grants |" in "\n".join(funding.lines({"findings": 1, "many": 1, **found}))


class TestTheFunder:
    def test_the_pages_that_are_measured_hold_the_applications_and_their_points(self) -> None:
        found = received.measure(count=60, repeat=1)
        assert (found["received"], found["scores"]) == (60, 60 * received.SCORERS * len(received.WEIGHTS))
        assert all(0 < found[f"{page}_queries"] <= 25 for page in received.PAGES)
        told = "\n".join(funding.lines({"findings": 1, "many": 1, **found}))
        assert "| the list of an own call with 60 applications |" in told
