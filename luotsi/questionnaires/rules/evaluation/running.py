"""One evaluation while it runs: groups of answers, each answer worked out when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import LIMITS
from luotsi.questionnaires.rules.evaluation.forms import Box, Form, Item, Part, clears
from luotsi.questionnaires.rules.evaluation.scopes import GroupScope
from luotsi.questionnaires.rules.evaluation.totals import total_of
from luotsi.questionnaires.rules.expressions import Budget, Node, evaluate, holds
from luotsi.questionnaires.rules.expressions.coercion import iso
from luotsi.questionnaires.rules.expressions.functions.numbers import rounded

BUSY: Any = object()
MISSING: Any = object()
CONSIDERATE = frozenset({"none", "onComplete"})  # ways of clearing with which hidden answers count
ENTRY = 4  # steps that an answer, a row or a panel costs by itself


def settled(value: Any) -> Any:
    """Return a value worked out as it is kept: a moment as text, a whole number without a point."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.adjusted() < 60 else value
    return value


class Run:
    """The evaluation of one set of answers."""

    def __init__(self, form: Form, answers: Mapping[str, Any], now: datetime, language: str, budget: Budget) -> None:
        self.form, self.now, self.language, self.budget = form, now, language, budget
        self.root = Group(self, form.part, answers, "")
        self._calculated: dict[str, Any] = {}

    def work_out(self) -> None:
        """Work every value out, each after those that it looks up, so that no chain of them goes deep."""
        for name in self.form.order:
            if name in self.form.calculated:
                self.calculated(name)
            else:
                self.root.entry(name).settle()

    def calculated(self, name: str) -> Any:
        """Return a named value; one that leads back to itself is nothing."""
        found = self._calculated.get(name, MISSING)
        if found is MISSING:
            self._calculated[name] = BUSY
            node = self.form.calculated[name]
            found = None if node is None else self.work(node, self.root)
            self._calculated[name] = found
        return None if found is BUSY else found

    def work(self, node: Node, group: Group, item: Mapping[str, Any] | None = None) -> Any:
        """Return what an expression comes to in a group."""
        return evaluate(node, GroupScope(group, item), self.budget)

    def holds(self, node: Node, group: Group, item: Mapping[str, Any] | None = None) -> bool:
        """Return True when an expression counts as true in a group."""
        return holds(node, GroupScope(group, item), self.budget)


class Group:
    """Answers that stand side by side: all of them, those of one panel of a repetition, of one row of a table.

    Attributes:
        raw: The answers as they were given.
        name: What their names begin with.
        kind: root, panel or row.
        index: Which panel or row, from 0.
        holder: The table or repetition.
        key: Name of a fixed row.
    """

    def __init__(
        self,
        run: Run,
        part: Part,
        raw: Mapping[str, Any],
        name: str,
        *,
        kind: str = "root",
        index: int = 0,
        holder: Entry | None = None,
        key: str = "",
    ) -> None:
        self.run, self.part, self.raw, self.name = run, part, raw, name
        self.kind, self.index, self.holder, self.key = kind, index, holder, key
        self._entries: dict[str, Entry] = {}
        self._shown: dict[Box, Any] = {}

    def entry(self, name: str) -> Entry:
        """Return the answer to a question of this group."""
        found = self._entries.get(name)
        if found is None:
            self.run.budget.spend(ENTRY)
            found = self._entries[name] = Entry(self, self.part.items[name])
        return found

    @property
    def entries(self) -> Iterator[Entry]:
        """Yield the answers in order."""
        return map(self.entry, self.part.items)

    def shows(self, box: Box) -> bool:
        """Return True when a page or panel is on view, by its own condition and those of what holds it."""
        found = self._shown.get(box)
        if found is None:
            self._shown[box] = BUSY
            found = box.element.visible and (box.holder is None or self.shows(box.holder))
            if found and box.visible is not None:
                found = self.run.holds(box.visible, self)
            self._shown[box] = found
        return True if found is BUSY else bool(found)

    def locks(self, box: Box) -> bool:
        """Return True when nothing in a page or panel can be changed."""
        if box.element.read_only or (box.enable is not None and not self.run.holds(box.enable, self)):
            return True
        return box.holder is not None and self.locks(box.holder)

    def values(self) -> dict[str, Any]:
        """Return all values of the group: what was given, what begins there, what is worked out."""
        found = dict(self.raw)
        for entry in self.entries:
            value = entry.value
            if value is not None or entry.item.question.name in found:
                found[entry.item.question.name] = value
        return found


class Entry:
    """The answer to one question, with everything that is worked out about it."""

    def __init__(self, group: Group, item: Item) -> None:
        self.group, self.item, self.run = group, item, group.run
        name = item.question.name
        self.name = f"{group.name}.{name}" if group.name else name
        self._visible: Any = None
        self._shown: Any = None
        self._value: Any = MISSING
        self._rows: tuple[Group, ...] | None = None
        self._totals: dict[str, Any] = {}

    @property
    def visible(self) -> bool:
        """True when the question is on view; one whose condition leads back to itself is."""
        if self._visible is None:
            self._visible = BUSY
            self._visible = self._is_visible()
        return True if self._visible is BUSY else bool(self._visible)

    def _is_visible(self) -> bool:
        box = self.item.box
        return (box is None or self.group.shows(box)) and self.shown_itself

    @property
    def shown_itself(self) -> bool:
        """True when the question would be on view if what holds it were."""
        if self._shown is None:
            self._shown = BUSY
            self._shown = self._shows_itself()
        return True if self._shown is BUSY else bool(self._shown)

    def _shows_itself(self) -> bool:
        item, question = self.item, self.item.question
        if not question.visible:
            return False
        if item.visible is not None and not self.run.holds(item.visible, self.group):
            return False
        hides = getattr(question, "hide_if_empty", False)
        if not hides:
            return True
        return bool(self.rows) if isinstance(question, d.TableQuestion) else bool(self.options())

    @property
    def counts(self) -> bool:
        """False where the answer is hidden in a way in which the definition has it count as none.

        One that decides itself whether it is on view counts: else there would be no end to its coming and going.
        """
        form = self.run.form
        when = clears(self.item, form.clearing)
        if when in CONSIDERATE or (self.group.kind == "root" and self.item.question.name in form.circular):
            return True
        return self.shown_itself if when == "onHidden" else self.visible

    @property
    def read_only(self) -> bool:
        """True when the answer cannot be changed."""
        item = self.item
        if item.question.read_only or (item.enable is not None and not self.run.holds(item.enable, self.group)):
            return True
        holder = self.group.holder
        return (item.box is not None and self.group.locks(item.box)) or (holder is not None and holder.read_only)

    @property
    def required(self) -> bool:
        """True when there must be an answer."""
        if self.item.question.kind in {d.Kind.HTML, d.Kind.EXPRESSION}:
            return False
        node = self.item.required
        return self.item.question.is_required or (node is not None and self.run.holds(node, self.group))

    @property
    def value(self) -> Any:
        """The answer as expressions see it: worked out, given, or what it begins with."""
        if self._value is MISSING:
            self._value = BUSY
            self._value = self._worked_out()
        if self._value is BUSY:
            return None if self.item.work is not None else self.given
        return self._value

    @property
    def told(self) -> Any:
        """The answer as an expression sees it that names it whole: a repetition without any answer in it is none."""
        value = self.value
        return None if self.item.question.kind is d.Kind.PANELDYNAMIC and values.is_hollow(value) else value

    def settle(self) -> None:
        """Work the value out, so that others find it at hand."""
        self._value = self.value

    @property
    def given(self) -> Any:
        """The answer as it was given, None where there is none."""
        return self.group.raw.get(self.item.question.name)

    def _worked_out(self) -> Any:
        item, question = self.item, self.item.question
        if not self.counts:
            return None
        if isinstance(question, d.ExpressionQuestion):
            value: Any = None if item.work is None else self.run.work(item.work, self.group)
            if question.digits < 0 or not values.is_number(value):
                return value
            return rounded(Decimal(value), question.digits)
        if item.inside is not None:
            rows = self.rows
            found = [row.values() for row in rows]
            if question.kind is d.Kind.MATRIXDROPDOWN:
                return {row.key: value for row, value in zip(rows, found, strict=True) if not values.is_empty(value)}
            if question.kind is d.Kind.PANELDYNAMIC:
                return found or None
            return found if self._is_begun or not all(map(values.is_empty, found)) else None
        return self.begun

    @property
    def _is_begun(self) -> bool:
        return not values.is_empty(self.given)

    @property
    def begun(self) -> Any:
        """The answer given, or what the question begins with where nothing was given."""
        name = self.item.question.name
        if name in self.group.raw:
            return self.group.raw[name]
        if self.item.default is not None:
            return settled(self.run.work(self.item.default, self.group))
        return self.item.question.default

    @property
    def rows(self) -> tuple[Group, ...]:
        """The rows of a table or the panels of a repetition."""
        if self._rows is None:
            self._rows = tuple(self._made_rows())
        return self._rows

    def _made_rows(self) -> Iterator[Group]:
        question, inside, begun = self.item.question, self.item.inside, self.begun
        if inside is None or not self.counts:
            return
        if isinstance(question, d.TableQuestion) and question.kind is d.Kind.MATRIXDROPDOWN:
            given = begun if isinstance(begun, dict) else {}
            for number, key in enumerate(self.options()):
                raw, told = given.get(str(key)), str(key)
                name = f"{self.name}.{told}"
                raw = raw if isinstance(raw, dict) else {}
                yield Group(self.run, inside, raw, name, kind="row", index=number, holder=self, key=told)
            return
        least, first, new = 0, 0, None
        if isinstance(question, d.TableQuestion):
            least, first, new = question.min_rows, question.row_count, question.default_row
        elif isinstance(question, d.RepeatQuestion):
            least, first, new = question.min_panels, question.panel_count, question.default_panel
        listed = begun[: LIMITS.rows] if isinstance(begun, list) else []
        wanted = max(len(listed), least if listed else max(first, least))
        kind = "row" if isinstance(question, d.TableQuestion) else "panel"
        for number in range(wanted):
            raw = listed[number] if number < len(listed) else new
            raw = raw if isinstance(raw, dict) else {}
            self.run.budget.spend(ENTRY)
            yield Group(self.run, inside, raw, f"{self.name}[{number}]", kind=kind, index=number, holder=self)

    def shows_row(self, row: Group) -> bool:
        """Return True when a panel of a repetition is on view."""
        node = self.item.panels_if
        return node is None or self.run.holds(node, row)

    def options(self) -> tuple[Any, ...]:
        """Return the values of the choices, or of the rows, that are on view."""
        item, found = self.item, []
        for option in item.options:
            choice = option.choice
            told = {"item": choice.value, "choice": choice.value, "value": choice.value, "extra": choice.other}
            if option.visible is not None:
                if not self.run.holds(option.visible, self.group, told):
                    continue
            elif item.options_if is not None and not self.run.holds(item.options_if, self.group, told):
                continue
            found.append(choice.value)
        return tuple(found)

    def locked_options(self) -> frozenset[str]:
        """Return those of the choices that cannot be chosen now, as texts."""
        item, found = self.item, set()
        for option in item.options:
            told = {"item": option.choice.value, "choice": option.choice.value, "extra": option.choice.other}
            node = option.enable if option.enable is not None else item.options_enable
            if node is not None and not self.run.holds(node, self.group, told):
                found.add(str(option.choice.value))
        return frozenset(found)

    def total(self, column: str) -> Any:
        """Return the total below a column, None where nothing is counted or there is nothing to count."""
        found = self._totals.get(column, MISSING)
        if found is MISSING:
            self._totals[column] = None
            found = self._totals[column] = self._counted(column)
        return found

    def _counted(self, name: str) -> Any:
        question = self.item.question
        column = (
            next((one for one in question.columns if one.name == name), None)
            if isinstance(question, d.TableQuestion)
            else None
        )
        if column is None or not column.has_total:
            return None
        node = self.item.totals.get(name)
        if node is not None:
            return settled(self.run.work(node, self.group))
        self.run.budget.spend(len(self.rows))
        return settled(total_of(column, [row.entry(name).value for row in self.rows]))
