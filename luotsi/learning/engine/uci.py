"""The public set of a Portuguese polytechnic: 4,424 students of ten years, dropout or not.

Realinho, Vieira Martins, Machado and Baptista (2021), UCI 697, CC BY 4.0. The set has no year, but three figures of
the economy stand on every row, and their ten combinations are those of Portugal from 2008 to 2017: so the cohort is
known, and later students can be judged by what was learnt from earlier ones. Higher education, and abroad.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from luotsi.learning.engine.tables import common, one_of, rows_of
from luotsi.learning.rules.model.cohorts import Case

FILE = "uci_dropout/data.csv"
# Unemployment in Portugal by year, per cent, as the set has it.
YEARS = {
    "7.6": 2008,
    "9.4": 2009,
    "10.8": 2010,
    "12.7": 2011,
    "15.5": 2012,
    "16.2": 2013,
    "13.9": 2014,
    "12.4": 2015,
    "11.1": 2016,
    "8.9": 2017,
}
LISTS = (
    "Application mode",
    "Course",
    "Previous qualification",
    "Daytime/evening attendance",
)
NUMBERS = (
    "Application order",
    "Previous qualification (grade)",
    "Admission grade",
)
UNITS = ("credited", "enrolled", "evaluations", "approved", "grade", "without evaluations")
GROUPS = ("Gender", "Scholarship holder", "Educational special needs", "International")
PERSONAL_LISTS = (
    "Marital status",
    "Nacionality",
    "Mother's qualification",
    "Father's qualification",
    "Mother's occupation",
    "Father's occupation",
)
PERSONAL = (*GROUPS, "Age at enrollment", "Displaced")
LEAST = 20
LEARN, JUDGE = tuple(str(year) for year in range(2008, 2015)), ("2015", "2016", "2017")


def cases(data: Path, semesters: int = 1, *, personal: bool = False) -> list[Case]:
    """Return the students with what is known of them after so many semesters (0, 1 or 2).

    Fees and debts are left out always: they may be recorded after somebody has left. What somebody is (gender, age,
    family, needs, scholarships, nationality) is kept for the audit; with `personal` it is made features too, which
    the public figures of others do and no model of this product may: to show how little it adds.

    Raises:
        FileNotFoundError: the set is not there.
        KeyError: a row is of a year that the set does not have.
    """
    rows = list(rows_of(data / FILE, ";"))
    learnt = [row for row in rows if str(YEARS[row["Unemployment rate"]]) in LEARN]
    lists = {
        name: common((row[name] for row in learnt), LEAST) for name in (*LISTS, *(PERSONAL_LISTS if personal else ()))
    }
    numbers = [*NUMBERS, *(PERSONAL if personal else ())]
    return [_case(str(place), row, numbers, lists, semesters) for place, row in enumerate(rows)]


def _case(
    key: str, row: Mapping[str, str], numbers: Sequence[str], lists: Mapping[str, Sequence[str]], semesters: int
) -> Case:
    snapshot: dict[str, float | None] = {name: float(row[name]) for name in numbers}
    for name, known in lists.items():
        snapshot |= one_of(known, name, row[name])
    for semester in ("1st", "2nd")[:semesters]:
        snapshot |= _units(row, semester)
    year = YEARS[row["Unemployment rate"]]
    return Case(
        learner=key,
        cohort=str(year),
        on=date(year + 1, 2, 1),
        snapshot=snapshot,
        outcome=int(row["Target"] == "Dropout"),
        groups={name: row[name] for name in GROUPS},
    )


def _units(row: Mapping[str, str], semester: str) -> dict[str, float | None]:
    """Return what the units of a semester tell; a grade of nothing passed is missing, and no zero."""
    told = {name: float(row[f"Curricular units {semester} sem ({name})"]) for name in UNITS}
    taken, passed = told["enrolled"], told["approved"]
    found: dict[str, float | None] = dict(told)
    found |= {
        "grade": told["grade"] if passed else None,
        "passed share": passed / taken if taken else None,
        "tries": told["evaluations"] / taken if taken else None,
        "none taken": float(not taken),
        "none passed": float(not passed),
        "all passed": float(bool(taken) and passed >= taken),
    }
    return {f"{name}, {semester} semester": value for name, value in found.items()}
