"""Ticks the list of intended differences from SurveyJS off: each has an id in the docs and a test on either side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

PAGE = Path(__file__).parents[3] / "docs" / "questionnaires.md"
HEADING = "## Where Luotsi differs from SurveyJS"
MARK = "differs_from_surveyjs"


def differs[T: Callable[..., Any]](*ids: str) -> Callable[[T], T]:
    """Say which of the differences a test shows."""

    def marked(test: T) -> T:
        setattr(test, MARK, ids)
        return test

    return marked


def listed(page: str) -> list[str]:
    """Return the ids of the docs' list, in its order."""
    section = page.partition(HEADING)[2].partition("\n## ")[0]
    return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)


def lines(page: str) -> int:
    """Return how many lines the docs' list has below its head, with an id or without."""
    section = page.partition(HEADING)[2].partition("\n## ")[0]
    return len(re.findall(r"^\| (?!-)", section, re.MULTILINE)) - 1


def shown_by(module: ModuleType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every test of a module with the ids that it shows, none where it says none."""
    for of, held in vars(module).items():
        for name, test in vars(held).items() if of.startswith("Test") else ():
            if name.startswith("test_"):
                yield f"{module.__name__.rpartition('.')[2]}.{of}.{name}", getattr(test, MARK, ())


def unticked(ids: list[str], tests: Iterable[tuple[str, tuple[str, ...]]], where: str) -> list[str]:
    """Return what does not match: an id without a test, a test without an id, an id that is not listed, or twice."""
    told = list(tests)
    shown = [one for _name, of in told for one in of]
    return [
        *(f"{one} is listed twice" for one in dict.fromkeys(ids) if ids.count(one) > 1),
        *(f"{one} is listed and has no test in {where}" for one in dict.fromkeys(ids) if one not in shown),
        *(f"{one} is shown by a test of {where} and not listed" for one in dict.fromkeys(shown) if one not in ids),
        *(f"{name} shows no difference that is listed" for name, of in told if not of),
    ]


def faults_of(module: ModuleType, page: str) -> list[str]:
    """Return what the docs' list and the tests of a module do not agree on."""
    ids = listed(page)
    found = unticked(ids, shown_by(module), module.__name__.rpartition(".")[2])
    return [*found, *(["a line of the list has no id"] if lines(page) != len(ids) else [])]
