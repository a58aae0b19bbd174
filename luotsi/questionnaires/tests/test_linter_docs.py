"""The page about questionnaires lists every defect that the linter knows, with its severity, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from luotsi.questionnaires.queries import defect_words
from luotsi.questionnaires.rules.lint import Severity

PAGE = Path(__file__).parents[3] / "docs" / "questionnaires.md"
SOURCES = (Path(__file__).parents[1] / "rules" / "lint").glob("*.py")


class TestTheTableOfDefects:
    def test_it_lists_every_defect_and_no_other(self) -> None:
        listed = re.findall(
            r"^\| `([a-z_.]+)` \| (?:error|warn|info) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert sorted(listed) == sorted(defect_words.WORDS)

    def test_severities_are_those_of_the_checks(self) -> None:
        told = dict(re.findall(r"^\| `([a-z_.]+)` \| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
        source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
        given = re.findall(r'Defect\(\s*"([a-z_.]+)",\s*Severity\.([A-Z]+)', source)
        assert len(given) > 14
        assert {code: told[code] for code, _severity in given} == {code: Severity[name] for code, name in given}
