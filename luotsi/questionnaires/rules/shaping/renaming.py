"""Giving an element another name, with every expression that names it written anew."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from luotsi.questionnaires.rules.convert import Untranslatable, printed
from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.expressions import (
    Binary,
    Call,
    ExpressionError,
    Listed,
    Literal,
    Name,
    Node,
    Unary,
    parse,
)
from luotsi.questionnaires.rules.lint.naming import NAMING, OVER_ROWS, ROWS
from luotsi.questionnaires.rules.lint.outline import KEYS, Outline
from luotsi.questionnaires.rules.lint.references import dangling
from luotsi.questionnaires.rules.shaping.places import (
    OURS,
    REPETITION,
    TABLES,
    WHOLE,
    Data,
    Shaped,
    ShapingRefused,
    found_at,
    held_key,
    kept_readable,
    names_taken,
    spots,
    value_at,
)

EXPRESSIONS = frozenset(KEYS.values())
BRACED = re.compile(r"\{([^{}]{1,200})\}")
BEHIND = (".", "[", "-comment", "-total", "-unwrapped")
LONGEST = 200


@dataclass(frozen=True)
class Renaming:
    """An old name, a new one, and the table or repetition in whose rows it stands; "" = outside of rows."""

    old: str
    new: str
    owner: str = ""

    def outer(self, text: str, taken: frozenset[str]) -> str:
        """Return a name in braces with the new name where it is that of the renamed element, outside of its rows."""
        if self.owner:
            return self._in_owner(text)
        lower, old = text.lower(), self.old.lower()
        if lower == old:
            return self.new
        if lower.startswith(tuple(old + sign for sign in BEHIND)) and lower not in taken:
            return self.new + text[len(old) :]
        return text

    def inner(self, text: str) -> str:
        """Return a name as it stands in a row, without {row. before it."""
        lower, old = text.lower(), self.old.lower()
        if lower == old or lower.startswith(tuple(old + sign for sign in BEHIND)):
            return self.new + text[len(old) :]
        return text

    def _in_owner(self, text: str) -> str:
        """Return {owner[0].old}, {owner.row.old}, {owner-total.old} with the new name."""
        owner = r"(?:\[[^\]]*\])?\.".join(map(re.escape, self.owner.split(".")))
        for middle in (r"(?:\[[^\]]*\]|-total)", r"\.[^.]+", ""):
            found = re.match(rf"(?i){owner}{middle}\.", text)
            if found and (new := self.inner(text[found.end() :])) != text[found.end() :]:
                return text[: found.end()] + new
        return text


@dataclass(frozen=True)
class _Site:
    """Where an expression stands: the tables and repetitions around it with their names inside, innermost first."""

    rows: tuple[tuple[str, frozenset[str]], ...] = ()

    def renames_row(self, change: Renaming) -> bool:
        """Return True when {row.old} here means the renamed element."""
        first = next((owner for owner, names in self.rows if change.old.lower() in names), None)
        return bool(change.owner) and first == change.owner


class _Rewriting:
    """Writes the names of expressions anew for one renaming."""

    def __init__(self, change: Renaming, taken: frozenset[str]) -> None:
        self.change, self.taken = change, taken - {change.old.lower()}

    def text(self, text: str, site: _Site) -> str:
        """Return an expression; one that names nothing of the sort stays as it was written, sign by sign."""
        try:
            node = parse(text)
        except ExpressionError:
            return BRACED.sub(lambda found: "{" + self.name(found[1], site) + "}", text)
        made = self.node(node, site, in_rows=False)
        if made == node:
            return text
        try:
            return printed(made)
        except Untranslatable:
            raise ShapingRefused("expression", text=text[:200]) from None

    def name(self, text: str, site: _Site, *, in_rows: bool = False) -> str:
        """Return a name in braces."""
        mark, text = ("#", text[1:]) if text.startswith("#") else ("", text)
        if in_rows and (new := self.change.inner(text)) != text:
            return mark + new
        first, point, rest = text.partition(".")
        if point and first.lower() in ROWS:
            return mark + (f"{first}.{self.change.inner(rest)}" if site.renames_row(self.change) else text)
        return mark + self.change.outer(text, self.taken)

    def node(self, node: Node, site: _Site, *, in_rows: bool) -> Node:
        """Return an expression with the new name in it."""
        match node:
            case Name(text=text):
                new = self.name(text, site, in_rows=in_rows)
                return node if new == text else replace(node, text=new)
            case Call(function=function) if function in OVER_ROWS:
                return self._over_rows(node, site)
            case Call(function=function, arguments=(Literal(constant=str(word)), *others)) if function in NAMING:
                rest = tuple(self.node(one, site, in_rows=in_rows) for one in others)
                return replace(node, arguments=(Literal(self.name(word, site)), *rest))
            case Call(arguments=arguments):
                return replace(node, arguments=tuple(self.node(one, site, in_rows=in_rows) for one in arguments))
            case Listed(items=items):
                return replace(node, items=tuple(self.node(one, site, in_rows=in_rows) for one in items))
            case Unary(operand=operand):
                return replace(node, operand=self.node(operand, site, in_rows=in_rows))
            case Binary(left=left, right=right):
                new_left, new_right = (self.node(one, site, in_rows=in_rows) for one in (left, right))
                return replace(node, left=new_left, right=new_right)
        return node

    def _over_rows(self, node: Call, site: _Site) -> Node:
        """Return a sum over rows: its column is named by a text, its filter asks the names of the row."""
        if not node.arguments:
            return node
        table, *others = node.arguments
        owner = self.change.owner.rpartition(".")[2].lower()
        ours = bool(owner) and isinstance(table, Name) and table.text.lower().rpartition(".")[2] == owner
        made: list[Node] = [self.node(table, site, in_rows=False)]
        for place, other in enumerate(others):
            if place == 0 and isinstance(other, Literal) and isinstance(other.constant, str):
                word = self.change.inner(other.constant) if ours else other.constant
                made.append(Literal(word))
            else:
                made.append(self.node(other, site, in_rows=ours))
        return replace(node, arguments=tuple(made))

    def data(self, value: Any, site: _Site) -> Any:
        """Return a part of a definition with every expression in it written anew."""
        if isinstance(value, list):
            return [self.data(item, site) for item in value]
        if not isinstance(value, dict):
            return value
        made: Data = {}
        inside = self._inside(value, site)
        for key, item in value.items():
            if key in EXPRESSIONS and isinstance(item, str) and item.strip():
                made[key] = self.text(item, inside if key in {"totalExpression", "templateVisibleIf"} else site)
            elif key in WHOLE:
                made[key] = item
            else:
                made[key] = self.data(item, inside)
        return made

    def _inside(self, value: Data, site: _Site) -> _Site:
        key = {REPETITION: "templateElements"}.get(str(value.get("type")))
        key = "columns" if value.get("type") in TABLES else key
        if not key:
            return site
        own = str(value.get("name"))
        owner = f"{site.rows[0][0]}.{own}" if site.rows else own
        return _Site(((owner, frozenset(_names(value.get(key)))), *site.rows))


def _names(items: Any) -> list[str]:
    """Return the names, in small letters, of the elements in rows."""
    found: list[str] = []
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            found += [str(item.get("name")).lower(), *_names(item.get("elements"))]
    return found


def rewritten(part: Any, change: Renaming, whole: Mapping[str, Any]) -> Any:
    """Return a part of a definition, outside of rows, with the expressions in it written anew."""
    return _Rewriting(change, frozenset(names_taken(whole))).data(part, _Site())


def renamed(data: Mapping[str, Any], at: str, name: str) -> Shaped:
    """Return the definition with another name for an element, and every expression that names it written anew.

    Raises:
        ShapingRefused: there is no such element; the name is taken or has signs that a name may not have; an
            expression that names it cannot be written anew.
    """
    new = unicodedata.normalize("NFC", name.strip())
    if not new or len(new) > LONGEST or any(sign in "{}[]" or not sign.isprintable() for sign in new):
        raise ShapingRefused("name.characters", name=name[:80])
    made: Data = copy.deepcopy(dict(data))
    spot = found_at(made, at)
    if new == spot.name:
        return Shaped(made, at)
    if new.lower() in names_taken(made, spot.owner) - {spot.name.lower()}:
        raise ShapingRefused("name.taken", name=new[:80])
    if spot.level not in {"page", "panel"}:
        change = Renaming(spot.name, new, spot.owner)
        if spot.owner:
            _rename_in_rows(made, change)
        made = _Rewriting(change, frozenset(names_taken(data))).data(made, _Site())
    value_at(made, at)["name"] = new
    if _dangling(made) > _dangling(data):
        raise ShapingRefused("reference", name=spot.name[:80])
    return kept_readable(data, made, at)


def _rename_in_rows(data: Data, change: Renaming) -> None:
    """Rename what a table or repetition itself says of its rows: the key, and the values that it begins with."""
    holder = next((spot for spot in spots(data) if spot.key == change.owner and spot.holds), None)
    if holder is None:
        return
    owner = value_at(data, holder.at)
    if owner.get("keyName") == change.old:
        owner["keyName"] = change.new
    for key in ("defaultRowValue", "defaultPanelValue"):
        if isinstance(owner.get(key), dict):
            owner[key] = _row(owner[key], change)
    begins = owner.get("defaultValue")
    if isinstance(begins, list):
        owner["defaultValue"] = [_row(row, change) for row in begins]
    elif isinstance(begins, dict) and held_key(holder.level, holder.kind) == "columns":
        owner["defaultValue"] = {row: _row(cells, change) for row, cells in begins.items()}


def _row(row: Any, change: Renaming) -> Any:
    if not isinstance(row, dict):
        return row
    names = {change.old: change.new, f"{change.old}-Comment": f"{change.new}-Comment"}
    return {names.get(key, key): value for key, value in row.items()}


def _dangling(data: Mapping[str, Any]) -> int:
    definition = read(data).definition
    return sum(1 for _defect in dangling(Outline(definition))) if definition else 0


def renamed_rules(rule_set: Any, data: Mapping[str, Any], at: str, name: str) -> Any:
    """Return the rule set of a definition with the new name of an element in its rules.

    Args:
        rule_set: The set as JSON; anything else comes back as it was.
        data: The definition before the renaming.
        at: JSON pointer of the element.
        name: Its new name.
    """
    rules = rule_set.get("rules") if isinstance(rule_set, dict) else None
    spot = found_at(data, at)
    roles = {str(one.get("role", "")).lower() for one in _ours(data)} | {
        str(group).lower() for group in (rule_set.get("groups") or {} if isinstance(rule_set, dict) else ())
    }
    if not isinstance(rules, list) or spot.level in {"page", "panel"} or spot.name.lower() in roles:
        return rule_set
    writing = _Rewriting(Renaming(spot.name, name.strip(), spot.owner), frozenset(names_taken(data)))

    def within(text: Any) -> Any:
        if isinstance(text, dict):
            return {key: within(one) for key, one in text.items()}
        return (
            BRACED.sub(lambda found: "{" + writing.name(found[1], _Site()) + "}", text)
            if isinstance(text, str)
            else text
        )

    return {**rule_set, "rules": [_with_names(rule, writing, within) for rule in rules]}


def _with_names(rule: Any, writing: _Rewriting, within: Callable[[Any], Any]) -> Any:
    """Return a rule with the new names in its expression, its evidence and its texts."""
    if not isinstance(rule, dict):
        return rule
    made = {**rule, **{key: within(rule[key]) for key in ("texts", "fix") if key in rule}}
    if isinstance(rule.get("when"), str):
        made["when"] = writing.text(rule["when"], _Site())
    if isinstance(rule.get("evidence"), list):
        made["evidence"] = [writing.name(one, _Site()) if isinstance(one, str) else one for one in rule["evidence"]]
    return made


def _ours(value: Any) -> list[Mapping[str, Any]]:
    """Return our own semantics wherever they stand in a definition."""
    found: list[Mapping[str, Any]] = []
    if isinstance(value, list):
        for item in value:
            found += _ours(item)
    elif isinstance(value, dict):
        if isinstance(value.get(OURS), Mapping):
            found.append(value[OURS])
        for key, item in value.items():
            if key not in WHOLE:
                found += _ours(item)
    return found
