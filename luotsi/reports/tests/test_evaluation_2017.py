"""The evaluation of 2017: it tells the facts of its source, no more and no less, and what they do not allow to say."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from luotsi.programme.rules.figures import rounded_like
from luotsi.reports.models import Report
from luotsi.reports.queries.contents import Live, live, wanted_of
from luotsi.reports.queries.shown import ShownReport, shown
from luotsi.reports.rules.content import Content
from luotsi.reports.tests.written import draft

PLACES = [folder / "shared" / "facts" / "source_facts.yaml" for folder in Path(__file__).parents]
FACTS = next((path for path in PLACES if path.exists()), None)
needs_facts = pytest.mark.skipif(FACTS is None, reason="The facts of the sources lie outside the repository.")
KINDS = {"toteuma", "arvio", "tavoite", "lahtotaso"}
DIFFERENT = {"F030"}


@cache
def facts() -> dict[str, Any]:
    """Return the facts of the city's programme."""
    import yaml

    assert FACTS
    found: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["ohjelma_S002"]
    return found


@pytest.fixture
def evaluation(db: None) -> Live:
    return live(wanted_of(draft()))


def value_of(content: Content, key: str) -> Decimal:
    figure = content.figure(key)
    assert figure, key
    assert figure.value is not None, key
    return figure.value


def words(report: ShownReport, section: str) -> str:
    """Return everything that a section says, as one text."""
    found = next(one for one in report.sections if one.key == section)
    parts = []
    for block in (*found.own, *found.blocks):
        parts += [span.text for span in block.spans] + [block.title]
        parts += [span.text for item in block.items for span in item]
        parts += [span.text for row in block.rows for cell in row for span in cell.spans]
    return " ".join(parts).replace("\u00a0", " ")


@needs_facts
class TestTheFacts:
    def test_every_number_of_the_source_stands_in_the_report(self, evaluation: Live) -> None:
        wrong = []
        for fact in facts()["faktat"]:
            number = fact.get("arvo")
            if isinstance(number, int | float) and fact["laji"] in KINDS:
                figure = evaluation.content.figure(fact["id"])
                if figure is None or figure.value != Decimal(str(number)):
                    wrong.append((fact["id"], number, figure and figure.value))
        assert wrong == []

    def test_derived_values_are_those_of_the_source(self, evaluation: Live) -> None:
        for item in facts()["johdetut"]:
            expected = Decimal(str(item["odotus"]))
            assert rounded_like(value_of(evaluation.content, item["id"]), expected) == expected, item["id"]

    def test_every_sum_of_money_stands_in_the_report_and_what_is_not_given_is_no_zero(self, evaluation: Live) -> None:
        for line in facts()["budjetti"]:
            figure = evaluation.content.figure(line["id"])
            assert figure, line["id"]
            assert figure.value == (None if line["arvo"] is None else Decimal(line["arvo"])), line["id"]

    def test_the_blockers_are_what_findings_lack_and_the_missing_appendix(self, evaluation: Live) -> None:
        bare = [item["id"] for item in facts()["korjaavat_toimet"] if item["toimi"] is None]
        assert bare == ["K04", "K05", "K07", "K17"]
        others = ", ".join(item["id"] for item in facts()["korjaavat_toimet"] if item["toimi"] is not None)
        assert [blocker.about for blocker in evaluation.blockers] == [*bare, others, others, "L1"]

    def test_every_finding_stands_among_the_deviations(self, evaluation: Live) -> None:
        told = words(shown(evaluation.content, "fi"), "deviations")
        assert [item["id"] for item in facts()["korjaavat_toimet"] if item["havainto"] not in told] == []

    def test_every_decision_stands_with_its_day_and_section(self, evaluation: Live) -> None:
        told = words(shown(evaluation.content, "fi"), "mandate")
        for decision in facts()["paatokset"]:
            day = decision["pvm"]
            assert f"{day.day}.{day.month}.{day.year}" in told
            assert f"§ {decision['pykala']}" in told


class TestWhatItSays:
    def test_level_2_stands_at_9_4_against_90_and_level_3_at_1_9_against_20(self, evaluation: Live) -> None:
        content = evaluation.content
        assert round(value_of(content, "I2"), 1) == Decimal("9.4")
        assert round(value_of(content, "I3"), 1) == Decimal("1.9")
        assert [value_of(content, "I2_target"), value_of(content, "I3_target")] == [90, 20]
        told = words(shown(content, "fi"), "indicators")
        assert "noin 9,4 %" in told
        assert "vähintään 90 %" in told

    def test_one_point_is_too_little_for_a_forecast_and_the_needed_pace_is_told(self, evaluation: Live) -> None:
        content = evaluation.content
        assert content.figure("I2_value") is None
        assert round(value_of(content, "I2_pace"), 1) == Decimal("40.3")
        assert round(value_of(content, "I3_pace"), 1) == Decimal("9.0")
        assert "Liian vähän tietoa ennusteeseen: yksi piste tiedetään" in words(shown(content, "fi"), "indicators")

    def test_it_has_the_same_figures_in_swedish(self, evaluation: Live) -> None:
        finnish, swedish = shown(evaluation.content, "fi"), shown(evaluation.content, "sv")
        assert [one.amount for one in finnish.figures] == [one.amount for one in swedish.figures]
        assert "cirka 9,4 %" in words(swedish, "indicators")
        assert "minst 90 %" in words(swedish, "indicators")

    def test_a_text_that_is_in_finnish_only_says_so_on_a_swedish_page(self, evaluation: Live) -> None:
        report = shown(evaluation.content, "sv")
        section = next(one for one in report.sections if one.key == "deviations")
        table = next(block for block in section.blocks if block.key == "deviations")
        assert {span.lang for row in table.rows for span in row[1].spans} == {"fi"}

    def test_what_is_missing_is_told_as_missing(self, evaluation: Live) -> None:
        assert "Liite 1: kustannukset" in words(shown(evaluation.content, "fi"), "money")
        assert "ei tietoa" in words(shown(evaluation.content, "fi"), "money")

    def test_it_is_a_draft_and_nothing_was_kept_of_it(self, evaluation: Live) -> None:
        assert [report.state for report in Report.objects.all()] == ["draft"]
        assert evaluation.content.frozen_at is None
