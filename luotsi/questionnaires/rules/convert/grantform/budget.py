"""The budget of a form: each list of costs as a table whose sums have their role, and the own share as a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.questionnaires.rules.convert.grantform.fields import LARGEST_SUM, rest, shared
from luotsi.questionnaires.rules.convert.grantform.form import (
    Data,
    Form,
    Known,
    children,
    kind,
    localised,
    params,
    whole,
)

LIST, ITEM = "vaSummingBudgetElement", "vaBudgetItemElement"
SUMMARY, OWN = "vaBudgetSummaryElement", "vaSelfFinancingField"
COST, INCOME = "cost", "income"
DEPTH = 4
EUROS: Data = {"inputType": "number", "step": 1, "min": 0, "max": LARGEST_SUM}
TITLES = {"amount": {"fi": "Euroa", "sv": "Euro", "en": "Euros"}}
DESCRIBED = {"fi": "Kuvaus", "sv": "Beskrivning", "en": "Description"}


def table_of(form: Form, node: Mapping[str, Any], at: str) -> Data:
    """Return a list of the budget as a table: a row for each item, with what it is for and its euros."""
    items = [
        (item, f"{at}/children/{place}")
        for place, item in enumerate(children(node))
        if isinstance(item, Mapping) and kind(item) == ITEM
    ]
    for number, one in enumerate(children(node)):
        if not isinstance(one, Mapping) or kind(one) != ITEM:
            form.lost(f"{at}/children/{number}", "element", "", kind(one) if isinstance(one, Mapping) else "?")
    name = form.name(node)
    rest(form, node, at, name, {"incrementsTotal", "sumTitle"})
    if localised(params(node).get("sumTitle")):
        form.lost(f"{at}/params/sumTitle", "changed", name, "params.sumTitle")
    rows, taken = [], set[str]()
    for item, place in items:
        row = _row(form, item, place, taken, lowers=params(node).get("incrementsTotal") is False)
        rows.append(row)
        form.keep(item, Known(row, row["value"]))
    roles = {row["x-luotsi"]["role"] for row in rows}
    role = INCOME if roles == {INCOME} else COST
    for row in rows:
        if row["x-luotsi"]["role"] == role:
            del row["x-luotsi"]
    made: Data = {"type": "matrixdropdown", "name": name, **shared(node), "x-luotsi": {"role": role, "unit": "EUR"}}
    made["columns"] = list(_columns(form, items, at, name, has_total=len(roles) < 2))
    made["rows"] = rows or [{"value": "item"}]
    if len(roles) > 1:
        form.lost(at, "changed", name, "incrementsTotal")
    return made


def _row(form: Form, item: Mapping[str, Any], at: str, taken: set[str], *, lowers: bool) -> Data:
    value = form.name(item, taken)
    rest(form, item, at, value, {"incrementsTotal"})
    if localised(item.get("helpText")):
        form.lost(f"{at}/helpText", "key", value, "helpText")
    is_income = lowers or params(item).get("incrementsTotal") is False
    text = localised(item.get("label")) or localised(item.get("id")) or value
    return {"value": value, "text": text, "x-luotsi": {"role": INCOME if is_income else COST}}


def _columns(
    form: Form, items: list[tuple[Mapping[str, Any], str]], at: str, name: str, *, has_total: bool
) -> Iterator[Data]:
    """Yield the columns: a description where the items have one, needed as soon as there is a sum, and the sum."""
    parts = [part for item, _place in items for part in children(item) if isinstance(part, Mapping)]
    words = [part for part in parts if kind(part) in {"textField", "textArea"}]
    for part in parts:
        form.keep(part, Known({}, ""))
        if kind(part) not in {"textField", "textArea", "moneyField"}:
            form.lost(at, "element", name, kind(part) or "?")
    if words:
        longest = [most for part in words if (most := whole(params(part).get("maxlength")))]
        column: Data = {
            "name": "description",
            "title": localised(words[0].get("label")) or DESCRIBED,
            "cellType": "text",
            "requiredIf": "{row.amount} > 0",
        }
        if longest:
            column["maxLength"] = max(longest)
        if len(set(longest)) > 1:
            form.lost(at, "changed", name, "params.maxlength")
        yield column
    sums = [part for part in parts if kind(part) == "moneyField"]
    title = next((text for part in sums if (text := localised(part.get("label")))), TITLES["amount"])
    amount: Data = {"name": "amount", "title": title, "cellType": "text", **EUROS, "x-luotsi": {"unit": "EUR"}}
    if any(part.get("required") is True for part in sums):
        amount["isRequired"] = True
    yield amount | ({"totalType": "sum"} if has_total else {})


def own_share_of(form: Form, node: Mapping[str, Any], at: str) -> Data:
    """Return the own financing of the budget as a figure with its role."""
    name = form.name(node)
    rest(form, node, at, name)
    made: Data = {"type": "text", "name": name, **shared(node), **EUROS}
    if node.get("required") is True:
        made["isRequired"] = True
    return made | {"x-luotsi": {"role": "own_share", "unit": "EUR"}}


def own_shares_in(node: Mapping[str, Any], at: str, depth: int = 0) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the fields of own financing that stand in the summary of a budget, and their places."""
    for place, child in enumerate(children(node)):
        if isinstance(child, Mapping):
            here = f"{at}/children/{place}"
            if kind(child) == OWN:
                yield child, here
            elif depth < DEPTH:
                yield from own_shares_in(child, here, depth + 1)
