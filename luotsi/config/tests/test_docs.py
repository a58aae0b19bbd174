"""The documents tell the truth: whatever they list stands in the code, and whatever stands in the code is listed."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

from luotsi.base import privacy
from luotsi.funding.rules.rights import HOLDERS as OF_FUNDING
from luotsi.indicators.rules.rights import HOLDERS as OF_INDICATORS
from luotsi.learning.rules.rights import HOLDERS as OF_LEARNING
from luotsi.people.rules import NEEDS_SECOND_FACTOR, PLACES, REACHES_ONLY_ITS_UNIT, RIGHTS, Right, Role
from luotsi.programme.rules.rights import HOLDERS as OF_PROGRAMME
from luotsi.questionnaires.rules.rights import HOLDERS as OF_QUESTIONNAIRES
from luotsi.reports.rules.rights import HOLDERS as OF_REPORTS

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
# Read, but set by others than whoever runs an installation.
NOT_OURS = {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
READERS = {"flag", "lines", "number"}
HOLDERS: tuple[Mapping[Any, frozenset[Role]], ...] = (
    OF_INDICATORS,
    OF_QUESTIONNAIRES,
    OF_PROGRAMME,
    OF_FUNDING,
    OF_LEARNING,
    OF_REPORTS,
)


def text(name: str) -> str:
    """Return a document without what stands between fences."""
    return re.sub(r"```.*?```", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def headings(name: str, level: int = 2) -> list[str]:
    """Return the headings of one level of a document."""
    return re.findall(rf"^{'#' * level} (.+)$", text(name), re.MULTILINE)


def rows(name: str, first: str) -> list[list[str]]:
    """Return the rows of the table whose heading begins with the cell `first`."""
    found: list[list[str]] = []
    inside = False
    for line in text(name).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == first:
            inside = True
        elif inside and not line.startswith("|---"):
            found.append(cells)
    return found


def rooms() -> list[str]:
    """Return the rooms that stand."""
    return sorted(folder.parent.name for folder in (ROOT / "luotsi").glob("*/__init__.py"))


def environment_read_in(path: Path) -> Iterator[str]:
    """Yield the names of variables that a file takes from the environment."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = ast.unparse(node.func)
        if called in {"os.environ.get", "os.getenv"} or called in READERS:
            yield str(node.args[0].value)


def settings_read() -> set[str]:
    """Return the variables that the product reads from the environment."""
    sources = [path for path in (ROOT / "luotsi").rglob("*.py") if "tests" not in path.parts]
    return {name for path in sources for name in environment_read_in(path)} - NOT_OURS


def commands() -> list[str]:
    """Return the management commands of our own rooms."""
    return sorted(name for name, app in get_commands().items() if str(app).startswith("luotsi."))


class TestRooms:
    def test_each_has_a_heading_and_no_other_has(self) -> None:
        assert sorted(headings("rooms.md")) == rooms()

    def test_the_floors_of_the_house_say_which_stand(self) -> None:
        found = [row[1] if row[3].strip("| ") == "yes" else row[3] for row in rows("house.md", "floor")]
        assert sorted(name for cell in found for name in re.findall(r"`(\w+)`", cell)) == rooms()

    def test_the_floors_are_those_of_the_contract(self) -> None:
        contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        floors = next(contract for contract in contracts if contract["id"] == "floors")["layers"]
        wanted = [sorted(re.findall(r"\w+", layer)) for layer in floors]
        assert [sorted(re.findall(r"`(\w+)`", row[1])) for row in rows("house.md", "floor")] == wanted


class TestPermissions:
    def test_each_right_has_a_heading_and_no_other_has(self) -> None:
        wanted = [*Right, *(right for holders in HOLDERS for right in holders)]
        assert [name for name in headings("permissions.md") if "." in name] == wanted

    def test_the_rights_of_other_rooms_are_with_the_roles_that_the_rules_say(self) -> None:
        wanted = [
            [str(right), ", ".join(f"`{role}`" for role in Role if role in roles)]
            for holders in HOLDERS
            for right, roles in holders.items()
        ]
        assert [[cell.rstrip(" |") for cell in row] for row in rows("permissions.md", "right")] == wanted

    def test_the_matrix_is_what_the_rules_say(self) -> None:
        wanted = [[f"`{role}`", *("yes" if right in RIGHTS[role] else "–" for right in Right)] for role in Role]
        listed = next(line for line in text("permissions.md").splitlines() if "| people.see-unit |" in line)
        assert re.findall(r"people\.[a-z-]+", listed) == list(Right)
        assert [row for row in rows("permissions.md", "role") if len(row) == len(Right) + 1] == wanted

    def test_places_and_second_factors_are_what_the_rules_say(self) -> None:
        found = [row for row in rows("permissions.md", "role") if len(row) < len(Right) + 1]
        assert [row[0] for row in found] == [f"`{role}`" for role in Role]
        for row, role in zip(found, Role, strict=True):
            assert set(row[1].rstrip("| ").split(", ")) == PLACES[role], role
            assert ("asked for" in row) == (role in NEEDS_SECOND_FACTOR), role

    def test_the_roles_that_stay_are_named(self) -> None:
        told = text("permissions.md").split("stay where they were given:")[1].split(".")[0]
        assert set(re.findall(r"`(\w+)`", told)) == REACHES_ONLY_ITS_UNIT


class TestSettings:
    def test_each_variable_has_a_row_and_no_other_has(self) -> None:
        listed = [row[0].strip("`") for row in rows("operations.md", "variable")]
        assert sorted(listed) == sorted(settings_read())

    def test_no_document_names_a_variable_that_does_not_exist(self) -> None:
        from luotsi.config import settings

        known = settings_read() | set(vars(settings))
        for page in PAGES:
            named = set(re.findall(r"\bLUOTSI_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
            assert named - known - {"LUOTSI_MAIL"} == set(), page


class TestCommands:
    def test_each_has_a_heading_and_no_other_has(self) -> None:
        assert headings("commands.md") == commands()

    def test_the_documents_run_only_what_exists(self) -> None:
        for page in PAGES:
            named = [word for code in code_in(page) for word in re.findall(r"(?:^|bin/|\s)luotsi ([a-z]+)\b", code)]
            assert set(named) <= get_commands().keys(), page

    def test_the_documents_make_only_what_the_makefile_makes(self) -> None:
        made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        for page in PAGES:
            named = [word for code in code_in(page) for word in re.findall(r"\bmake ([a-z-]+)", code)]
            assert set(named) <= made, page


def code_in(page: Path) -> list[str]:
    """Return what a document sets as code: between fences and between ticks."""
    whole = page.read_text(encoding="utf-8")
    fenced = re.findall(r"```.*?\n(.*?)```", whole, re.DOTALL)
    return [*fenced, *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", whole, flags=re.DOTALL))]


class TestPersonalData:
    def test_the_table_is_what_the_rooms_declare(self) -> None:
        wanted = [
            [
                f"`{data.model}`",
                ", ".join(f"`{name}`" for name in data.fields),
                data.purpose,
                data.basis,
                data.retention,
            ]
            for data in privacy.declared()
        ]
        assert rows("privacy.md", "record") == wanted


class TestDecisions:
    def test_they_are_numbered_without_a_gap_and_listed(self) -> None:
        files = sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
        assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
        assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", text("decisions/README.md")) == files

    def test_each_says_why_what_and_what_follows(self) -> None:
        for path in (DOCS / "decisions").glob("0*.md"):
            assert headings(f"decisions/{path.name}") == ["Why", "What", "What follows"], path

    def test_every_dependency_is_decided(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        npm = [name.split("/")[-1] for name in json.loads((ROOT / "package.json").read_text())["dependencies"]]
        names = [re.split(r"[\[><=]", wanted)[0] for wanted in project["dependencies"]]
        written = " ".join(page.read_text(encoding="utf-8").lower() for page in (DOCS / "decisions").glob("0*.md"))
        plain = re.sub(r"[^a-z0-9]", "", written)
        assert [name for name in [*names, *npm] if re.sub(r"[^a-z0-9]", "", name.lower()) not in plain] == []


class TestGlossary:
    def test_every_word_has_three_languages(self) -> None:
        words = rows("glossary.md", "suomi")
        assert len(words) > 50
        assert [row for row in words if len(row) != 3 or not all(row)] == []

    def test_no_word_stands_twice(self) -> None:
        finnish = [row[0] for row in rows("glossary.md", "suomi")]
        assert sorted(finnish) == sorted(set(finnish))


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
    def test_every_link_inside_the_repository_leads_somewhere(self, page: Path) -> None:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), target

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
    def test_every_file_that_is_named_exists(self, page: Path) -> None:
        for named in re.findall(r"`((?:luotsi|tools|docs|assets|bench)/[\w./-]+)`", page.read_text(encoding="utf-8")):
            assert (ROOT / named).exists(), named

    def test_every_document_can_be_reached_from_the_first_page(self) -> None:
        reached, waiting = set(), [ROOT / "README.md"]
        while waiting:
            page = waiting.pop()
            if page in reached:
                continue
            reached.add(page)
            for target in re.findall(r"\]\(([^)#]+\.md)", page.read_text(encoding="utf-8")):
                waiting.append((page.parent / target).resolve())
        assert set(PAGES) <= reached
