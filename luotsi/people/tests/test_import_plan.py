"""The plan of an import: every row gets one outcome, errors name row and cell, the order of rows does not matter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.sheets import read_table
from luotsi.base.uploads import CSV, Upload
from luotsi.people.queries.import_plan import (
    FIELDS,
    Known,
    Outcome,
    Plan,
    World,
    field_of,
    plan_of,
    reasons_to_refuse,
    sheet_of,
    titles,
)
from luotsi.people.queries.import_plan.columns import is_known
from luotsi.people.queries.import_plan.sheet import from_json, to_json
from luotsi.people.queries.import_plan.values import day_of
from luotsi.people.rules import OID, Kind

LONG_AGO = date(2010, 1, 1)
TODAY = date(2026, 11, 23)
REGION = Known("seutu", Kind.REGION, "", name_fi="Seutu", valid_from=LONG_AGO)
TAMPERE = Known("tampere", Kind.PROVIDER, "seutu", name_fi="Tampere", municipality_number="837", valid_from=LONG_AGO)
ORIVESI = Known("orivesi", Kind.PROVIDER, "seutu", name_fi="Orivesi", municipality_number="562", valid_from=LONG_AGO)
SCHOOL = Known("koulu", Kind.INSTITUTION, "tampere", name_fi="Koulu", institution_number="99001", valid_from=LONG_AGO)
WORLD = World(
    scope=REGION,
    units=(REGION, TAMPERE, ORIVESI, SCHOOL),
    municipalities=frozenset({"837", "562", "091", "536"}),
    types={"11": "11", "peruskoulut": "11"},
    taken=frozenset({("institution_number", "88888"), ("municipality_number", "091")}),
    today=TODAY,
)


def plan(text: str, world: World = WORLD) -> Plan:
    table = read_table(Upload(CSV, "a.csv", text.encode(), ""), knows=is_known)
    assert not reasons_to_refuse(table)
    return plan_of(sheet_of(table), world)


def problems(text: str, world: World = WORLD) -> list[tuple[str, str]]:
    return [(f"{problem.column}{problem.number}", problem.message) for problem in plan(text, world).problems]


class TestRecognisingColumns:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_every_heading_of_the_template_is_recognised(self, language: str) -> None:
        assert [field_of(heading) for heading in titles(language).values()] == list(FIELDS)

    @pytest.mark.parametrize("name", FIELDS)
    def test_snake_case_and_marks_are_recognised(self, name: str) -> None:
        assert field_of(name) == field_of(f"{name.upper()} *") == name

    def test_two_columns_with_one_meaning_are_refused(self) -> None:
        table = read_table(Upload(CSV, "a.csv", b"nimi;name\na;b\n", ""), knows=is_known)
        assert reasons_to_refuse(table) == ["The columns A, B mean the same thing. Keep one of them."]


class TestPlanningRows:
    def test_a_new_school_stands_under_the_provider_named_in_any_way(self) -> None:
        for parent in ("tampere", "837"):
            row = plan(f"laji;nimi;yläyksikkö\nkoulu;Uusi;{parent}\n").rows[0]
            assert (row.outcome, row.kind, row.parent_key) == (Outcome.NEW, Kind.INSTITUTION, "tampere")
            assert row.values == {"name_fi": "Uusi", "valid_from": TODAY}

    def test_a_school_without_a_parent_goes_to_the_provider_of_its_municipality(self) -> None:
        row = plan("nimi;oppilaitosnumero;kuntanumero\nUusi;3041;562\n").rows[0]
        assert (row.outcome, row.parent_key) == (Outcome.NEW, "orivesi")
        assert row.values is not None
        assert row.values["institution_number"] == "03041"

    def test_a_known_unit_is_found_by_its_code_and_only_filled_cells_change_it(self) -> None:
        row = plan("institution number;name in Finnish;name in Swedish\n99001;;Skola\n").rows[0]
        assert (row.outcome, row.key) == (Outcome.CHANGED, "koulu")
        assert [(change.field, change.before, change.after) for change in row.changes] == [("name_sv", "", "Skola")]

    def test_the_same_again_changes_nothing(self) -> None:
        row = plan("kind;nimi;parent\nkoulu;KOULU;tampere\n").rows[0]
        assert row.key == "koulu"
        row = plan("kind;nimi;parent\nkoulu;Koulu;tampere\n").rows[0]
        assert row.outcome == Outcome.UNCHANGED

    def test_a_parent_may_come_later_in_the_same_file(self) -> None:
        done = plan("kind;name;parent;institution number\ngroup;4A;99005;\nschool;New;837;99005\n")
        assert [row.outcome for row in done.rows] == [Outcome.NEW, Outcome.NEW]
        assert [row.title for row in done.new_from_the_top] == ["New", "4A"]
        assert done.rows[0].parent_row == 3


class TestFindingErrors:
    @pytest.mark.parametrize(
        ("text", "cell", "words"),
        [
            ("kind;name;parent\nschool;A;elsewhere\n", "C2", "no such unit"),
            ("kind;name;parent\nschool;A;koulu\n", "C2", "cannot stand under Koulu"),
            ("kind;name;parent\ngroup;A;tampere\n", "C2", "cannot stand under Tampere"),
            ("kind;name;parent\ncastle;A;tampere\n", "A2", "kind is not known"),
            ("kind;name;parent\n;A;tampere\n", "2", "kind is missing"),
            ("kind;name;parent\nschool;;tampere\n", "2", "name is missing"),
            ("kind;name\nschool;A\n", "2", "Write the unit above"),
            ("kind;name;kuntanumero\nschool;A;999\n", "C2", "no municipality"),
            ("kind;name;kuntanumero\nschool;A;536\n", "C2", "no education provider"),
            ("kind;name;kuntanumero\nprovider;Helsinki;91\n", "C2", "Another unit in Luotsi"),
            ("kind;name;parent;institution number\nschool;A;837;88888\n", "D2", "Another unit in Luotsi"),
            ("kind;name;parent;institution number\nschool;A;837;12\n", "D2", "five digits"),
            ("kind;name;parent;institution type\nschool;A;837;77\n", "D2", "no type"),
            ("kind;name;parent;oid\nschool;A;837;1.2.3\n", "D2", "Write the OID"),
            ("kind;name;parent;valid from\nschool;A;837;31.2.2026\n", "D2", "cannot be read"),
            ("kind;name;parent;valid from;valid to\nschool;A;837;1.8.2026;1.7.2026\n", "E2", "before the first"),
            ("kind;name;parent;valid from\nschool;A;837;1.1.1999\n", "D2", "before the unit above"),
            ("kind;name;parent;institution type\ngroup;A;99001;11\n", "D2", "Only an institution"),
            ("kind;name\nregion;A\n", "A2", "city region cannot be added"),
            ("institution number;parent\n99001;562\n", "B2", "does not move"),
            ("key;name\nnothing;A\n", "A2", "no such unit"),
            ("kind;institution number\ngroup;99001\n", "A2", "another kind"),
            ("municipality number;kind;valid to\n837;provider;1.1.2026\n", "C2", "End these first"),
            ("kind;name;parent\nschool;A;837;extra\n", "D2", "no heading"),
        ],
    )
    def test_it_names_the_cell_and_says_what_is_wrong(self, text: str, cell: str, words: str) -> None:
        found = problems(text)
        assert cell in [place for place, _message in found], found
        assert any(words in message for place, message in found if place == cell), found

    def test_doubles_in_the_file_point_to_each_other(self) -> None:
        found = problems("kind;name;parent;institution number\nschool;A;837;99005\nschool;B;837;99005\n")
        assert found == [
            ("D2", "The same unit is also on row 3."),
            ("D3", "The same unit is also on row 2."),
        ]

    def test_a_row_below_an_erroneous_row_is_an_error_too(self) -> None:
        done = plan("kind;name;parent;institution number\nschool;;837;99005\ngroup;4A;99005;\n")
        assert [row.outcome for row in done.rows] == [Outcome.ERROR, Outcome.ERROR]
        assert "row 2, which has an error" in done.rows[1].problems[0].message

    def test_a_unit_beyond_reach_looks_like_none(self) -> None:
        beyond = problems("kind;name;parent\nschool;A;091\n")
        nowhere = problems("kind;name;parent\nschool;A;nowhere\n")
        assert [message for _cell, message in beyond] == [message for _cell, message in nowhere]


NATIONAL = "lukuvuosi,opetuksen_jarjestaja,oppilaitos,koodit_opetuksen_jarjestaja,koodit_oppilaitos\n"


class TestTheNationalList:
    def test_the_newest_row_of_each_school_counts_and_others_are_left_out(self) -> None:
        table = read_table(
            Upload(
                CSV,
                "a.csv",
                (
                    NATIONAL
                    + "2023/2024,Tampereen kaupunki,Vanha nimi,0000000-0,99007\n"
                    + "2024/2025,Tampereen kaupunki,Uusi nimi,0000000-0,99007\n"
                    + "2024/2025,Oriveden kaupunki,Toinen,0000000-0,99008\n"
                    + "2024/2025,Turun kaupunki,Muualla,0000000-0,99009\n"
                    + "2024/2025,Tampereen kaupunki,Koulu,0000000-0,99001\n"
                ).encode(),
                "",
            ),
            knows=is_known,
        )
        sheet = sheet_of(table)
        done = plan_of(sheet, WORLD)
        assert (sheet.national, sheet.repeated, done.outside) == (True, 1, 1)
        assert [(row.title, row.outcome, row.parent_key) for row in done.rows] == [
            ("Uusi nimi", Outcome.NEW, "tampere"),
            ("Toinen", Outcome.NEW, "orivesi"),
            ("Koulu", Outcome.UNCHANGED, "tampere"),
        ]
        assert (done.rows[0].values or {})["valid_from"] == date(2024, 8, 1)


class TestDays:
    @pytest.mark.parametrize("text", ["1.8.2026", "01.08.2026", "2026-08-01", "2026-08-01 00:00:00", "2026-8-1"])
    def test_they_are_read_in_finnish_and_international_order(self, text: str) -> None:
        assert day_of(text) == date(2026, 8, 1)

    @pytest.mark.parametrize("text", ["8/1/2026", "1.13.2026", "46235", "tomorrow", "1.8.26", "0001-01-01"])
    def test_what_could_mean_two_things_is_not_read(self, text: str) -> None:
        assert day_of(text) is None


CODES = st.sampled_from(["", "837", "562", "091", "99001", "99005", "99006", "1.2.246.562.10.12345678901"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(["provider", "school", "group", "region", "nonsense"]),
            "name_fi": st.sampled_from(["A", "B", "Koulu", "Tampere"]),
            "parent": st.sampled_from(["tampere", "koulu", "seutu", "99005", "99006", "nowhere"]),
            "municipality_number": CODES,
            "institution_number": CODES,
            "oid": CODES,
            "valid_from": st.sampled_from(["1.8.2026", "1.8.1999", "x"]),
            "valid_to": st.sampled_from(["31.7.2027", "31.7.2000"]),
        },
    ),
    min_size=1,
    max_size=8,
)


class TestAnyFile:
    @given(ROWS)
    def test_every_row_is_clean_or_says_why_not_and_survives_being_kept(self, rows: list[dict[str, str]]) -> None:
        text = ";".join(FIELDS) + "\n"
        text += "".join(";".join(row.get(name, "") for name in FIELDS) + "\n" for row in rows)
        table = read_table(Upload(CSV, "a.csv", text.encode(), ""), knows=is_known)
        sheet = sheet_of(table)
        assert from_json(to_json(sheet)) == sheet
        done = plan_of(sheet, WORLD)
        assert len(done.rows) == len(table.rows)
        for row in done.rows:
            assert (row.outcome == Outcome.ERROR) == bool(row.problems)
            if row.outcome == Outcome.NEW:
                assert row.kind
                assert row.parent_key or row.parent_row
                assert row.title
                assert (row.values or {})["valid_from"]

    @given(ROWS)
    def test_the_parents_of_new_rows_come_first(self, rows: list[dict[str, str]]) -> None:
        text = ";".join(FIELDS) + "\n"
        text += "".join(";".join(row.get(name, "") for name in FIELDS) + "\n" for row in rows)
        done = plan_of(sheet_of(read_table(Upload(CSV, "a.csv", text.encode(), ""), knows=is_known)), WORLD)
        seen: set[int] = set()
        for row in done.new_from_the_top:
            assert not row.parent_row or row.parent_row in seen
            seen.add(row.number)

    @given(st.from_regex(OID, fullmatch=True))
    def test_an_oid_of_the_right_form_is_taken(self, oid: str) -> None:
        row = plan(f"kind;name;parent;oid\nschool;A;837;{oid}\n").rows[0]
        assert row.outcome == Outcome.NEW
