"""Sheets of groups and hours away: who is where from when, what was known of hours when, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.actions.intake import IntakeRefused, take_in
from luotsi.learning.actions.intake.sorting import digest_of
from luotsi.learning.engine.deliveries import Document, Place, Sheet
from luotsi.learning.models import Absence, Learner, Placement, StudyImport
from luotsi.learning.rules.study_sheets import HOURS, column_of, columns_of, day_in, rows_of, week_in
from luotsi.learning.tests import documents
from luotsi.learning.tests.documents import LEARNER, SCHOOL, TODAY
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit

EARLIER = date(2026, 11, 2)


@pytest.fixture
def college(cast: Cast) -> Cast:
    """The cast, whose school has the OID of the documents and one learner."""
    cast.school.oid = SCHOOL
    cast.school.save(update_fields=["oid"])
    take_in(
        unit=cast.tampere,
        filename="koski.json",
        contents=[Document(Place("koski.json"), documents.vocational(), "")],
        extract_on=date(2026, 9, 1),
        by=None,
    )
    return cast


@pytest.fixture
def groups(college: Cast) -> tuple[Unit, Unit]:
    """Two groups of the school."""
    return make_unit(Kind.GROUP, college.school, "Auto 24"), make_unit(Kind.GROUP, college.school, "Auto 25")


def bring(cast: Cast, *lines: str, on: date = TODAY) -> StudyImport:
    """Take a sheet in."""
    sheet = Sheet("taulu.csv", "\n".join(lines).encode())
    return take_in(unit=cast.tampere, filename="taulu.csv", contents=[sheet], extract_on=on, by=None)


def faults_of(cast: Cast, *lines: str) -> list[tuple[int, str, str]]:
    """Return (row, column, code) of each fault of a sheet that is refused."""
    with pytest.raises(IntakeRefused) as refused:
        bring(cast, *lines)
    return [(one["line"], one["at"], one["code"]) for one in refused.value.faults]


class TestGroups:
    HEAD = "oid;group;since;until"

    def test_a_learner_is_in_the_group_from_then_on(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        done = bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2026-08-10;")
        placement = Placement.objects.get()
        assert (placement.group, placement.since, placement.until) == (groups[0], date(2026, 8, 10), None)
        assert Learner.objects.get().unit == groups[0]
        assert done.counts["groups"] == 1

    def test_a_new_group_ends_the_old_one_on_the_day_before(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2025-08-10;", on=EARLIER)
        bring(college, self.HEAD, f"{LEARNER};{groups[1].key};10.8.2026;")
        assert list(Placement.objects.values_list("group", "since", "until")) == [
            (groups[0].pk, date(2025, 8, 10), date(2026, 8, 9)),
            (groups[1].pk, date(2026, 8, 10), None),
        ]
        assert Learner.objects.get().unit == groups[1]

    def test_the_same_sheet_again_changes_nothing(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        lines = (self.HEAD, f"{LEARNER};{groups[0].key};2025-08-10;2026-05-30", f"{LEARNER};Auto 25;2026-08-10;")
        bring(college, *lines, on=EARLIER)
        assert bring(college, *lines).counts["groups"] == 0
        assert Placement.objects.count() == 2

    def test_a_time_that_came_later_to_be_known_goes_before(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        bring(college, self.HEAD, f"{LEARNER};{groups[1].key};2026-08-10;", on=EARLIER)
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2025-08-10;")
        assert Placement.objects.get(group=groups[0]).until == date(2026, 8, 9)
        assert Learner.objects.get().unit == groups[1]

    def test_who_has_left_the_group_is_at_the_school(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2026-08-10;", on=EARLIER)
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2026-08-10;2026-11-20")
        assert Learner.objects.get().unit == college.school

    def test_whose_last_day_there_is_that_of_the_extract_is_at_the_school_too(
        self, college: Cast, groups: tuple[Unit, Unit]
    ) -> None:
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2026-08-10;{TODAY}")
        assert Learner.objects.get().unit == college.school

    def test_a_later_document_leaves_the_learner_in_the_group(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        bring(college, self.HEAD, f"{LEARNER};{groups[0].key};2026-08-10;", on=EARLIER)
        document = Document(Place("a"), documents.vocational(), "")
        take_in(unit=college.tampere, filename="a", contents=[document], extract_on=TODAY, by=None)
        assert Learner.objects.get().unit == groups[0]

    def test_every_fault_has_its_row_and_column(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        assert faults_of(
            college,
            self.HEAD,
            f"{LEARNER};ei-ole;2026-08-10;",
            f"{LEARNER};{groups[0].key};eilen;",
            f";{groups[0].key};2026-08-10;",
            f"{LEARNER};{groups[0].key};2026-08-10;2026-08-09",
        ) == [(2, "group", "unknown_group"), (3, "since", "not_day"), (4, "oid", "missing"), (5, "until", "backwards")]
        assert not Placement.objects.exists()

    def test_a_learner_may_be_told_by_the_identity_code(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        Learner.objects.create(
            provider=college.tampere, unit=college.school, identity=digest_of("010106A9610"), given_name="Toinen"
        )
        bring(college, "hetu;group;since", f"010106A9610;{groups[0].key};2026-08-10")
        assert Placement.objects.get().learner.given_name == "Toinen"

    def test_learners_of_whom_nobody_has_told_are_left_out(self, college: Cast, groups: tuple[Unit, Unit]) -> None:
        done = bring(college, self.HEAD, f"1.2.3;{groups[0].key};2026-08-10;", f"{LEARNER};Auto 24;2026-08-10;")
        assert [(one["line"], one["code"]) for one in done.faults] == [(2, "unknown_learner")]
        assert Placement.objects.count() == 1


class TestHours:
    HEAD = "oppijanumero;viikko;tunnit;luvattomat;opetustunnit"

    def test_hours_of_a_week_are_kept_by_its_monday(self, college: Cast) -> None:
        bring(college, self.HEAD, f"{LEARNER};47/2026;4,5;2;30")
        found = Absence.objects.get()
        assert (found.week, found.hours, found.unexcused, found.lessons, found.known_from) == (
            date(2026, 11, 16),
            Decimal("4.5"),
            Decimal(2),
            Decimal(30),
            TODAY,
        )

    def test_hours_told_otherwise_later_are_kept_beside_the_first(self, college: Cast) -> None:
        bring(college, self.HEAD, f"{LEARNER};2026-10-19;4;2;30", on=EARLIER)
        bring(college, self.HEAD, f"{LEARNER};2026-10-19;4;0;30", f"{LEARNER};2026-10-26;1;;")
        assert list(Absence.objects.values_list("week", "unexcused", "known_from")) == [
            (date(2026, 10, 19), Decimal(2), EARLIER),
            (date(2026, 10, 19), Decimal(0), TODAY),
            (date(2026, 10, 26), None, TODAY),
        ]

    def test_the_same_again_adds_nothing(self, college: Cast) -> None:
        bring(college, self.HEAD, f"{LEARNER};2026-10-19;4;2;30", on=EARLIER)
        assert bring(college, self.HEAD, f"{LEARNER};2026-10-19;4,00;2;30").counts["absences"] == 0

    def test_hours_mended_on_the_day_itself_are_mended(self, college: Cast) -> None:
        bring(college, self.HEAD, f"{LEARNER};2026-10-19;4;2;30")
        bring(college, self.HEAD, f"{LEARNER};2026-10-19;5;2;30")
        assert Absence.objects.get().hours == 5

    def test_every_fault_has_its_row_and_column(self, college: Cast) -> None:
        assert faults_of(
            college,
            self.HEAD,
            f"{LEARNER};99/2026;4;;",
            f"{LEARNER};2026-10-19;neljä;;",
            f"{LEARNER};2026-10-19;4;5;",
            f"{LEARNER};2026-10-26;-1;;",
            f"{LEARNER};2027-01-04;4;;",
            f"{LEARNER};2026-10-12;4;;",
            f"{LEARNER};2026-10-12;5;;",
        ) == [
            (2, "week", "not_week"),
            (3, "hours", "not_number"),
            (4, "unexcused", "more_than_all"),
            (5, "hours", "no_such_hours"),
            (6, "week", "after_the_extract"),
            (8, "week", "contradictory"),
        ]

    def test_a_reason_of_health_is_refused_at_the_door(self, college: Cast) -> None:
        assert faults_of(college, "oid;viikko;tunnit;sairaus", f"{LEARNER};47/2026;4;kyllä") == [
            (1, "sairaus", "welfare")
        ]

    def test_a_sheet_of_something_else(self, college: Cast) -> None:
        assert [code for _row, _column, code in faults_of(college, "nimi;osoite", "a;b")] == ["sheet"]
        assert [code for _row, _column, code in faults_of(college, "oid;week", "a;b")] == ["unknown_sheet"]


class TestReading:
    @given(st.dates(date(2000, 1, 3), date(2100, 1, 1)))
    def test_a_week_is_the_same_however_it_is_told(self, day: date) -> None:
        year, week, _weekday = day.isocalendar()
        monday = date.fromisocalendar(year, week, 1)
        finnish = f"{day.day}.{day.month}.{day.year}"
        told = (day.isoformat(), finnish, f"{week}/{year}", f"{year}-W{week:02d}")
        assert {week_in(text) for text in told} == {monday}
        assert day_in(finnish) == day

    @given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
    def test_whatever_stands_in_a_row_it_is_read_or_told(self, rows: list[list[str]]) -> None:
        columns = columns_of(["oid", "week", "hours", "unexcused", "lessons"])
        assert columns.keys() >= HOURS
        list(rows_of(columns, rows, 2))

    def test_headings_are_known_in_three_languages(self) -> None:
        assert {column_of(name) for name in ("Oppija-OID", "oid", "Oppijanumero", "studentnummer")} == {"oid"}
        assert column_of("nimi") is None
