"""`luotsi guidance benchmark`: the product's own way on public sets, and what it refuses to learn from."""

from __future__ import annotations

import json
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from luotsi.learning.engine import benchmark, uci
from luotsi.learning.tests.public import public_sets, write_polytechnic

DATA = public_sets()
real = pytest.mark.skipif(not DATA.is_dir(), reason="The public sets are not here.")


def ran(*arguments: str) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("guidance", "benchmark", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> CommandError:
    """Return how the command ends that does not answer."""
    with pytest.raises(CommandError) as caught:
        ran(*arguments)
    return caught.value


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command says in JSON of a made-up set."""
    folder = write_polytechnic(tmp_path_factory.mktemp("sets"))
    told: dict[str, Any] = json.loads(ran("uci", "--data", str(folder), "--json"))
    return told


@cache
def on_real(name: str, *, personal: bool) -> benchmark.Benchmark:
    """Run a public set once."""
    return benchmark.run(name, DATA, 1 if name == "uci" else 56, personal=personal, draws=50)


class TestMadeUpStudents:
    def test_it_says_that_the_set_tells_nothing_of_students_here(self, found: dict[str, Any]) -> None:
        assert "tells nothing of vocational students here" in found["about"]

    def test_later_years_are_judged_by_earlier_ones(self, found: dict[str, Any]) -> None:
        assert found["learnt"]["cohorts"][-1] == "2014"
        assert found["judged"]["cohorts"] == ["2015", "2016", "2017"]
        value, low, high = found["judged"]["auc"]
        assert 0.7 < low < value < high < 1

    def test_attributes_of_people_are_told_as_groups_and_are_no_features(self, found: dict[str, Any]) -> None:
        assert not found["people_as_features"]
        groups = {(one["attribute"], one["value"]): one for one in found["groups"]}
        assert groups["Gender", "0"]["people"] + groups["Gender", "1"]["people"] == found["judged"]["people"]
        assert groups["Gender", "1"]["found_of_those_who_left"][0] > 0

    def test_a_model_that_ranks_no_better_than_the_plain_rule_is_not_released(self, found: dict[str, Any]) -> None:
        assert not found["released"]
        assert {"stop": "no_better", "about": ""} in found["stops"]

    def test_a_split_by_chance_is_refused(self, found: dict[str, Any]) -> None:
        assert "is not later" in found["refused"]

    def test_figures_below_those_measured_earlier_end_with_an_error(self, tmp_path: Path) -> None:
        error = refusal("uci", "--data", str(write_polytechnic(tmp_path, steady=False)), "--json")
        assert error.returncode == 1

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_it_speaks(self, language: str, tmp_path: Path) -> None:
        told = ran("uci", "--data", str(write_polytechnic(tmp_path)), "--semesters", "0", "--language", language)
        assert "Realinho" in told
        assert ("0.5" in told) is (language == "en")


class TestBadInput:
    def test_a_set_that_is_not_there(self, tmp_path: Path) -> None:
        error = refusal("oulad", "--data", str(tmp_path))
        assert error.returncode == 2
        assert "assessments.csv.gz" in str(error)

    @pytest.mark.parametrize(
        "content", [b"\xff\xfe\x00 nonsense", b"a;b\n1;2\n", b"", b"Unemployment rate;Target\n99;Dropout\n"]
    )
    def test_files_that_are_not_those_of_the_set(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / uci.FILE
        path.parent.mkdir()
        path.write_bytes(content)
        assert refusal("uci", "--data", str(tmp_path)).returncode == 2

    def test_a_packed_file_that_is_cut_off(self, tmp_path: Path) -> None:
        path = tmp_path / "oulad" / "assessments.csv.gz"
        path.parent.mkdir()
        path.write_bytes(b"\x1f\x8b\x08\x00 cut")
        assert refusal("oulad", "--data", str(tmp_path)).returncode == 2

    @pytest.mark.parametrize(
        "arguments", [("uci", "--day", "56"), ("oulad", "--semesters", "1"), ("oulad", "--day", "-1")]
    )
    def test_a_time_that_the_set_does_not_have(self, arguments: tuple[str, ...], tmp_path: Path) -> None:
        assert refusal(*arguments, "--data", str(tmp_path)).returncode == 2


@real
class TestRealStudents:
    def test_the_polytechnic_after_one_semester(self) -> None:
        found = on_real("uci", personal=True)
        assert found.trained.judged.auc.value == pytest.approx(0.864, abs=0.01)
        assert found.holds
        by_chance, honest = (one.auc or 0 for one in found.flattering)
        assert 0.01 < by_chance - honest < 0.04

    def test_the_open_university_on_day_56(self) -> None:
        found = on_real("oulad", personal=False)
        judged = found.trained.judged
        assert judged.people == 15_087
        assert judged.auc.value == pytest.approx(0.80, abs=0.01)
        assert judged.error == pytest.approx(0.037, abs=0.02)
        assert found.holds
        assert (judged.auc.value or 0) > (found.trained.plain_auc or 1) + 0.02

    def test_students_who_had_left_flatter_every_figure_and_are_refused(self) -> None:
        found = on_real("oulad", personal=True)
        everybody, begun, honest = (one.auc or 0 for one in found.flattering)
        assert honest == pytest.approx(0.798, abs=0.01)
        assert everybody == pytest.approx(0.870, abs=0.01)
        assert begun == pytest.approx(0.848, abs=0.01)
        assert "had left by the day of their snapshot" in str(found.refused)

    def test_what_somebody_is_adds_little_and_widens_the_gaps(self) -> None:
        with_it, without = (on_real("oulad", personal=one).trained.judged for one in (True, False))
        assert 0 < (with_it.auc.value or 0) - (without.auc.value or 0) < 0.01
        for attribute in ("age_band", "imd_band", "gender"):
            assert with_it.gaps[attribute] > without.gaps[attribute]
