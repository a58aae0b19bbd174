"""Plan files: a file becomes a whole plan, or a list of everything that keeps it from being one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from django.utils.translation import gettext as _

from luotsi.programme.queries.reading import Reading
from luotsi.programme.queries.tree import LARGEST, Mapping, Node, Problem, Scalar, Unreadable, tree_of
from luotsi.programme.rules.plan import Plan
from luotsi.programme.rules.values import LANGUAGES

DATA = resources.files("luotsi.programme") / "data"
ENDING = ".yaml"


@dataclass(frozen=True)
class PlanFile:
    """What came of reading a file: a plan, or problems in the order of their lines; never both."""

    name: str
    plan: Plan | None
    problems: tuple[Problem, ...] = ()


class NoSuchPlan(Exception):
    """Neither a file nor the key of a plan that comes with Luotsi."""


def packaged_keys() -> list[str]:
    """Return the keys of the plans that come with Luotsi."""
    return sorted(file.name.removesuffix(ENDING) for file in DATA.iterdir() if file.name.endswith(ENDING))


def read_file(name: str) -> PlanFile:
    """Read a file, or the plan that comes with Luotsi under that key.

    Raises:
        NoSuchPlan: there is neither.
    """
    path = Path(name)
    try:
        if path.is_file():
            with path.open("rb") as file:
                return read(file.read(LARGEST + 1), path.name)
        if name in packaged_keys():
            return read((DATA / f"{name}{ENDING}").read_bytes(), f"{name}{ENDING}")
    except OSError as error:
        raise NoSuchPlan(f"{name}: {error.strerror}") from None
    words = {"name": name, "keys": ", ".join(packaged_keys())}
    raise NoSuchPlan(_("There is no file %(name)s, and no plan of that key. Known keys: %(keys)s.") % words)


def read(data: bytes, name: str = "") -> PlanFile:
    """Read the bytes of a plan file."""
    try:
        node = tree_of(data)
    except Unreadable as error:
        return PlanFile(name, None, (error.problem,))
    return plan_in(node, name)


def plan_in(node: Node, name: str = "") -> PlanFile:
    """Read the tree of a plan, wherever it came from."""
    reading = Reading(_language_of(node))
    plan = reading.item(node, Plan)
    if plan and plan.language not in LANGUAGES:
        line = plan.place.at("language").line
        reading.problems.append(Problem(line, 1, _("The language of a plan is fi, sv or en.")))
    problems = sorted(reading.problems, key=lambda problem: (problem.line, problem.column))
    return PlanFile(name, None if problems else plan, tuple(problems))


def _language_of(node: Node) -> str:
    """Return the language that the file says its texts are in."""
    if isinstance(node, Mapping) and "language" in node.entries:
        value = node.entries["language"][1]
        if isinstance(value, Scalar) and value.text in LANGUAGES:
            return value.text
    return LANGUAGES[0]
