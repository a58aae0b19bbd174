"""`luotsi plan import|export`, `luotsi indicators`, `luotsi forecast`: what they answer and how they end."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luotsi.people.tests.cast import Cast
from luotsi.programme.actions.findings import close_finding
from luotsi.programme.models import Finding, Programme
from luotsi.programme.queries.plan_files import read
from luotsi.programme.queries.plan_workbook import read_workbook, workbook_of
from luotsi.programme.queries.plan_yaml import yaml_of
from luotsi.programme.tests.programmes import (
    CITY,
    REGION,
    SOUND_OF_TAMPERE,
    city_programme,
    packaged,
    sound_programme,
)
from luotsi.programme.tests.sound import damaged, plan_of


def run(command: str, *words: str, **options: Any) -> str:
    """Return what a command prints, in English."""
    told = StringIO()
    call_command(command, *words, stdout=told, **{"language": "en", **options})
    return told.getvalue()


def answer(command: str, *words: str, **options: Any) -> Any:
    """Return what a command answers in JSON."""
    return json.loads(run(command, *words, json=True, **options))


class TestImporting:
    def test_a_dry_run_lists_every_gap_and_saves_nothing(self, cast: Cast) -> None:
        told = answer("plan", "import", REGION, owner=cast.region.key, dry_run=True)
        assert (told["sound"], told["new"], told["reasons"], told["owner"]) == (True, True, [], cast.region.key)
        assert [gap["about"] for gap in told["gaps"]] == ["K604", "K980", "K418", "K211", "K922", "K562"]
        assert told["counts"]["remark"] > 100
        assert "604" in told["gaps"][0]["message"]
        assert not Programme.objects.exists()

    def test_it_imports_and_publishes(self, cast: Cast) -> None:
        told = answer("plan", "import", REGION, owner=cast.region.key, publish=True)
        assert (told["key"], told["version"]) == (REGION, 1)
        assert len(told["sha256"]) == 64
        assert "version draft" in run("plan", "import", REGION)

    def test_a_workbook_is_imported_like_a_file(self, cast: Cast, tmp_path: Path) -> None:
        path = tmp_path / "suunnitelma.xlsx"
        path.write_bytes(workbook_of(plan_of(SOUND_OF_TAMPERE)))
        run("plan", "import", str(path))
        assert Programme.objects.get().owner == cast.tampere

    def test_a_wrong_cell_of_a_workbook_is_told_by_its_sheet_and_address(self, cast: Cast, tmp_path: Path) -> None:
        plan = plan_of(SOUND_OF_TAMPERE.replace("owner: OJ", "owner: EI"))
        path = tmp_path / "suunnitelma.xlsx"
        path.write_bytes(workbook_of(plan))
        told = StringIO()
        with pytest.raises(CommandError):
            call_command("plan", "import", str(path), stdout=told, language="en")
        assert "findings!" in told.getvalue()
        assert not Programme.objects.exists()

    def test_a_plan_with_errors_ends_with_one_and_tells_them(self, cast: Cast, tmp_path: Path) -> None:
        path = tmp_path / "plan.yaml"
        path.write_text(damaged("owner: OJ", "owner: NOBODY"), encoding="utf-8")
        told = StringIO()
        with pytest.raises(CommandError, match="The plan has errors: 1") as ended:
            call_command("plan", "import", str(path), owner="tampere", stdout=told, language="en")
        assert ended.value.returncode == 1
        assert "NOBODY" in told.getvalue()

    def test_an_owner_that_is_not_there_is_refused(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="nowhere"):
            run("plan", "import", REGION, owner="nowhere")

    def test_a_plan_without_an_owner_says_so(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="owns it"):
            run("plan", "import", CITY)


class TestExporting:
    def test_the_file_has_what_has_happened_since(self, cast: Cast, tmp_path: Path) -> None:
        programme = sound_programme()
        finding = Finding.objects.select_related("programme").get(programme=programme)
        close_finding(finding=finding, effect="Osallistujia oli enemmän", by=None)
        text = run("plan", "export", programme.key)
        plan = read(text.encode()).plan
        assert plan
        assert plan.findings[0].effect == "Osallistujia oli enemmän"
        path = tmp_path / "out.xlsx"
        run("plan", "export", programme.key, xlsx=True, output=str(path))
        assert read_workbook(path.read_bytes())[0].plan == plan
        assert "Errors: 0" in run("plan", "lint", programme.key)

    def test_import_and_export_turn_in_a_circle(self, cast: Cast, tmp_path: Path) -> None:
        run("plan", "import", REGION)
        assert run("plan", "export", REGION, draft=True) == yaml_of(packaged(REGION))

    def test_what_is_only_packaged_is_told_how_to_import(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match=f"luotsi plan import {CITY} --publish"):
            run("plan", "export", CITY)


@pytest.mark.usefixtures("db")
class TestIndicators:
    def test_level_two_has_numerator_denominator_and_everything_else(self) -> None:
        programme = city_programme()
        told = answer("indicators", CITY)
        row = next(row for row in told["rows"] if row["code"] == "I2")
        assert (told["unit"], row["numerator"], row["period"]) == (programme.owner.key, "384", "2017")
        assert (row["denominator"], row["unit_of_measure"], row["definition_version"]) == ("4090.5405", "percent", 1)
        assert (row["approximate"], row["mark"], row["unit"]) == (True, "", programme.owner.key)
        assert round(Decimal(row["value"]), 1) == Decimal("9.4")

    def test_a_self_assessment_is_told_apart(self) -> None:
        city_programme()
        rows = [row for row in answer("indicators", CITY)["rows"] if row["code"] == "I3" and row["value"]]
        assert [(row["period"], row["split"]) for row in rows] == [("2016", "source=self_assessment"), ("2017", "")]

    def test_people_read_about_the_same(self) -> None:
        city_programme()
        told = run("indicators", f"{CITY.lower()}-i2")
        assert "I2  Digi.hel.fi level 2 (deeper skills) (all teachers)" in told
        assert "384 / 4,090.5" in told
        assert "≈" in told

    def test_what_is_only_packaged_is_told_how_to_import(self) -> None:
        for command in ("indicators", "forecast"):
            with pytest.raises(CommandError, match=f"luotsi plan import {CITY} --publish"):
                run(command, CITY)

    def test_a_unit_that_is_not_there_is_refused(self) -> None:
        city_programme()
        with pytest.raises(CommandError, match="nowhere"):
            run("indicators", CITY, unit="nowhere")


@pytest.mark.usefixtures("db")
class TestForecasts:
    def test_one_figure_is_too_little_but_the_pace_is_told(self) -> None:
        city_programme()
        rows = {row["code"]: row for row in answer("forecast", CITY)["rows"]}
        for code, target, pace in (("I2", "90", "40.3"), ("I3", "20", "9.0")):
            row = rows[code]
            assert (row["verdict"], row["points"], row["method"]) == ("too_little_data", 1, "")
            assert (Decimal(row["target"]), row["target_on"]) == (Decimal(target), "2019-12-31")
            assert round(Decimal(row["needed_pace"]), 1) == Decimal(pace)
            assert row["probability"] is row["low95"] is row["high95"] is None
            assert round(Decimal(row["naive"]), 1) == round(Decimal(row["latest"]), 1)

    def test_people_read_why(self) -> None:
        city_programme()
        told = run("forecast", CITY).split("\n\n")
        level_two = next(part for part in told if part.startswith("I2"))
        assert "There is too little data to foresee anything." in level_two
        assert "needed pace: +40.3 a year" in level_two
        assert "target: ≥ 90% by 31 Dec 2019" in level_two
