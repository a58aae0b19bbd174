"""The words of the rules: each rule has them, with a place for what it tells, and the docs list all of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.queries import rule_words
from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.rule_words import WORDS
from luotsi.learning.rules import hoks
from luotsi.learning.rules.checks import PLANS, RIGHTS, RULES, TOGETHER, TUVA, Owner, Severity
from luotsi.learning.rules.checks.finding import Finding, check
from luotsi.learning.rules.checks.together import Learner
from luotsi.learning.rules.koski import read
from luotsi.learning.tests import rules_page
from luotsi.learning.tests.documents import (
    RIGHT,
    TODAY,
    changed,
    part,
    period,
    plan,
    planned_of,
    right_of,
    tuva,
    tuva_plan,
    vocational,
    way,
)
from luotsi.learning.tests.test_study_checks import PLANNED, PREPARATORY, VOCATIONAL, R, S, T, preparatory
from luotsi.learning.tests.test_together import OTHER, WAY, another_permit, sound, two_rights

DOCS = Path(__file__).parents[3] / "docs" / "study-rules.md"
NAMES = re.compile(r"%\((\w+)\)s")


def found_of(code: str, place: str, value: object) -> dict[str, object]:
    """Return what a rule tells of the case that breaks it."""
    if code.startswith("H"):
        made, right = (tuva_plan(), tuva()) if code in {"H09", "H10"} else (plan(), vocational())
        told = check(PLANS, planned_of(changed(made, place, value), right_of(right)), TODAY)
    else:
        data = preparatory(code, place, value) if code.startswith("T") else changed(vocational(), place, value)
        told = check((*RIGHTS, *TUVA), right_of(data), TODAY)
    return dict(next(one for one in told if one.code == code).params)


def together(right: dict[str, Any], *plans: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what the rules over a learner's documents find."""
    told = read(right)
    made = tuple(found for one in plans for found in hoks.read(one).plans)
    return check(TOGETHER, Learner(told.student, told.rights, made, TODAY), TODAY)


CASES = [*VOCATIONAL, *PREPARATORY, *PLANNED, ("H09", f"{T}/loppu", "2026-12-19"), ("H10", f"{T}/laajuus", 21)]


class TestWords:
    def test_each_rule_has_words_and_nothing_else_has(self) -> None:
        assert set(WORDS) == set(RULES)
        assert len(RULES) == len(RIGHTS) + len(TUVA) + len(PLANS) + len(TOGETHER)
        assert set(OWNERS) == set(Owner)
        assert set(SEVERITIES) == set(Severity)

    @pytest.mark.parametrize(("code", "place", "value"), CASES)
    def test_every_place_in_them_is_a_value_that_the_rule_tells(self, code: str, place: str, value: object) -> None:
        params = found_of(code, place, value)
        words = WORDS[code]
        assert set(NAMES.findall(str(words.message))) <= set(params)
        with translation.override("en"):
            assert "%" not in rule_words.message(code, params).replace(" %;", "")
            assert "None" not in rule_words.message(code, params)

    def test_rules_over_several_documents(self) -> None:
        right, made = sound()
        ended = [period("2024-08-12", "lasna"), period("2026-10-01", "valmistunut")]
        told = [
            *together({"henkilö": {}, "opiskeluoikeudet": []}),
            *together(changed(right, "/henkilö/hetu", "010100A900A")),
            *together(two_rights()),
            *together(changed(right, f"{R}/oid", "1.2.246.562.15.44444444444"), made),
            *together(right, changed(made, "/paivitetty", "2026-08-27")),
            *together(right, changed(made, f"{WAY}/osaamisen-osoittaminen/0/loppu", "2026-10-26")),
            *together(changed(right, f"{S}/osasuoritukset/1", part("900004", 30, "2026-05-29")), made),
            *together(changed(right, f"{S}/osaamisenHankkimistavat", []), made),
            *together(right, changed(made, f"{WAY}/osaamisen-hankkimistavat", [way("2026-08-10", "2027-03-05")])),
            *together(changed(right, f"{R}/tila/opiskeluoikeusjaksot", ended), made),
            *check(TOGETHER, another_permit(), TODAY),
        ]
        assert {one.code for one in told} == {rule.code for rule in TOGETHER}
        for one in told:
            assert set(NAMES.findall(str(WORDS[one.code].message))) <= set(one.params)
        (twice,) = [one for one in told if one.code == "X10"]
        with translation.override("en"):
            assert rule_words.message("X10", twice.params) == (
                f"The right {OTHER} goes on at the same time as the right {RIGHT}."
            )

    @given(st.sampled_from(sorted(WORDS)), st.text() | st.dates().map(str) | st.none() | st.integers().map(str))
    def test_whatever_a_document_held_it_is_told(self, code: str, value: str | None) -> None:
        params = dict.fromkeys(NAMES.findall(str(WORDS[code].message)), value)
        assert rule_words.message(code, params)
        assert "%" not in rule_words.fix(code)

    def test_what_is_stored_reads_as_what_was_just_found(self) -> None:
        found = {"part": "102", "weeks": Decimal("21.50"), "most": Decimal(20)}
        stored = {name: str(value) for name, value in found.items()}
        for language in ("fi", "sv", "en"):
            with translation.override(language):
                assert rule_words.message("T07", found) == rule_words.message("T07", stored)
                fresh = rule_words.message("K08", {"day": date(2026, 6, 5), "state": None})
                assert fresh == rule_words.message("K08", {"day": "2026-06-05", "state": None})
                assert "–" in fresh
        with translation.override("fi"):
            assert rule_words.shown("weeks", "21.50") == "21,5"
            assert rule_words.shown("average", Decimal("4.15")) == "4,15"
            assert rule_words.shown("part", "102") == "102"

    def test_every_case_of_the_rules_is_looked_at_here(self) -> None:
        assert {code for code, *_rest in CASES} == {*(set(RULES) - {one.code for one in TOGETHER} - {"H11"})}


class TestTheDocument:
    def test_it_lists_every_rule_as_it_is(self) -> None:
        text = DOCS.read_text(encoding="utf-8")
        assert text.endswith("\n".join(rules_page.lines()).rstrip() + "\n")

    def test_it_counts_them_rightly(self) -> None:
        assert f"{len(RULES)} rules" in DOCS.read_text(encoding="utf-8")
