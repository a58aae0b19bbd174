"""The public set of the Open University: 32,593 enrolments on seven modules in 2013 and 2014, with days of leaving.

Kuzilek, Hlosta and Zdrahal (2017), Scientific Data 4:170171, CC BY 4.0. Days count from the start of a presentation,
so a cut-off is a day too, and who had left by it is known. Higher education, and abroad. Clicks are taken from before
the start only: the whole record of clicks is not among the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p
from pathlib import Path
from statistics import fmean

from luotsi.learning.engine.tables import one_of, rows_of
from luotsi.learning.rules.model.cohorts import Case

FOLDER = "oulad"
BEGINS = {"B": (2, 1), "J": (10, 1)}
LEARN, JUDGE = ("2013B", "2013J"), ("2014B", "2014J")
MODULES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG")
GROUPS = ("gender", "age_band", "imd_band", "disability")
PERSONAL = (*GROUPS, "region", "highest_education")
FAR = 10_000

type Enrolment = tuple[str, str, str]


@dataclass(frozen=True)
class Due:
    """An assessment of a presentation."""

    key: str
    kind: str
    day: int
    weight: float


@dataclass(frozen=True)
class Handed:
    """What a student handed in."""

    day: int
    score: float | None
    is_banked: bool


def cases(
    data: Path, day: int, presentations: Iterable[str] = (*LEARN, *JUDGE), *, personal: bool = False
) -> list[Case]:
    """Return every enrolment of the presentations as it was known on a day after the start, those who left too.

    Whoever had left by the day has `left_on`; the outcome is fail or withdrawal. Gender, age, deprivation and
    disability are kept for the audit and are no features. With `personal` they are, with region and schooling, which
    no model of this product may: to show how little it adds.

    Raises:
        FileNotFoundError: a file of the set is not there.
    """
    wanted = set(presentations)
    folder = data / FOLDER
    due, handed = _due(folder, wanted), _handed(folder, day)
    registered, clicks = _registered(folder), _clicks(folder)
    rows = [row for row in rows_of(folder / "studentInfo.csv.gz") if row["code_presentation"] in wanted]
    lists = {name: sorted({row[name] for row in rows}) for name in (PERSONAL if personal else ())}
    found = []
    for row in rows:
        enrolment = (row["code_module"], row["code_presentation"], row["id_student"])
        begun, left = registered.get(enrolment, (None, None))
        if begun is not None and begun > day:
            continue
        start = start_of(enrolment[1])
        snapshot = {
            **_of_person(row, begun, clicks.get(enrolment)),
            **{each: value for name, known in lists.items() for each, value in one_of(known, name, row[name]).items()},
            **_of_work(due[enrolment[:2]], handed.get(enrolment[2], {}), day),
        }
        found.append(
            Case(
                learner="/".join(enrolment),
                cohort=enrolment[1],
                on=start + timedelta(days=day),
                snapshot=snapshot,
                outcome=int(row["final_result"] in {"Fail", "Withdrawn"}),
                left_on=None if left is None else start + timedelta(days=left),
                groups={name: row[name] for name in GROUPS},
            )
        )
    return found


def start_of(presentation: str) -> date:
    """Return the first day of a presentation."""
    return date(int(presentation[:4]), *BEGINS[presentation[4]])


def _due(folder: Path, wanted: set[str]) -> Mapping[tuple[str, str], list[Due]]:
    found: dict[tuple[str, str], list[Due]] = defaultdict(list)
    for row in rows_of(folder / "assessments.csv.gz"):
        if row["code_presentation"] in wanted:
            day = int(float(row["date"])) if row["date"] else FAR
            one = Due(row["id_assessment"], row["assessment_type"], day, float(row["weight"] or 0))
            found[row["code_module"], row["code_presentation"]].append(one)
    return found


def _handed(folder: Path, day: int) -> Mapping[str, Mapping[str, Handed]]:
    """Return what was handed in by the day, by student and assessment."""
    found: dict[str, dict[str, Handed]] = defaultdict(dict)
    for row in rows_of(folder / "studentAssessment.csv.gz"):
        told = int(float(row["date_submitted"]))
        if told <= day:
            score = float(row["score"]) if row["score"] not in {"", "NA", "nan"} else None
            found[row["id_student"]][row["id_assessment"]] = Handed(told, score, row["is_banked"] in {"1", "True"})
    return found


def _registered(folder: Path) -> Mapping[Enrolment, tuple[int | None, int | None]]:
    """Return the days of registering and of leaving."""
    return {
        (row["code_module"], row["code_presentation"], row["id_student"]): (
            _day(row["date_registration"]),
            _day(row["date_unregistration"]),
        )
        for row in rows_of(folder / "studentRegistration.csv.gz")
    }


def _day(text: str) -> int | None:
    return int(float(text)) if text and text not in {"NA", "nan"} else None


def _clicks(folder: Path) -> Mapping[Enrolment, float]:
    return {
        (row["code_module"], row["code_presentation"], row["id_student"]): float(row["pre_course_clicks"] or 0)
        for row in rows_of(folder / "vle_pre_course_features.csv.gz")
    }


def _of_person(row: Mapping[str, str], begun: int | None, clicks: float | None) -> dict[str, float | None]:
    return {
        **one_of(MODULES, "module", row["code_module"]),
        "earlier attempts": float(row["num_of_prev_attempts"]),
        "credits": float(row["studied_credits"]),
        "registered on": None if begun is None else float(begun),
        "clicks before": None if clicks is None else log1p(clicks),
        "no clicks before": float(not clicks),
    }


def _of_work(due: list[Due], handed: Mapping[str, Handed], day: int) -> dict[str, float | None]:
    """Return what is known of the work that was due by the day, and of what came before it was due."""
    asked = [one for one in due if one.day <= day and one.kind != "Exam"]
    early = [one for one in due if one.day > day and one.key in handed]
    given = [(one, handed[one.key]) for one in asked if one.key in handed]
    scores = [told.score for _one, told in given if told.score is not None]
    tutor = [told.score for one, told in given if one.kind == "TMA" and told.score is not None]
    lateness = [float(told.day - one.day) for one, told in given if not told.is_banked]
    weight = sum(one.weight for one in asked)
    earned = sum(one.weight * (told.score or 0) / 100 for one, told in given)
    last = max(asked, key=lambda one: one.day, default=None)
    return {
        "due": float(len(asked)),
        "handed in": len(given) / len(asked) if asked else None,
        "missing": float(len(asked) - len(given)),
        "score": fmean(scores) if scores else None,
        "least score": min(scores, default=None),
        "tutor score": fmean(tutor) if tutor else None,
        "weighted score": earned / weight if weight else None,
        "days late": fmean(lateness) if lateness else None,
        "most late": max(lateness, default=None),
        "last handed in": None if last is None else float(last.key in handed),
        "early": float(len(early)),
        "banked": float(any(told.is_banked for _one, told in given)),
    }
