"""The log of changes is read by people: every verb that an action writes has words."""

from __future__ import annotations

import ast
from pathlib import Path

from luotsi.people.queries.audit import deeds

ROOT = Path(__file__).parents[2]


def verbs_written() -> set[str]:
    """Return every text in the actions that has the form of a verb: room.noun.deed."""
    rooms = {folder.name for folder in ROOT.iterdir() if (folder / "rules").exists()}
    found = set()
    for path in ROOT.glob("*/actions/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                room, *rest = node.value.split(".")
                if room in rooms and len(rest) == 2 and all(part.replace("-", "").isalpha() for part in rest):
                    found.add(node.value)
    return found


class TestDeeds:
    def test_every_verb_has_words(self) -> None:
        assert sorted(verbs_written() - deeds().keys()) == []
