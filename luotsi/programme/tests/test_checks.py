"""A plan without gaps has no faults; each damage to it is found by its check, at its line."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.queries.fault_words import WORDS, sentence
from luotsi.programme.rules.checks import Severity, faults
from luotsi.programme.rules.plan import Plan
from luotsi.programme.tests.sound import SOUND, damaged, found_in, plan_of, three

ERRORS = [
    ("code.duplicate", "code: F3,", "code: F2,"),
    ("reference.unknown", "owner: OJ", "owner: NOBODY"),
    ("reference.unknown", "source: S1:10-12", "source: S9:10-12"),
    ("reference.unknown", "formula: F2 + F3", "formula: F2 + F9"),
    ("reference.kind", "owner: OJ", "owner: I1"),
    ("reference.kind", "formula: F2 + F3", "formula: F2 + OJ"),
    ("formula.unreadable", "formula: F2 + F3", "formula: F2 +"),
    ("formula.circular", "formula: F2 + F3", "formula: J1 + F3"),
    ("dates.reversed", "period: 2024/2027,", "period: 2027/2024,"),
    ("milestone.outside", "{period: 2025-26, text", "{period: 2027-28, text"),
    ("measure.outside", "period: 2024-25/2025-26", "period: 2023-24/2025-26"),
    ("observation.subset", "value: 60,", "value: 101,"),
    ("observation.parts", "value: 60,", "value: 61,"),
    ("observation.range", "value: 50\n", "operator: range\n    low: 3\n    high: 2\n"),
    ("derived.differs", "expected: 50.0", "expected: 50.1"),
    ("derived.differs", "value: 40,", "value: 39,"),
    ("percentage.over", "denominator: 200", "denominator: 99"),
]
WARNINGS = [
    ("milestone.due_outside", "due: 2025-05-31", "due: 2025-08-01"),
    ("milestone.repeated", "{period: 2025-26, text", "{period: 2024-25, text"),
    ("derived.empty", "formula: F1 / 200 * 100", "formula: F1 / 0"),
    ("percentage.without_numerator", "    numerator: F1\n", ""),
    ("percentage.without_population", "    denominator: 200\n    population: ALL\n", "    denominator: 200\n"),
    ("words.exact", "value: 50\n", f"value: 50\n    words: {three('puolet')}\n"),
    ("observation.empty", "value: 40, unit: person, period: 2024-25, subset_of: F1", ""),
    ("indicator.without_rule", "rule: {fi", "method: {fi"),
    ("indicator.without_version", '    version: "1"\n', ""),
    ("indicator.without_population", "    population: ALL\n    rule", "    rule"),
    ("target.without_operator", "operator: gte, ", ""),
    ("target.without_value", "value: 90, ", ""),
    ("target.without_period", "value: 90, period: 2026-27", "value: 90"),
    ("budget.over_need", '"600.00"', '"601.00"'),
]
REMARKS = [
    ("words.read", "value: 50\n", f"value: 50\n    operator: approx\n    words: {three('puolet')}\n"),
    ("words.without_number", "value: 40,", f"words: {three('muutama')},"),
    ("indicator.sources", "value: 50\n", "value: 5\n"),
    ("observation.unit", "    unit: percent\n    numerator: F1\n", "    unit: person\n    numerator: F1\n"),
    ("budget.without_amount", 'amount: "600.00"', "amount: null"),
    ("budget.under_need", '"600.00"', '"599.99"'),
    ("appendix.missing", ", file: costs.xlsx", ""),
    ("finding.without_action", "action: {fi", "note: {fi"),
    ("finding.without_owner", "    owner: OJ\n", ""),
    ("finding.without_due", "    due: 2025-12-31\n", ""),
    ("milestone.without_number", "            number: 10\n", ""),
    ("milestone.without_unit", "            unit: school\n", ""),
    ("milestone.without_baseline", "            baseline: 0\n", ""),
    ("milestone.without_owner", "            owner: K1\n", ""),
    ("measure.without_responsibility", "        responsibility: V1\n", ""),
    ("translation.sv", ', sv: "Ohjelma sv"', ""),
    ("translation.fi", 'fi: "Ohjelma", ', ""),
    ("translation.en", ', en: "Ohjelma en"', ""),
]
DAMAGES = [
    *((Severity.ERROR, *damage) for damage in ERRORS),
    *((Severity.WARNING, *damage) for damage in WARNINGS),
    *((Severity.REMARK, *damage) for damage in REMARKS),
]
NAMES = re.findall(r"code: (\w+)", SOUND)
TWO_POPULATIONS = """\
observations:
  - {code: F5, kind: actual, text: "%s", value: 5, unit: percent, numerator: 1, population: %s, period: 2025}
"""


class TestASoundPlan:
    def test_it_has_no_faults(self) -> None:
        assert found_in(SOUND) == []

    @given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
    def test_parts_that_add_up_are_fine_whatever_they_are(self, first: Decimal, second: Decimal) -> None:
        plan = with_values(plan_of(SOUND), F1=first + second, F2=first, F3=second)
        assert codes(plan) & {"observation.parts", "observation.subset"} == set()

    @given(st.decimals(0, 10**9, places=2), st.decimals("0.01", 10**6, places=2))
    def test_parts_that_do_not_add_up_are_always_found(self, first: Decimal, off: Decimal) -> None:
        plan = with_values(plan_of(SOUND), F1=first + 40, F2=first + off, F3=Decimal(40))
        assert "observation.parts" in codes(plan)


class TestDamages:
    @pytest.mark.parametrize(("severity", "code", "old", "new"), DAMAGES, ids=lambda value: str(value)[:30])
    def test_each_is_found_at_its_line_by_its_check(self, severity: Severity, code: str, old: str, new: str) -> None:
        text = damaged(old, new)
        found = [fault for fault in found_in(text) if fault.code == code]
        assert found
        assert {fault.severity for fault in found} == {severity}
        assert all(0 < fault.place.line <= len(text.splitlines()) for fault in found)
        assert all("%(" not in sentence(fault) for fault in found)

    def test_every_kind_of_fault_has_its_damage(self) -> None:
        elsewhere = {"population.several", "percentage.without_denominator"}
        assert {code for _severity, code, _old, _new in DAMAGES} | elsewhere == set(WORDS)

    @given(st.sampled_from(NAMES), st.sampled_from(NAMES))
    def test_codes_may_be_mixed_up_in_any_way(self, old: str, new: str) -> None:
        text = re.sub(rf"\b{old}\b", new, SOUND)
        found = {fault.code for fault in found_in(text)}
        assert ("code.duplicate" in found) == (old != new)

    def test_the_line_is_that_of_the_key(self) -> None:
        text = damaged("expected: 50.0", "expected: 50.1")
        [fault] = found_in(text)
        assert "expected: 50.1" in text.splitlines()[fault.place.line - 1]
        assert (fault.about, fault.place.path) == ("J2", "derived.J2.expected")
        assert sentence(fault)

    def test_percentages_of_several_populations_are_found_once_for_their_group(self) -> None:
        text = SOUND.replace(
            "populations:\n", f"populations:\n  - {{code: SOME, names: {three('Osa')}, group: teachers}}\n"
        )
        text = text.replace("observations:\n", TWO_POPULATIONS % ("Osuus", "SOME"))
        found = {fault.code: fault for fault in found_in(text) if not fault.code.startswith("translation")}
        assert set(found) == {"population.several", "percentage.without_denominator"}
        assert found["population.several"].params["count"] == 2
        assert found["population.several"].params["uncounted"] == 1

    def test_a_loose_whole_does_not_make_its_subset_too_large(self) -> None:
        assert found_in(damaged("value: 100, unit", "operator: gte, value: 100, unit")) == []
        assert "observation.subset" not in {
            fault.code for fault in found_in(damaged("value: 100, unit", "operator: gte, value: 50, unit"))
        }

    def test_nothing_given_is_not_zero(self) -> None:
        assert "budget.without_amount" not in {fault.code for fault in found_in(damaged('"600.00"', '"0"'))}


def with_values(plan: Plan, **values: Decimal) -> Plan:
    """Return the plan with other numbers in its observations."""
    changed = (replace(item, value=values.get(item.code, item.value)) for item in plan.observations)
    return replace(plan, observations=tuple(changed))


def codes(plan: Plan) -> set[str]:
    """Return which kinds of faults a plan has."""
    return {fault.code for fault in faults(plan)}
