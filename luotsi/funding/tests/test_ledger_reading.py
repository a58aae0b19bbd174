"""Reading ledger exports: columns, sums, days, faults at their rows, and speed."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.ledger_reading import Column, LedgerReading, Settings, columns_of, read_rows

FINNISH = ["Tosite", "Pvm", "Tili", "Summa", "Selite", "Kustannuspaikka", "Projekti"]


def sheet(*amounts: str) -> LedgerReading:
    return read_rows(["Tosite", "Pvm", "Summa"], [[str(n), "1.2.2024", one] for n, one in enumerate(amounts)])


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        [
            FINNISH,
            ["Verifikat", "Bokföringsdatum", "Konto", "Belopp", "Förklaring", "Kostnadsställe", "Projekt"],
            ["Voucher no", "Posting date", "Account", "Amount", "Description", "Cost centre", "Project code"],
            ["TOSITE_NRO", "KIRJAUSPVM", "TILINRO", "SUMMA (EUR)", "KIRJAUSSELITE", "KP", "HANKEKOODI"],
            ["Tositenumero", "Päivämäärä", "Tili", "Summa € netto", "Selite / teksti", "Kustannuspaikka", "Hanke"],
        ],
    )
    def test_three_languages_and_their_ways_of_writing(self, header: list[str]) -> None:
        kinds = ["voucher", "day", "account", "amount", "text", "cost_centre", "project"]
        assert columns_of(header).places == {Column(kind): place for place, kind in enumerate(kinds)}

    def test_the_name_of_an_account_is_not_its_number(self) -> None:
        assert columns_of(["Tilin nimi", "Tili"]).places == {Column.ACCOUNT_NAME: 0, Column.ACCOUNT: 1}

    def test_without_sums_nothing_is_read_and_it_says_so(self) -> None:
        found = read_rows(["Tosite", "Pvm"], [["1", "1.1.2024"]])
        assert [one.code for one in found.reasons] == ["no_amount_column"]
        assert found.rows == 0

    def test_two_columns_of_a_kind_are_told(self) -> None:
        (reason,) = columns_of(["Tosite", "Pvm", "Summa", "Määrä"]).reasons
        assert (reason.code, reason.params) == ("two_columns", {"taken": "Summa", "passed": "Määrä"})

    def test_a_person_may_say_which_is_which(self) -> None:
        said = Settings(columns={"X": Column.AMOUNT})
        found = read_rows(["Tosite", "Pvm", "X"], [["1", "1.1.2024", "5"]], said)
        assert found.total == 5
        assert found.reasons == ()


class TestSums:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("1 234,50", "1234.50"),
            ("1\u00a0234,50 €", "1234.50"),
            ("-1 234,5", "-1234.50"),
            ("1 234,50-", "-1234.50"),
            ("(1 234,50)", "-1234.50"),
            ("\u22121.234,50", "-1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234.567", "1234567.00"),
            ("1234.5600000000001", "1234.56"),
            ("+12", "12.00"),
            ("0", "0.00"),
        ],
    )
    def test_every_way_of_writing(self, cell: str, value: str) -> None:
        assert [str(one.amount) for one in sheet(cell).entries] == [value]

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("", "no_amount"),
            ("abc", "bad_amount"),
            ("1,2,3", "bad_amount"),
            ("1.234", "ambiguous_amount"),
            ("1,2345", "amount_cents"),
            ("99999999999999", "amount_too_large"),
            ("--5", "bad_amount"),
            ("=1+1", "bad_amount"),
            ("1" * 1_000_000, "bad_amount"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_its_row(self, cell: str, code: str) -> None:
        found = sheet("5", cell)
        assert [(one.row, one.code) for one in found.faults] == [(3, code)]
        assert found.total == 5

    def test_other_cells_decide_what_a_point_means(self) -> None:
        assert [one.amount for one in sheet("1.234", "5,50").entries] == [1_234, Decimal("5.50")]
        assert [one.amount for one in sheet("1,234", "5.50").entries] == [1_234, Decimal("5.50")]

    def test_cells_that_contradict_each_other_decide_nothing(self) -> None:
        found = sheet("5,50", "5.50", "1.234")
        assert [one.code for one in found.reasons] == ["mixed_marks"]
        assert [(one.row, one.code) for one in found.faults] == [(4, "ambiguous_amount")]

    def test_debit_and_credit_make_one_sum(self) -> None:
        rows = [["1", "1.1.2024", "10,00", ""], ["2", "1.1.2024", "", "4,00"], ["3", "1.1.2024", "", ""]]
        found = read_rows(["Tosite", "Pvm", "Debet", "Kredit"], rows)
        assert [one.amount for one in found.entries] == [10, -4]
        assert found.by_code == {"no_amount": 1}

    @given(st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2), st.sampled_from([" ", ".", ""]))
    def test_sums_come_back(self, amount: Decimal, mark: str) -> None:
        written = f"{abs(amount):,.2f}".replace(",", "x").replace(".", ",").replace("x", mark)
        before, after = ("-", "") if amount < 0 else ("", "")
        assert [one.amount for one in sheet(before + written + after).entries] == [amount]
        assert [one.amount for one in sheet(written + "-").entries] == [-abs(amount)]


class TestDays:
    @pytest.mark.parametrize(
        "cell",
        ["31.12.2024", "31.12.24", "2024-12-31", "2024-12-31T00:00:00", "31/12/2024", "45657", "45657.0", "20241231"],
    )
    def test_every_way_of_writing(self, cell: str) -> None:
        found = read_rows(["Tosite", "Pvm", "Summa"], [["1", cell, "5"]])
        assert [one.booked_on for one in found.entries] == [date(2024, 12, 31)]

    @pytest.mark.parametrize(("cell", "code"), [("", "no_day"), ("31.2.2024", "bad_day"), ("99999", "bad_day")])
    def test_what_is_no_day_is_told(self, cell: str, code: str) -> None:
        found = read_rows(["Tosite", "Pvm", "Summa"], [["1", cell, "5"]])
        assert [one.code for one in found.faults] == [code]

    @given(st.dates(date(1955, 1, 1), date(2119, 1, 1)))
    def test_days_of_workbooks_come_back(self, day: date) -> None:
        serial = str((day - date(1899, 12, 30)).days)
        found = read_rows(["Tosite", "Pvm", "Summa"], [["1", serial, "5"]])
        assert [one.booked_on for one in found.entries] == [day]


class TestRows:
    def test_a_total_is_told_and_not_counted(self) -> None:
        found = read_rows(FINNISH, [["1", "1.1.2024", "4000", "5,00", "", "", ""], ["Yhteensä", "", "", "5,00"]])
        assert found.total == 5
        assert found.by_code == {"total_row": 1}

    def test_repeated_rows_are_told_and_kept(self) -> None:
        row = ["1", "1.1.2024", "4000", "5,00", "x", "", ""]
        found = read_rows(FINNISH, [row, row])
        assert len(found.entries) == 2
        assert [(one.row, one.code, one.other, one.is_taken) for one in found.faults] == [(3, "repeated", 2, True)]

    def test_a_correction_finds_what_it_takes_back(self) -> None:
        rows = [["1", "1.1.2024", "4000", one, "", "", ""] for one in ("5,00", "5,00", "-5,00", "-7,00")]
        assert read_rows(FINNISH, rows).corrections == ((4, 3), (5, None))

    def test_classes_come_from_accounts(self) -> None:
        said = Settings(classes={"4": "other", "40": "staff"})
        rows = [[str(n), "1.1.2024", one, "1", "", "", ""] for n, one in enumerate(["4000", "4100", "9"])]
        found = read_rows(FINNISH, rows, said)
        assert [one.cost_class for one in found.entries] == ["staff", "other", ""]
        assert found.by_code == {"no_class": 1}

    def test_a_ledger_with_turned_signs_is_turned(self) -> None:
        found = read_rows(FINNISH, [["1", "1.1.2024", "4", "-5,00"]], Settings(is_turned=True))
        assert found.total == 5

    def test_another_currency_is_kept_apart(self) -> None:
        found = read_rows(
            ["Tosite", "Pvm", "Summa", "Valuutta"],
            [["1", "1.1.2024", "5", "SEK"], ["2", "1.1.2024", "7", ""], ["3", "1.1.2024", "7", "??"]],
        )
        assert [one.currency for one in found.entries] == ["SEK", "EUR"]
        assert found.total == 7
        assert found.by_code == {"bad_currency": 1}

    @given(st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=12))
    def test_no_row_is_lost_without_a_word(self, rows: list[list[str]]) -> None:
        found = read_rows(FINNISH, rows)
        taken = {one.row for one in found.entries}
        told = {one.row for one in found.faults if not one.is_taken}
        held = {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
        assert taken | told == held
        assert not taken & told
        assert found.rows == len(held)

    def test_a_hundred_thousand_rows_take_little_time(self) -> None:
        day = date(2024, 1, 1)
        rows = [
            [
                f"T{n}",
                f"{day + timedelta(days=n % 700):%d.%m.%Y}",
                str(4000 + n % 90),
                f"{n % 5_000},{n % 100:02}",
                "x",
            ]
            for n in range(100_000)
        ]
        began = time.process_time()
        found = read_rows(FINNISH, rows, Settings(classes={"40": "staff"}))
        assert time.process_time() - began < 10
        assert len(found.entries) == 100_000
