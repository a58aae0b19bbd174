"""A regional comparison: what members let the others see, what is comparable, and the value of the region."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from luotsi.programme.rules.consent import Consent
from luotsi.reports.queries.shown import shown
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical
from luotsi.reports.rules.content import Content, Table
from luotsi.reports.rules.material import Milestone
from luotsi.reports.rules.recompute import check
from luotsi.reports.rules.sections import COMPARISON
from luotsi.reports.tests.written import comparison_material, every

OPEN, SUMS, NONE = Consent.FIGURES, Consent.SUMS, Consent.NONE


def table(content: Content, key: str) -> Table:
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.key == key:
                return block
    raise AssertionError(key)


class TestTheReport:
    def test_it_has_its_eight_sections_and_every_figure_is_made_again(self) -> None:
        content = compose(comparison_material(OPEN, OPEN, OPEN))
        assert tuple(section.key for section in content.sections) == COMPARISON
        assert [one.key for one in check(content) if not one.is_equal] == []
        assert canonical.from_json(canonical.to_json(content)) == content

    def test_the_region_is_numerators_by_denominators_with_median_and_range_beside(self) -> None:
        content = compose(comparison_material(OPEN, OPEN, OPEN))
        values = {key: getattr(content.figure(f"DEV_region{key}"), "value", None) for key in ("", "_median", "_min")}
        assert values == {"": Decimal(2), "_median": Decimal(2), "_min": Decimal(1)}

    def test_thirteen_measures_stand_against_every_member_in_each_school_year(self) -> None:
        content = compose(comparison_material(OPEN, OPEN))
        for period in ("2024-25", "2025-26", "2026-27"):
            found = table(content, f"matrix_{period}")
            assert (len(found.rows), len(found.columns)) == (13, 3)


class TestConsent:
    def test_a_member_that_shows_only_sums_is_nowhere_apart(self) -> None:
        content = compose(comparison_material(OPEN, SUMS, SUMS))
        told = canonical.canonical(canonical.to_json(content.figures)) + canonical.canonical(
            canonical.to_json(content.inputs.cells)
        )
        assert "member-1" in told
        assert "member-2" not in told
        assert "member-3" not in told

    def test_two_of_them_are_in_the_sum(self) -> None:
        content = compose(comparison_material(OPEN, SUMS, SUMS))
        region = content.figure("DEV_region")
        assert region
        assert [region.numerator, region.denominator] == [60, 30]

    def test_a_single_one_is_left_out_of_the_sum_which_would_tell_it(self) -> None:
        content = compose(comparison_material(OPEN, OPEN, SUMS))
        region = content.figure("DEV_region")
        assert region
        assert [region.numerator, region.denominator] == [30, 20]

    def test_the_lowest_and_highest_are_of_those_who_show_theirs(self) -> None:
        content = compose(comparison_material(OPEN, SUMS, SUMS))
        highest = content.figure("DEV_region_max")
        assert highest
        assert highest.value == 1

    @pytest.mark.parametrize(("shows", "words"), [(SUMS, "Vain summissa"), (NONE, "Ei mitään")])
    def test_the_table_says_what_is_not_shown(self, shows: Consent, words: str) -> None:
        report = shown(compose(comparison_material(OPEN, shows, OPEN)), "fi")
        section = next(one for one in report.sections if one.key == "devices")
        found = next(block for block in section.blocks if block.kind == "table")
        assert words in "".join(span.text for cell in found.rows[1] for span in cell.spans)

    def test_states_of_a_single_hidden_member_are_not_counted(self) -> None:
        material = comparison_material(OPEN, OPEN, SUMS)
        told = tuple(
            Milestone(measure="M11", section="PP1", period="2025-26", text=every(""), unit=taker.key, state="done")
            for taker in material.takers
        )
        content = compose(replace(material, milestones=told))
        counted = content.figure("done_PP1_2025_26")
        assert counted
        assert counted.value == 2
        assert "member-3" not in canonical.canonical(canonical.to_json(content.inputs.sheets))


class TestComparability:
    def test_another_definition_is_shown_and_not_counted_with_the_others(self) -> None:
        material = comparison_material(OPEN, OPEN, OPEN)
        followed = material.followed[0]
        other = replace(followed.others["member-3"][0], version=2)
        followed = replace(followed, others={**followed.others, "member-3": (other,)})
        content = compose(replace(material, followed=(followed,)))
        region = content.figure("DEV_region")
        assert region
        assert [region.numerator, region.denominator] == [30, 20]
        words = shown(content, "fi")
        section = next(one for one in words.sections if one.key == "comparability")
        told = "".join(span.text for cell in section.blocks[0].rows[0] for span in cell.spans)
        assert "Jäsen 3: määritelmä v2, ei v1" in told

    def test_alike_figures_are_comparable(self) -> None:
        content = compose(comparison_material(OPEN, OPEN))
        assert table(content, "comparability").rows[0][2].text.en == "Comparable"
