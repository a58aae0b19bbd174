"""What a page is drawn from: plain data with every word and id made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """A text and the language it is in, for the lang attribute."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


NO_WORDS = Words("")


@dataclass(frozen=True)
class Option:
    """One thing to choose: what is sent, what is read, whether it is chosen, the id of its input."""

    value: str
    words: Words
    checked: bool
    id: str


@dataclass(frozen=True)
class FileShown:
    """A file of an answer."""

    name: str
    size: int
    url: str
    reference: str


@dataclass(frozen=True)
class Version:
    """One of several versions of an answer between which is decided; `place` -1 is the saved one."""

    place: int
    words: str
    by: str
    at: str


@dataclass(frozen=True)
class Row:
    """A row of a table, or one line of a matrix."""

    place: int
    words: Words
    cells: tuple[Shown, ...]
    id: str
    options: tuple[Option, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Total:
    """What stands below a column; `words` "" where nothing is counted there."""

    label: Words
    words: str
    id: str


@dataclass(frozen=True)
class Group:
    """A panel: words above, elements inside; one of a repetition has its place there."""

    title: Words
    help: Words
    items: tuple[Any, ...]
    id: str
    place: int = -1
    kind: str = "group"

    @property
    def shape(self) -> str:
        """Changes when the panel must be drawn anew."""
        return f"{self.kind}({','.join(item.shape for item in self.items)})"


@dataclass(frozen=True)
class Shown:
    """A question as it is drawn; each kind uses what it needs.

    Attributes:
        kind: Which template draws it.
        name: Its whole name; `path` is that of its field.
        id: Id of its element.
        missing: True where it has no answer yet and needs one.
        was: Digest of the value shown; "" inside tables and repetitions.
        kept: True where the page does not let change it and says so.
        shape: Changes when the element must be drawn anew, not when only its answer does.
    """

    kind: str
    name: str
    path: str
    id: str
    title: Words
    help: Words = NO_WORDS
    number: str = ""
    required: bool = False
    read_only: bool = False
    inner: bool = False
    kept: bool = False
    was: str = ""
    value: str = ""
    input: str = "text"
    mode: str = ""
    lines: int = 4
    least: str = ""
    most: str = ""
    unit: str = ""
    limit: int | None = None
    count: int = 0
    options: tuple[Option, ...] = ()
    low: Words = NO_WORDS
    high: Words = NO_WORDS
    errors: tuple[str, ...] = ()
    comment: Shown | None = None
    columns: tuple[Words, ...] = ()
    rows: tuple[Row, ...] = ()
    totals: tuple[Total, ...] = ()
    total_words: Words = NO_WORDS
    panels: tuple[Group, ...] = ()
    row_count: int = 0
    may_add: bool = False
    may_remove: bool = False
    files: tuple[FileShown, ...] = ()
    html: str = ""
    versions: tuple[Version, ...] = ()
    shape: str = ""
    hidden_rows: tuple[int, ...] = ()

    @property
    def template(self) -> str:
        """Which template draws it."""
        kind = "checkbox" if self.kind == "tagbox" else self.kind
        return f"questionnaires/fields/{kind}.html"

    @property
    def field(self) -> str:
        """Name of its input."""
        return f"a:{self.path}"

    @property
    def described(self) -> str:
        """Ids of what describes its input, for aria-describedby; the counter comes last."""
        parts = [part for part, there in self._about() if there]
        return " ".join(f"{self.id}-{part}" for part in parts)

    def _about(self) -> Sequence[tuple[str, bool]]:
        return (("help", bool(self.help)), ("error", bool(self.errors)), ("count", self.limit is not None))
