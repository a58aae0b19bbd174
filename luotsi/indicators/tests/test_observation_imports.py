"""Importing observations: the dry run saves nothing and names what is wrong; only clean rows become drafts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.base import uploads
from luotsi.base.sheets import SheetRefused
from luotsi.base.tests.workbook import altered, workbook
from luotsi.base.uploads import CSV, XLSX, Upload, UploadRefused
from luotsi.indicators.actions.imports import (
    ImportRefused,
    discard_import,
    run_import,
    try_import,
    undo_import,
)
from luotsi.indicators.actions.observations import submit
from luotsi.indicators.models import Observation, ObservationImport
from luotsi.indicators.queries.observation_sheet import (
    Outcome,
    Plan,
    export_rows,
    plan_now,
    template_rows,
    workbook_of,
)
from luotsi.indicators.queries.observation_sheet.values import NotReadable, number_of, period_of
from luotsi.indicators.rules.values import ObservationState
from luotsi.indicators.tests.telling import make_indicator, tell
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = ("mittari", "yksikkö", "jakso", "jaottelu", "osoittaja", "nimittäjä", "arvo", "lähde")
SCHOOL, OTHER = "kapytikan-esimerkkikoulu", "saukon-esimerkkikoulu"


@pytest.fixture(autouse=True)
def share(cast: Cast) -> None:
    """The indicator that the files tell of."""
    make_indicator("share", cast.region, dimensions=("language",))


def row(unit: str = SCHOOL, period: object = "2024", **given: object) -> list[object]:
    """Return a row of a file: 30 of 40 unless said otherwise."""
    usual: dict[str, object] = {"mittari": "share", "yksikkö": unit, "jakso": period, "osoittaja": 30, "nimittäjä": 40}
    cells = usual | given
    return [cells.get(name) for name in HEAD]


def read(cast: Cast, rows: Sequence[Sequence[Any]], **how: Any) -> ObservationImport:
    """Send a workbook for a dry run."""
    data = workbook(("Luvut", [HEAD, *rows]), **how)
    return try_import(scope=cast.tampere, upload=Upload(XLSX, "luvut.xlsx", data, "0" * 64), by=cast.bilal)


def told(plan: Plan) -> list[tuple[str, str]]:
    """Return the cells that keep rows out, and why."""
    return [(problem.cell, problem.message) for problem in plan.problems if not problem.note]


class TestTrying:
    def test_it_says_what_would_happen_and_enters_none_of_it(self, cast: Cast) -> None:
        plan = plan_now(read(cast, [row(), row(OTHER)]))
        assert [one.outcome for one in plan.rows] == [Outcome.NEW, Outcome.NEW]
        assert not Observation.objects.exists()

    @pytest.mark.parametrize(
        ("bad", "cell", "why"),
        [
            ({"mittari": "nothing"}, "A2", "no indicator"),
            ({"yksikkö": "nowhere"}, "B2", "no unit"),
            ({"yksikkö": "nokia"}, "B2", "no unit"),
            ({"osoittaja": "noin 30"}, "E2", "is no number"),
            ({"osoittaja": "1.234", "nimittäjä": 2000}, "E2", "thousands"),
            ({"osoittaja": 50}, "E2", "larger than the denominator"),
            ({"osoittaja": -1}, "E2", "negative"),
            ({"nimittäjä": 0}, "F2", "more than zero"),
            ({"arvo": 80}, "G2", "make"),
            ({"jakso": "soon"}, "C2", "no period"),
            ({"jakso": "2024-13"}, "C2", "no period"),
            ({"jakso": "2999"}, "C2", "not begun"),
            ({"jakso": "2019"}, "C2", "not valid"),
            ({"jakso": "2024-25"}, "C2", "another kind"),
            ({"jaottelu": "gender=f"}, "D2", "not split"),
            ({"jaottelu": "sv"}, "D2", "language=sv"),
            ({"osoittaja": None, "nimittäjä": None}, "2", "Give a figure"),
        ],
    )
    def test_it_names_the_cell_and_what_is_wrong(
        self, cast: Cast, bad: dict[str, object], cell: str, why: str
    ) -> None:
        plan = plan_now(read(cast, [row(**bad), row(OTHER)]))  # type: ignore[arg-type]
        assert [one.outcome for one in plan.rows] == [Outcome.ERROR, Outcome.NEW]
        assert any(place == cell and why in message for place, message in told(plan)), told(plan)

    def test_days_in_the_wrong_order_are_an_error(self, cast: Cast) -> None:
        text = "mittari;yksikkö;alkaa;päättyy;osoittaja;nimittäjä\n"
        text += f"share;{SCHOOL};31.12.2024;1.1.2024;3;4\nshare;{OTHER};1.1.2024;31.12.2024;3;4\n"
        found = try_import(scope=cast.tampere, upload=Upload(CSV, "a.csv", text.encode(), "0" * 64), by=None)
        plan = plan_now(found)
        assert [one.outcome for one in plan.rows] == [Outcome.ERROR, Outcome.NEW]
        assert told(plan)[0][0] == "D2"

    def test_the_same_figure_twice_in_the_file_is_an_error(self, cast: Cast) -> None:
        plan = plan_now(read(cast, [row(), row(osoittaja=31)]))
        assert [one.outcome for one in plan.rows] == [Outcome.NEW, Outcome.ERROR]

    def test_a_figure_that_is_there_is_left_alone_and_another_is_an_error(self, cast: Cast) -> None:
        from luotsi.indicators.models import Indicator

        indicator = Indicator.objects.get(key="share")
        tell(indicator, cast.school, "2024", 30, 40)
        tell(indicator, cast.other_school, "2024", 30, 40)
        plan = plan_now(read(cast, [row(), row(OTHER, osoittaja=29)]))
        assert [one.outcome for one in plan.rows] == [Outcome.SAME, Outcome.ERROR]

    def test_parts_that_do_not_make_the_total_are_an_error_of_the_total(self, cast: Cast) -> None:
        parts = [
            row(jaottelu="language=fi", osoittaja=20, nimittäjä=25),
            row(jaottelu="language=sv", osoittaja=9, nimittäjä=15),
        ]
        plan = plan_now(read(cast, [row(), *parts]))
        assert [one.outcome for one in plan.rows] == [Outcome.ERROR, Outcome.NEW, Outcome.NEW]
        assert told(plan)[0][0] == "E2"

    def test_merged_cells_are_an_error_and_formulas_are_noted(self, cast: Cast) -> None:
        def change(book: Any) -> None:
            sheet = book.worksheets()[0]
            sheet.write_formula("E2", "=15*2", None, 30)
            sheet.merge_range("F3:F4", 40)

        plan = plan_now(read(cast, [row(), row(OTHER), row(OTHER, "2023")], change=change))
        assert [one.outcome for one in plan.rows] == [Outcome.NEW, Outcome.ERROR, Outcome.ERROR]
        assert next((problem.cell, problem.note) for problem in plan.problems) == ("E2", True)
        assert {cell for cell, _why in told(plan)} == {"F3", "F4"}

    def test_it_reads_windows_letters_semicolons_and_decimal_commas(self, cast: Cast) -> None:
        text = "mittari;yksikkö;jakso;arvo;lähde\nshare;Käpytikan esimerkkikoulu;2024;79,5 %;Käsin\n"
        upload = Upload(CSV, "luvut.csv", text.encode("cp1252"), "0" * 64)
        planned = plan_now(try_import(scope=cast.tampere, upload=upload, by=None)).rows[0]
        assert planned.outcome is Outcome.NEW
        assert planned.figures is not None
        assert (planned.figures.value, planned.figures.source) == (Decimal("79.5"), "Käsin")

    def test_a_file_without_the_columns_is_refused(self, cast: Cast) -> None:
        with pytest.raises(ImportRefused):
            try_import(scope=cast.tampere, upload=Upload(CSV, "a.csv", b"mittari;nimi\na;b\n", "0" * 64), by=None)
        with pytest.raises(SheetRefused):
            try_import(scope=cast.tampere, upload=Upload(CSV, "a.csv", b"x;y\n1;2\n", "0" * 64), by=None)

    def test_a_million_rows_and_a_bomb_are_refused_before_they_are_opened(self, cast: Cast) -> None:
        many = "mittari;yksikkö;jakso;osoittaja;nimittäjä\n" + "share;a;2024;1;2\n" * 60_000
        with pytest.raises(SheetRefused):
            try_import(scope=cast.tampere, upload=Upload(CSV, "a.csv", many.encode(), "0" * 64), by=None)
        bomb = altered(workbook(("Luvut", [HEAD])), "xl/bomb.xml", b"0" * (300 * 1024 * 1024))
        with pytest.raises(UploadRefused):
            uploads.read(SimpleUploadedFile("bomb.xlsx", bomb), kinds=frozenset({XLSX}))
        assert not ObservationImport.objects.exists()


class TestRunning:
    def test_clean_rows_become_drafts_and_the_others_nothing(self, cast: Cast) -> None:
        found = run_import(found=read(cast, [row(), row(OTHER, osoittaja=50)]), expected=1, by=cast.bilal)
        draft = Observation.objects.get()
        assert (draft.unit, draft.state, draft.entered_by) == (cast.school, ObservationState.DRAFT, cast.bilal)
        assert [draft.value, draft.persons] == [75, 40]
        assert found.created == 1

    def test_it_refuses_when_something_has_changed_since_the_dry_run(self, cast: Cast) -> None:
        found = read(cast, [row(), row(OTHER)])
        with pytest.raises(ImportRefused):
            run_import(found=found, expected=1, by=None)
        assert not Observation.objects.exists()

    def test_it_refuses_a_second_time_and_after_it_was_discarded(self, cast: Cast) -> None:
        found = read(cast, [row()])
        run_import(found=found, expected=1, by=None)
        with pytest.raises(ImportRefused):
            run_import(found=found, expected=1, by=None)
        other = read(cast, [row(OTHER)])
        discard_import(found=other, by=None)
        with pytest.raises(ImportRefused):
            run_import(found=other, expected=1, by=None)

    def test_undoing_takes_the_drafts_away_but_not_what_was_handed_over(self, cast: Cast) -> None:
        found = run_import(found=read(cast, [row(), row(OTHER)]), expected=2, by=None)
        handed = submit(observation=Observation.objects.get(unit=cast.school), by=None)
        assert undo_import(found=found, by=None) == 1
        assert list(Observation.objects.all()) == [handed]


class TestTheTemplate:
    def test_it_comes_back_as_it_left(self, cast: Cast) -> None:
        from luotsi.indicators.models import Indicator

        indicators = list(Indicator.objects.all())
        rows = list(template_rows(indicators, cast.tampere))
        assert {one[1] for one in rows} == {SCHOOL, OTHER}
        data = workbook_of(rows, cast.tampere, indicators)
        upload = uploads.read(SimpleUploadedFile("t.xlsx", data), kinds=frozenset({XLSX}))
        plan = plan_now(try_import(scope=cast.tampere, upload=upload, by=None))
        assert {one.unit.key for one in plan.rows if one.unit} == {SCHOOL, OTHER}
        assert all(one.period is not None for one in plan.rows)

    def test_what_was_exported_changes_nothing_when_it_is_imported(self, cast: Cast) -> None:
        from luotsi.indicators.models import Indicator

        indicators = list(Indicator.objects.all())
        tell(indicators[0], cast.school, "2024", 30, 40)
        tell(indicators[0], cast.school, "2023", 7, 40, language="sv")
        data = workbook_of(export_rows(Observation.objects.all()), cast.tampere, indicators)
        upload = uploads.read(SimpleUploadedFile("t.xlsx", io.BytesIO(data).getvalue()), kinds=frozenset({XLSX}))
        plan = plan_now(try_import(scope=cast.tampere, upload=upload, by=None))
        assert [one.outcome for one in plan.rows] == [Outcome.SAME, Outcome.SAME]


class TestReading:
    @pytest.mark.parametrize(
        ("text", "number"),
        [("1 234,5", "1234.5"), ("79,5 %", "79.5"), ("−3", "-3"), ("0", "0"), ("1234.5", "1234.5"), ("3e2", "300")],
    )
    def test_numbers_as_people_write_them(self, text: str, number: str) -> None:
        assert number_of(text) == Decimal(number)

    @pytest.mark.parametrize("text", ["noin 3", "1.234", "1,234", "NaN", "", "1..2", "=1+1"])
    def test_what_is_no_number_is_never_guessed(self, text: str) -> None:
        with pytest.raises(NotReadable):
            number_of(text)

    @pytest.mark.parametrize(
        ("text", "kind", "key"),
        [
            ("11/2026", "month", "2026-11"),
            ("2026-11-01", "month", "2026-11"),
            ("20.9.2026", "school_year", "2026-09-20"),
            ("1.8.2026", "school_year", "2026-27"),
            ("2026–2027", "school_year", "2026-27"),
            ("2026", "year", "2026"),
            ("2010-2011", "school_year", "2010-2011"),
        ],
    )
    def test_periods_as_people_and_spreadsheets_write_them(self, text: str, kind: str, key: str) -> None:
        assert period_of(text, kind).key == key
