"""Where names lead in a group of answers: {a}, {panel.a}, {row.a}, {table-total.a}, {item}, {rowIndex} and so on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.display import shown_for
from luotsi.questionnaires.rules.expressions.lookup import ABSENT, along, found_in
from luotsi.questionnaires.rules.expressions.nodes import Name

if TYPE_CHECKING:
    from luotsi.questionnaires.rules.evaluation.running import Entry, Group

TOTAL, COMMENT = "-total", "-Comment"
BESIDE = {"panel": 0, "row": 0, "prevPanel": -1, "prevRow": -1, "nextPanel": 1, "nextRow": 1}
PANEL = frozenset({"panel", "prevPanel", "nextPanel", "panelIndex", "visiblePanelIndex", "parentPanel"})
ROW = frozenset({"row", "prevRow", "nextRow", "rowIndex", "visibleRowIndex", "rowName", "rowValue", "totalRow"})


class RowScope:
    """The values of one row, and of nothing else."""

    def __init__(self, data: Mapping[str, Any], now: datetime) -> None:
        self.data, self.now = data, now

    def value_of(self, name: Name) -> Any:
        """Return the value of a name in the row."""
        found = found_in(self.data, name)
        return None if found is ABSENT else found

    def display_of(self, name: str, value: Any) -> Any:
        """Return the value itself: a row alone does not know its questions."""
        return self.data.get(name) if value is None else value

    def within(self, item: Mapping[str, Any]) -> RowScope:
        """Return the scope of a row in the row."""
        return RowScope(item, self.now)


class GroupScope:
    """A group of answers, and around it the whole; `item` is the choice or row that is asked about."""

    __slots__ = ("group", "item")

    def __init__(self, group: Group, item: Mapping[str, Any] | None = None) -> None:
        self.group, self.item = group, item

    @property
    def now(self) -> datetime:
        """The moment of the evaluation."""
        return self.group.run.now

    def within(self, item: Mapping[str, Any]) -> RowScope:
        """Return the scope of one row."""
        return RowScope(item, self.now)

    def display_of(self, name: str, value: Any) -> Any:
        """Return what is shown for the answer to a question of this group or of the whole."""
        group = self.group if name in self.group.part.items else self.group.run.root
        if name not in group.part.items:
            return None
        entry = group.entry(name)
        asked = entry.value if values.is_empty(value) else value
        return shown_for(entry.item.question, asked, self.group.run.language)

    def value_of(self, name: Name) -> Any:
        """Return the value of a name."""
        first = name.path[0] if name.path else name.text
        if self.item is not None and first in {"item", "choice", "$item"}:
            return self._of_item(name)
        if self.group.holder is not None and first in (PANEL | ROW):
            found = self._beside(str(first), name.path[1:])
            if found is not ABSENT:
                return found
        return self._in_whole(name)

    def _of_item(self, name: Name) -> Any:
        item = self.item or {}
        if len(name.path) == 1:
            return item.get("item")
        key = ".".join(str(step) for step in name.path[1:])
        return item.get("item") if key == "value" else item.get("extra", {}).get(key)

    def _beside(self, first: str, rest: tuple[str | int, ...]) -> Any:
        """Return what a word of the row or panel says, ABSENT where it does not stand in such a one."""
        group: Group | None = self.group
        kind = "panel" if first in PANEL else "row"
        while group is not None and group.kind != kind:
            group = group.holder.group if group.holder is not None else None
        if group is None or group.holder is None:
            return ABSENT
        if first in {"rowIndex", "visibleRowIndex"}:
            return group.index + 1
        if first in {"panelIndex", "visiblePanelIndex"}:
            return group.index
        if first in {"rowName", "rowValue"}:
            return group.key or None
        if first == "totalRow":
            return group.holder.total(str(rest[0])) if rest else None
        if first == "parentPanel":
            above = group.holder.group
            return _in_group(above, rest) if above.kind == "panel" else None
        index = group.index + BESIDE[first]
        rows = group.holder.rows
        return _in_group(rows[index], rest) if 0 <= index < len(rows) else None

    def _in_whole(self, name: Name) -> Any:
        run = self.group.run
        root, text = run.root, name.text
        if text in run.form.calculated:
            return run.calculated(text)
        if text in root.part.items:
            return root.entry(text).told
        if len(name.path) > 1:
            found = _in_group(root, name.path)
            if found is not None or not name.path:
                return found
            return self._of_calculated(name.path)
        if text.endswith(COMMENT):
            return root.raw.get(text)
        known = run.form.lower.get(text.lower())
        if known is not None:
            return run.calculated(known)
        known = root.part.lower.get(text.lower())
        return root.entry(known).told if known is not None else None

    def _of_calculated(self, path: tuple[str | int, ...]) -> Any:
        run = self.group.run
        if path[0] not in run.form.calculated:
            return None
        found = along(run.calculated(str(path[0])), path[1:])
        return None if found is ABSENT else found


def _in_group(group: Group, path: tuple[str | int, ...]) -> Any:
    """Return what stands at the end of a path in a group, None where it leads nowhere."""
    for end in range(len(path), 0, -1):
        if not all(isinstance(step, str) for step in path[:end]):
            continue
        name = ".".join(str(step) for step in path[:end])
        if (entry := _entry(group, name)) is not None:
            return _along(entry, path[end:])
        if name.endswith(TOTAL) and (entry := _entry(group, name.removesuffix(TOTAL))) is not None:
            return entry.total(str(path[end])) if len(path) == end + 1 else None
        if name.endswith(COMMENT) and end == len(path):
            return group.raw.get(name)
    return None


def _entry(group: Group, name: str) -> Entry | None:
    if name not in group.part.items:
        known = group.part.lower.get(name.lower())
        return None if known is None else group.entry(known)
    return group.entry(name)


def _along(entry: Entry, rest: tuple[str | int, ...]) -> Any:
    """Return a value in an answer; a cell of a table is asked for by itself, so that others are not worked out."""
    if not rest:
        return entry.told
    if entry.item.inside is not None and len(rest) == 2 and isinstance(rest[1], str):
        rows = entry.rows
        step = rest[0]
        if isinstance(step, int):
            row = rows[step] if -len(rows) <= step < len(rows) else None
        else:
            row = next((one for one in rows if one.key == step), None)
        if row is not None and rest[1] in row.part.items:
            return row.entry(rest[1]).value
    found = along(entry.value, rest)
    return None if found is ABSENT else found
