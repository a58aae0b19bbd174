"""`luotsi funding check` and `schema`: what they print, in which language, and how they end."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from luotsi.funding.queries import check_words, label_words
from luotsi.funding.rules import checks
from luotsi.funding.tests.budgets import DATA, codes, found_in, packaged
from luotsi.ui.formatting import NBSP

KEYS = ["rule", "severity", "where", "found", "expected", "message", "fix"]


def run(*words: str, language: str = "en") -> tuple[str, int]:
    """Return what the command prints, and with which code it ends."""
    out = StringIO()
    try:
        call_command("funding", *words, "--language", language, stdout=out, stderr=StringIO())
    except CommandError as ended:
        return out.getvalue() + str(ended), ended.returncode
    return out.getvalue(), 0


def file(name: str) -> str:
    """Return the path of a file that comes with Luotsi."""
    return str(DATA / f"{name}.json")


def saved(folder: Path, data: Any) -> str:
    """Return the path of a file with the JSON."""
    path = folder / "file.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data, default=float), encoding="utf-8")
    return str(path)


class TestCheck:
    def test_json_is_a_list_with_exactly_these_keys(self) -> None:
        out, code = run(
            "check", file("environments-2020.application"), "--call", file("environments-2020.call"), "--json"
        )
        told = json.loads(out[: out.rindex("]") + 1])
        assert code == 1
        assert all(list(one) == KEYS and len(one["where"]) == 2 for one in told)
        share = next(one for one in told if one["rule"] == "M4")
        assert (share["severity"], share["found"], share["expected"]) == ("block", 39_300, 43_230)
        assert share["where"] == ["application#/areas/0/financing/1/amount", "call#/share/percent"]
        for number in ("€43,667", "€436,667", "€389,070", "€353,700", "€4,367", "€3,930"):
            assert number in share["fix"]

    def test_a_mended_copy_ends_with_nothing(self) -> None:
        for name in ("strategy-2021", "environments-2020", "environments-2022"):
            out, code = run("check", file(f"{name}.mended"), "--call", file(f"{name}.call"))
            assert code == 0
            assert out.startswith("Blocks: 0\n\nWarnings: 0\n")

    def test_a_person_reads_both_sides_and_what_to_do(self) -> None:
        out, _code = run(
            "check",
            file("strategy-2021.application"),
            "--call",
            file("strategy-2021.call"),
            "--register",
            file("strategy-2021.register"),
        )
        plain = " ".join(out.split())
        assert "Blocks: 2" in out
        assert "are swapped: “Opetuksen ja ohjauksen laatu” has €1,424,150" in plain
        assert "(+€104,650). The summary is wrong" in plain
        assert "→ Enter €1,319,500 in the summary." in plain
        assert "[application#/summaries/0/amount]" in plain
        assert "7,500" in plain
        assert max(len(line) for line in out.splitlines() if "[" not in line) <= 110

    @pytest.mark.parametrize(
        ("language", "sum_", "share"),
        [
            ("fi", f"1{NBSP}424{NBSP}150{NBSP}€", f"9,0000{NBSP}%"),
            ("sv", f"1{NBSP}424{NBSP}150{NBSP}€", f"9,8901{NBSP}%"),
        ],
    )
    def test_numbers_are_written_as_the_language_does(self, language: str, sum_: str, share: str) -> None:
        words = ("check", file("strategy-2021.application"), "--call", file("strategy-2021.call"), "--json")
        out, _code = run(*words, language=language)
        assert sum_ in out
        assert share in out

    def test_it_checks_as_on_a_day(self) -> None:
        words = ("check", file("strategy-2021.mended"), "--call", file("strategy-2021.call"), "--json")
        rules = {
            day: [one["rule"] for one in json.loads(run(*words, "--on", day)[0])]
            for day in ("2021-05-01", "2021-06-01")
        }
        assert rules["2021-06-01"].count("D3") == rules["2021-05-01"].count("D3") + 1

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 1}', "[" * 5_000, '{"a": NaN}'])
    def test_what_cannot_be_read_ends_with_two(self, tmp_path: Path, text: str) -> None:
        assert run("check", saved(tmp_path, text), "--call", file("strategy-2021.call"))[1] == 2
        assert run("check", file("strategy-2021.mended"), "--call", saved(tmp_path, text))[1] == 2
        register = saved(tmp_path, text)
        assert (
            run("check", file("strategy-2021.mended"), "--call", file("strategy-2021.call"), "--register", register)[1]
            == 2
        )

    def test_each_fault_is_told_with_its_place(self, tmp_path: Path) -> None:
        data = packaged("environments-2020.application")
        data["areas"][0]["financing"][0]["amount"] = "paljon"
        told, code = run("check", saved(tmp_path, data), "--call", file("environments-2020.call"))
        assert code == 2
        assert "/areas/0/financing/0/amount  A number has at most 12 digits" in told

    def test_a_file_that_is_not_there_ends_with_two(self) -> None:
        assert run("check", "nowhere.json", "--call", file("strategy-2021.call"))[1] == 2


class TestSchema:
    @pytest.mark.parametrize("kind", ["application", "call", "register"])
    def test_it_is_json_schema(self, kind: str) -> None:
        told = json.loads(run("schema", kind)[0])
        assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert told["properties"]


class TestWords:
    def test_every_code_of_the_rules_has_words_and_no_other_has(self) -> None:
        folder = Path(checks.__file__).parent
        sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
        named = set(re.findall(r'"((?:M|D|T|I)\d{1,2}\.[a-z_.]+)"', sources))
        sides = ("summary", "detail", "unknown")
        named |= {f"M2.{kind}.{side}" for kind in ("swap", "permutation") for side in sides}
        named |= {f"T8.{kind}" for kind in ("identity", "email", "phone")}
        assert named == set(check_words.WORDS)

    def test_every_name_of_ours_has_a_word(self) -> None:
        folder = Path(checks.__file__).parent
        sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
        named = set(re.findall(r'"@([a-z_.]+)"', sources))
        assert named <= set(label_words.LABELS)

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize("name", ["strategy-2021", "environments-2020", "environments-2022"])
    def test_every_finding_is_whole_sentences(self, name: str, language: str) -> None:
        found = found_in(packaged(f"{name}.application"), packaged(f"{name}.call"), packaged("strategy-2021.register"))
        assert codes(found)
        with translation.override(language):
            for one in found:
                for words in (check_words.message(one), check_words.fix(one)):
                    assert words[-1] in ".!?"
                    assert "%(" not in words
                    assert "@" not in words
