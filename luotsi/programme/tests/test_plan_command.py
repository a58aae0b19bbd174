"""`luotsi plan`: what it prints, in which language, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luotsi.programme.tests.sound import SOUND, damaged

pytestmark = pytest.mark.django_db


def run(verb: str, file: str, **options: Any) -> str:
    """Return what the command prints."""
    told = StringIO()
    call_command("plan", verb, file, stdout=told, **{"language": "en", **options})
    return told.getvalue()


def saved(folder: Path, text: str) -> str:
    """Return the path of a file with the text."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


class TestLint:
    def test_a_sound_plan_has_nothing_to_tell(self, tmp_path: Path) -> None:
        told = run("lint", saved(tmp_path, SOUND))
        assert "Errors: 0" in told
        assert "Remarks: 0" in told

    def test_an_error_ends_with_exit_code_one(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"The plan has 1 error\.") as ended:
            run("lint", saved(tmp_path, damaged("owner: OJ", "owner: NOBODY")))
        assert ended.value.returncode == 1

    def test_gaps_do_not_fail(self) -> None:
        told = run("lint", "TRE-SEUTU-DIGI-2024-2027")
        assert "Milestones without a baseline: 39" in told
        assert "M11 2024-25" in told
        assert "34 more; --all shows them" in told

    def test_all_opens_the_lists(self) -> None:
        told = run("lint", "TRE-SEUTU-DIGI-2024-2027", all=True)
        assert "more; --all" not in told
        assert told.count("M45 2026-27") == 5

    def test_json_has_lines_codes_and_words(self) -> None:
        told = json.loads(run("lint", "HKI-DIGI-2016-2019", json=True))
        assert (told["key"], told["sound"], told["problems"]) == ("HKI-DIGI-2016-2019", True, [])
        fault = next(fault for fault in told["faults"] if fault["code"] == "indicator.sources")
        assert fault["about"] == "I3"
        assert fault["line"] > 0
        assert "1.9 (J7)" in fault["message"]
        assert told["counts"]["remark"] == sum(fault["severity"] == "remark" for fault in told["faults"])

    def test_json_that_fails_is_still_json(self, tmp_path: Path) -> None:
        told = StringIO()
        with pytest.raises(CommandError):
            call_command("plan", "lint", saved(tmp_path, "key: [\n"), json=True, stdout=told)
        answer = json.loads(told.getvalue())
        assert answer["sound"] is False
        assert answer["problems"][0]["line"] == 2

    def test_what_cannot_be_read_is_told_with_line_and_column(self, tmp_path: Path) -> None:
        told = StringIO()
        path = saved(tmp_path, damaged("count: 200", "count: many"))
        with pytest.raises(CommandError):
            call_command("plan", "lint", path, language="en", stdout=told)
        assert "This is not a number." in told.getvalue()
        assert "column " in told.getvalue()

    def test_a_file_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(CommandError, match="HKI-DIGI-2016-2019"):
            run("lint", "NOTHING")


class TestShow:
    def test_it_tells_the_levels_beside_their_targets(self) -> None:
        told = run("show", "HKI-DIGI-2016-2019").splitlines()
        level_two = told.index("  I2  Digi.hel.fi level 2 (deeper skills)")
        assert told[level_two + 1] == "    target: ≥ 90 % (2019)"
        assert told[level_two + 4] == "    derived: J6 = F034 / J5 * 100 = 9.4 %"
        assert "  J7 = F035 / J5 * 100 = 1.9 %" in told

    def test_it_tells_measures_by_school_year_in_the_language_asked_for(self) -> None:
        told = run("show", "TRE-SEUTU-DIGI-2024-2027", language="sv")
        assert "M11  Ett användarnamn" in told
        assert told.count("2026-27  ") == 13

    def test_json_keeps_every_digit(self) -> None:
        told = json.loads(run("show", "HKI-DIGI-2016-2019", json=True))
        assert told["money"][0]["amount"] == "37000000.00"
        assert told["money"][4]["amount"] is None
        derived = {row["code"]: row["value"] for row in told["derived"]}
        assert (derived["J3"], derived["J6"], derived["J10"]) == ("3650", "9.4", "37.6")

    def test_a_file_that_cannot_be_read_is_not_half_shown(self, tmp_path: Path) -> None:
        told = StringIO()
        with pytest.raises(CommandError):
            call_command("plan", "show", saved(tmp_path, "key: A\n"), language="en", stdout=told)
        assert "is missing" in told.getvalue()
