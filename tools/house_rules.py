"""House rules that neither ruff nor import-linter can state; each carries a good and a bad example, which test it.

Usage: python -m tools.house_rules [FOLDER]. `docs/house.md` tells why.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

WRITES = frozenset(
    {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}
    | {f"a{verb}" for verb in ("save", "create", "bulk_create", "bulk_update", "delete")}
    | {"aget_or_create", "aupdate_or_create"}
)
DOORS = frozenset({"actions", "queries", "access", "facts", "indicators", "models", "rules", "waiting"})
SHARED = frozenset({"base", "ui"})
READERS = frozenset({"views", "api", "forms", "tasks", "admin", "queries", "access", "waiting", "facts", "middleware"})
WAREHOUSES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "enums", "constants"})
FILE, FUNCTION, VIEW, SETTINGS = 400, 60, 25, 249


@dataclass(frozen=True)
class Place:
    """Where a file stands: package ("luotsi"), room ("people"), part of the room ("views"), path below the package."""

    package: str
    room: str
    part: str
    path: Path

    @property
    def is_test(self) -> bool:
        """Return True below a folder called tests."""
        return "tests" in self.path.parts

    @property
    def is_generated(self) -> bool:
        """Return True for a migration."""
        return "migrations" in self.path.parts


def place_of(path: Path, package: str = "luotsi") -> Place:
    """Return the place of a path relative to the package: people/views/units.py is in people, part views."""
    room, *rest = path.parts
    return Place(package, room, Path(rest[0]).stem if rest else Path(room).stem, path)


Breach = tuple[int, str]


@dataclass(frozen=True)
class Rule:
    """One rule: which places it is about, how it is broken, and an example of each kind at a place of its kind."""

    name: str
    why: str
    concerns: Callable[[Place], bool]
    broken_at: Callable[[str, Place], Iterator[int]]
    example: str
    good: str
    bad: str

    def breaches(self, source: str, place: Place) -> Iterator[Breach]:
        """Yield line and sentence for each breach in a file's text."""
        for line in self.broken_at(source, place) if self.concerns(place) else ():
            yield line, f"{self.name}. {self.why}"


def nodes(source: str) -> Iterator[ast.AST]:
    """Yield every node of a Python text."""
    return ast.walk(ast.parse(source))


def calls(source: str, names: frozenset[str]) -> Iterator[ast.Call]:
    """Yield the calls of a method with one of the names."""
    for node in nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def functions(source: str) -> Iterator[tuple[int, int]]:
    """Yield first line and length of every function."""
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.lineno, node.end_lineno - node.lineno + 1


def writes(source: str, place: Place) -> Iterator[int]:
    """Yield where records are written."""
    return (call.lineno for call in calls(source, WRITES))


def saves_blindly(source: str, place: Place) -> Iterator[int]:
    """Yield where save() names no fields."""
    named = {"update_fields", "force_insert"}
    return (
        call.lineno
        for call in calls(source, frozenset({"save", "asave"}))
        if not {keyword.arg for keyword in call.keywords} & named
    )


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything imported."""
    for node in nodes(source):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def enters_by_the_window(source: str, place: Place) -> Iterator[int]:
    """Yield where another room is imported otherwise than through its doors."""
    for line, name in imports(source):
        package, room, door, *_ = [*name.split("."), "", ""]
        if package == "luotsi" and room not in {place.room, "", *SHARED} and door not in DOORS:
            yield line


def overrides_save(source: str, place: Place) -> Iterator[int]:
    """Yield where a class defines save or delete of its own."""
    for node in nodes(source):
        for item in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}:
                yield item.lineno


def listens_to_signals(source: str, place: Place) -> Iterator[int]:
    """Yield where signals are imported."""
    return (line for line, name in imports(source) if ".signals" in name or name.startswith("django.dispatch"))


def hides_words(source: str, place: Place) -> Iterator[int]:
    """Yield where a function of translation is given a name that the collector of messages does not look for."""
    for node in nodes(source):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            plain = {"gettext", "gettext_lazy", "gettext_noop"}
            yield from (
                node.lineno
                for alias in node.names
                if alias.asname and "gettext" in alias.name and not (alias.asname == "_" and alias.name in plain)
            )


def fetches_barely(source: str, place: Place) -> Iterator[int]:
    """Yield where a view fetches by itself instead of through access or queries."""
    shortcuts = {"get_object_or_404", "get_list_or_404"}
    for node in nodes(source):
        by_shortcut = isinstance(node, ast.Name) and node.id in shortcuts
        by_manager = isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
        if isinstance(node, ast.expr) and (by_shortcut or by_manager):
            yield node.lineno


def too_long(limit: int) -> Callable[[str, Place], Iterator[int]]:
    """Return the test for texts of more lines than the limit."""
    return lambda source, place: iter([limit + 1] if len(source.splitlines()) > limit else [])


def function_too_long(limit: int) -> Callable[[str, Place], Iterator[int]]:
    """Return the test for functions of more lines than the limit."""
    return lambda source, place: (line for line, length in functions(source) if length > limit)


def is_warehouse(source: str, place: Place) -> Iterator[int]:
    """Yield once for a file or folder whose name says nothing of what is in it."""
    return iter([1] if {*place.path.parent.parts, place.path.stem} & WAREHOUSES else [])


def lines_with(*marks: str) -> Callable[[str, Place], Iterator[int]]:
    """Return the test for texts that have one of the marks, in any case."""
    return lambda source, place: (
        number for number, line in enumerate(source.lower().splitlines(), 1) if any(mark in line for mark in marks)
    )


def is_python(place: Place) -> bool:
    """Return True for Python written by hand."""
    return place.path.suffix == ".py" and not place.is_generated


def part(*names: str) -> Callable[[Place], bool]:
    """Return the test for hand-written product code in the named parts of a room."""
    return lambda place: product(place) and place.part in names


def product(place: Place) -> bool:
    """Return True for code of the product itself that is neither test nor generated."""
    return is_python(place) and not place.is_test and place.package == "luotsi"


def is_template(place: Place) -> bool:
    """Return True for templates of pages, mails and documents."""
    return "templates" in place.path.parts and not place.is_test


def is_page(place: Place) -> bool:
    """Return True for templates of what a browser shows."""
    return is_template(place) and place.path.suffix in {".html", ".svg"}


def call_of(lines: int) -> str:
    """Return a function of so many lines, as an example."""
    return "def view(request):\n" + "    step()\n" * (lines - 1)


RULES = (
    Rule(
        "readers-do-not-write",
        "Writing belongs to actions: one call, one transaction, one audit row.",
        part(*READERS),
        writes,
        example="people/views/units.py",
        good="actions.approve(grant=grant, by=user)",
        bad="grant.save()",
    ),
    Rule(
        "save-names-its-fields",
        "A bare save() overwrites what another request wrote meanwhile.",
        product,
        saves_blindly,
        example="people/actions/units.py",
        good="grant.save(update_fields=['status'])",
        bad="grant.save()",
    ),
    Rule(
        "use-the-door",
        "Another room is entered through actions, queries, access, facts, indicators, models, rules or waiting.",
        lambda place: product(place) and place.part != "urls" and place.room != "config",
        enters_by_the_window,
        example="funding/views.py",
        good="from luotsi.people import access",
        bad="from luotsi.people.views import card",
    ),
    Rule(
        "models-do-not-act",
        "What happens at a change stands in the action that makes it.",
        part("models"),
        overrides_save,
        example="people/models/units.py",
        good="class Unit:\n    def is_open(self): ...",
        bad="class Unit:\n    def save(self): ...",
    ),
    Rule(
        "no-signals",
        "An action calls what follows from it, in sight of the reader.",
        product,
        listens_to_signals,
        example="people/models/units.py",
        good="from luotsi.people import actions",
        bad="from django.db.models.signals import post_save",
    ),
    Rule(
        "words-are-found",
        "The collector of messages knows gettext and its kin by their own names and by _, and by no other.",
        is_python,
        hides_words,
        example="people/forms/units.py",
        good="from django.utils.translation import gettext_lazy as _\nfrom django.utils.translation import ngettext",
        bad="from django.utils.translation import gettext as _now",
    ),
    Rule(
        "fetch-through-access",
        "There is one way to fetch, and it checks access.",
        part("views", "api"),
        fetches_barely,
        example="people/views/units.py",
        good="unit = access.unit_for(request.user, key)",
        bad="unit = Unit.objects.get(pk=key)",
    ),
    Rule(
        "no-warehouses",
        "A module is named after the noun it is about.",
        lambda place: True,
        is_warehouse,
        example="people/utils.py",
        good="",
        bad="",
    ),
    Rule(
        "short-views",
        f"A view has at most {VIEW} lines: fetch, parse, one call, answer.",
        part("views", "api", "tasks", "admin"),
        function_too_long(VIEW),
        example="people/views.py",
        good=call_of(VIEW),
        bad=call_of(VIEW + 1),
    ),
    Rule(
        "short-functions",
        f"A function has at most {FUNCTION} lines.",
        is_python,
        function_too_long(FUNCTION),
        example="people/queries.py",
        good=call_of(FUNCTION),
        bad=call_of(FUNCTION + 1),
    ),
    Rule(
        "short-files",
        f"A file has at most {FILE} lines; a longer one becomes a folder of the same name, cut by noun.",
        lambda place: is_python(place) or is_template(place),
        too_long(FILE),
        example="people/templates/people/unit.html",
        good="line\n" * FILE,
        bad="line\n" * (FILE + 1),
    ),
    Rule(
        "short-settings",
        f"The settings are one file of at most {SETTINGS} lines; what a room offers stands in offers.py.",
        lambda place: place.path == Path("config/settings.py"),
        too_long(SETTINGS),
        example="config/settings.py",
        good="line\n" * SETTINGS,
        bad="line\n" * (SETTINGS + 1),
    ),
    Rule(
        "nothing-inline",
        "The content security policy lets no style or script of a page's own through.",
        is_page,
        lines_with(" style=", "<style", " onclick=", " onload=", " onchange=", " onsubmit=", " oninput=", "hx-on"),
        example="people/templates/people/unit.html",
        good='<p class="note">{{ text }}</p>',
        bad='<p style="color: red">{{ text }}</p>',
    ),
    Rule(
        "templates-escape",
        "What needs no escaping says so where it is made, not where it is shown.",
        is_page,
        lines_with("|safe", "autoescape off"),
        example="people/templates/people/unit.html",
        good="{{ field.help_text }}",
        bad="{{ field.help_text|safe }}",
    ),
)


def check(package: Path) -> Iterator[str]:
    """Yield one line for every breach below the package's folder."""
    texts = [path for path in package.rglob("*") if path.suffix in {".py", ".html", ".svg", ".txt"}]
    for path in sorted(texts):
        place = place_of(path.relative_to(package), package.name)
        if "static" in place.path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        for rule in RULES:
            for line, sentence in rule.breaches(source, place):
                yield f"{package.name}/{place.path}:{line}: {sentence}"


def main(folders: list[str]) -> int:
    """Print every breach; 1 when there is any."""
    found = [line for folder in folders or ["luotsi", "tools", "bench"] for line in check(Path(folder))]
    print("\n".join(found) or f"{len(RULES)} rules kept")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
