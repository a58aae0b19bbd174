"""A YAML text as a tree that remembers lines and columns; every scalar stays the text that was written.

Only maps, lists and scalars: no tags, anchors or aliases, no key twice, one document. Types come from the shapes of
the plan, not from YAML, so `no` is a word, and 0091 keeps its zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from yaml import Mark
    from yaml._yaml import Mark as FastMark
    from yaml.events import Event

LARGEST = 1024 * 1024
DEEPEST = 24
MOST = 100_000
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Problem:
    """Why a file cannot be read: line and column from 1, a full sentence."""

    line: int
    column: int
    message: str


class Unreadable(Exception):
    """A text that is no tree."""

    def __init__(self, line: int, column: int, message: str) -> None:
        """Keep the one problem after which nothing more can be told."""
        self.problem = Problem(line, column, message)
        super().__init__(message)


@dataclass(frozen=True)
class Node:
    """Something that stands at a line and a column."""

    line: int
    column: int


@dataclass(frozen=True)
class Scalar(Node):
    """A text; None where nothing was given (null, ~ or nothing at all)."""

    text: str | None


@dataclass(frozen=True)
class Listing(Node):
    """Nodes in their order."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping(Node):
    """Keys, each with where it stands and what it leads to."""

    entries: dict[str, tuple[Scalar, Node]]


def tree_of(data: bytes) -> Node:
    """Return the tree of a file.

    Raises:
        Unreadable: it is too large, not UTF-8, not YAML, or uses more of YAML than a plan needs.
    """
    import yaml

    if len(data) > LARGEST:
        raise Unreadable(1, 1, _("The file is larger than %(count)s kilobytes.") % {"count": LARGEST // 1024})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise Unreadable(line, column, _("The file is not UTF-8 text. Save it as UTF-8.")) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(yaml.parse(text, Loader=loader)).document()
    except yaml.MarkedYAMLError as error:
        line, column = _at(error.problem_mark or error.context_mark)
        words = {"problem": error.problem or error.context or ""}
        raise Unreadable(line, column, _("This is not YAML: %(problem)s.") % words) from None
    except yaml.YAMLError:
        raise Unreadable(1, 1, _("The file has letters that YAML does not allow.")) from None


def _at(mark: Mark | FastMark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Composer:
    """Makes a tree of events; stops at the first thing that a plan may not have."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events, self.count = events, 0

    def document(self) -> Node:
        import yaml

        found: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if not isinstance(event, yaml.DocumentStartEvent):
                found = self.node(event, 0)
            elif found:
                raise Unreadable(*_at(event.start_mark), _("The file has more than one document."))
        if found is None:
            raise Unreadable(1, 1, _("The file is empty."))
        return found

    def node(self, event: Event, depth: int) -> Node:
        import yaml

        line, column = _at(event.start_mark)
        self.count += 1
        if self.count > MOST or depth > DEEPEST:
            raise Unreadable(line, column, _("The file is too deep or has too many values."))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise Unreadable(line, column, _("Anchors (&), aliases (*) and tags (!) are not used in plans."))
        if isinstance(event, yaml.ScalarEvent):
            given = event.value if event.style or event.value not in _NOTHING else None
            return Scalar(line, column, given)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(line, column, tuple(self.listed(depth + 1)))
        return Mapping(line, column, self.mapped(depth + 1))

    def listed(self, depth: int) -> Iterator[Node]:
        import yaml

        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth)

    def mapped(self, depth: int) -> dict[str, tuple[Scalar, Node]]:
        import yaml

        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth)
            if not isinstance(key, Scalar) or not key.text:
                raise Unreadable(key.line, key.column, _("A key is a word."))
            if key.text in entries:
                words = {"key": key.text, "line": entries[key.text][0].line}
                message = _("The key “%(key)s” stands here already, on line %(line)s.") % words
                raise Unreadable(key.line, key.column, message)
            entries[key.text] = key, self.node(next(self.events), depth)
        return entries
