"""`luotsi study validate`: what it prints, in which language, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luotsi.learning.tests.documents import changed, period, plan, vocational
from luotsi.learning.tests.test_study_checks import EXAMPLES
from luotsi.learning.tests.test_together import sound

R = "/opiskeluoikeudet/0"
KEYS = ["rule", "severity", "owner", "file", "line", "at", "params", "message", "fix", "funding"]


def run(*words: str, language: str = "en") -> tuple[str, int]:
    """Return what the command prints, and with which code it ends."""
    out = StringIO()
    try:
        call_command("study", "validate", *words, "--on", "2026-11-26", "--language", language, stdout=out)
    except CommandError as ended:
        return out.getvalue() + str(ended), ended.returncode
    return out.getvalue(), 0


def saved(folder: Path, name: str, *documents: Any) -> str:
    """Return the path of a file with the documents, a line each."""
    path = folder / name
    path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return str(path)


def unfunded() -> dict[str, Any]:
    """Return a learner whose right has no source of funding."""
    return changed(vocational(), f"{R}/tila/opiskeluoikeusjaksot", [period("2024-08-12", "lasna", None)])


class TestValidate:
    def test_sound_files_end_with_nothing(self, tmp_path: Path) -> None:
        out, code = run(saved(tmp_path, "a.json", sound()[0]), saved(tmp_path, "b.json", sound()[1]))
        assert code == 0
        assert out.startswith("Documents: 2. Learners: 1. Rights to study: 1. Plans: 1. Rights of other kinds")
        assert [line for line in out.splitlines() if line][1:] == [
            "Cannot be read: 0",
            "Blocks: 0",
            "Warnings: 0",
            "Remarks: 0",
        ]

    def test_a_rule_is_told_once_with_its_places(self, tmp_path: Path) -> None:
        people = [changed(unfunded(), f"{R}/oid", f"1.2.246.562.15.{number:011d}") for number in range(7)]
        people = [changed(one, "/henkilö/oid", f"1.2.246.562.24.{number}") for number, one in enumerate(people)]
        name = saved(tmp_path, "a.jsonl", *people)
        out, code = run(name)
        assert code == 1
        assert out.count("K05 No source of funding (7) – keeper of the register of studies") == 1
        assert out.count("Funding hangs on it: Student years") == 1
        assert f"{name}:5  {R}/tila/opiskeluoikeusjaksot/0/opintojenRahoitus" in out
        assert "The state “lasna” has no source of funding. → Add the source of funding to the state." in out
        assert "… and 2 more" in out
        assert f"{name}:7" not in out
        assert f"{name}:7" in run(name, "--all")[0]
        assert out.endswith("7 findings block.")

    def test_json_has_exactly_these_keys_and_counts(self, tmp_path: Path) -> None:
        name = saved(tmp_path, "a.json", unfunded())
        out, code = run(name, "--json")
        told = json.loads(out[: out.rindex("}") + 1])
        assert code == 1
        assert [list(one) for one in told["findings"]] == [KEYS]
        assert told["findings"][0] | {"message": "", "fix": ""} == {
            "rule": "K05",
            "severity": "block",
            "owner": "register",
            "file": name,
            "line": None,
            "at": f"{R}/tila/opiskeluoikeusjaksot/0/opintojenRahoitus",
            "params": {"state": "lasna"},
            "message": "",
            "fix": "",
            "funding": True,
        }
        read = told["read"]
        assert (read["on"], read["files"], read["rights"], read["block"], read["warn"]) == ("2026-11-26", 1, 1, 1, 0)

    def test_days_and_numbers_are_json(self, tmp_path: Path) -> None:
        name = saved(tmp_path, "a.json", changed(plan(), "/paivitetty", "2024-08-31"))
        out, code = run(name, "--json")
        (one,) = json.loads(out)["findings"]
        assert (one["rule"], one["params"], code) == ("H17", {"day": "2024-08-31", "first": "2024-09-01"}, 0)

    def test_what_cannot_be_read_ends_with_two_and_the_rest_is_checked(self, tmp_path: Path) -> None:
        broken = tmp_path / "broken.json"
        broken.write_text('{"henkilö": ', encoding="utf-8")
        foreign = saved(tmp_path, "foreign.json", {"type": "Feature"})
        good = saved(tmp_path, "good.json", unfunded())
        out, code = run(str(broken), foreign, good)
        assert code == 2
        assert f"{broken}:1\n        This is no JSON." in out
        assert "This is neither a right to study of KOSKI nor a personal plan of eHOKS." in out
        assert "K05" in out
        told = json.loads(run(str(broken), foreign, good, "--json")[0].rpartition("}")[0] + "}")
        assert [one["severity"] for one in told["findings"]] == ["broken", "broken", "block"]

    def test_a_value_that_is_none_blocks(self, tmp_path: Path) -> None:
        out, code = run(saved(tmp_path, "a.json", changed(vocational(), f"{R}/alkamispäivä", "12.8.2024")))
        assert code == 1
        assert "A day such as 2026-11-26 is expected; here stands: 12.8.2024." in out

    def test_the_same_again_warns_and_a_contradiction_blocks(self, tmp_path: Path) -> None:
        one = saved(tmp_path, "a.json", vocational())
        same = saved(tmp_path, "b.json", vocational())
        other = saved(tmp_path, "c.json", changed(vocational(), f"{R}/arvioituPäättymispäivä", "2027-12-31"))
        out, code = run(one, same)
        assert (code, "was told before, the same: " in out, one in out) == (0, True, True)
        out, code = run(one, other)
        assert (code, "Which one holds cannot be known." in out) == (1, True)

    def test_half_a_sign_does_not_stop_it(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text(json.dumps(vocational()).replace('"lasna"', '"\\ud800"'), encoding="utf-8")
        out, code = run(str(path))
        assert (code, f"{path}  {R}/tila/opiskeluoikeusjaksot/0/tila/koodiarvo" in out) == (2, True)
        assert json.loads(run(str(path), "--json")[0].rpartition("}")[0] + "}")["findings"][0]["rule"] == "not_signs"

    def test_a_folder_is_read_with_all_below_it(self, tmp_path: Path) -> None:
        inner = tmp_path / "one" / "two"
        inner.mkdir(parents=True)
        assert run(str(tmp_path))[1] == 2
        saved(inner, "a.json", unfunded())
        saved(tmp_path, "b.txt", "no study data")
        out, code = run(str(tmp_path))
        assert (code, out.startswith("Documents: 1. "), str(inner / "a.json") in out) == (1, True, True)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        out, code = run(str(tmp_path / "none.json"))
        assert (code, "none.json" in out) == (2, True)

    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_it_speaks_the_language_asked_for(self, tmp_path: Path, language: str) -> None:
        out, _code = run(saved(tmp_path, "a.json", unfunded()), language=language)
        assert "No source of funding" not in out


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="The example documents of the national services are not here.")
class TestTheExamplesOfTheServices:
    def test_the_real_defects_of_the_preparatory_plan_are_found(self) -> None:
        out, code = run(str(EXAMPLES / "ehoks_hoks_tuva.json"), "--json")
        found = {(one["rule"], one["at"]) for one in json.loads(out)["findings"]}
        assert code == 0
        assert {
            ("H10", "/hankittavat-koulutuksen-osat/0/laajuus"),
            ("H09", "/hankittavat-koulutuksen-osat/1"),
        } <= found

    def test_every_document_is_read_and_code_lists_are_foreign(self) -> None:
        documents = [str(path) for path in sorted(EXAMPLES.glob("*.json")) if not path.name.startswith("koodisto")]
        out, code = run(*documents, "--json")
        read = json.loads(out.rpartition("}")[0] + "}")["read"]
        assert (code, read["broken"], read["documents"], read["rights"], read["plans"]) == (1, 0, 16, 10, 6)
        (name,) = EXAMPLES.glob("koodisto_tuva*.json")
        assert run(str(name))[1] == 2
