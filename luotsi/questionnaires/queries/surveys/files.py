"""Results of a survey as files: figures of groups, answers row by row without what tells of whom, their dictionary.

The rows of anonymous and confidential surveys are given out of ten or more. They carry no unit, language or day, stand
in the order of their random keys, and hold only items that five or more answered. Rows tell which answers go together;
so of items that ask who somebody is, only values are left that five rows or more share in every combination. Answers
in words stand in a file of their own, joined to no row. Rows of an identified survey carry who answered.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luotsi.indicators.rules.disclosure import may_show_texts, without_rare
from luotsi.questionnaires.models import Collection, OpenAnswer, Published, Sheet
from luotsi.questionnaires.queries.told import told
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.surveys.items import Coding, Item, items_of

MANY = frozenset({d.Kind.CHECKBOX, d.Kind.TAGBOX})


@dataclass(frozen=True)
class Table:
    """A file as a table: its headings and rows."""

    headings: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Variable:
    """A column of the rows: an item, or one option of an item of which several can be chosen (`option` ≥ 0)."""

    name: str
    label: str
    place: int
    item: Item
    option: int
    labels: tuple[tuple[Any, str], ...]


def figures_table(collection: Collection, language: str) -> Table:
    """Return the figures of all groups that are told: a row for each group, item and option."""
    items = {item.name: item for item in items_of(definition_of(collection.version))}
    headings = ["group", "unit", "item", "question", "item_version", "option", "count", "n", "mean", "interval_half"]
    rows: list[list[Any]] = []
    for group in Published.objects.filter(collection=collection).select_related("unit"):
        unit = group.unit.names.text if group.unit else group.key
        for name, found in group.figures.items():
            item = items[name]
            title = item.title.in_language(language).text
            mean, half = (None if found.get(key) is None else Decimal(found[key]) for key in ("mean", "half"))
            head = [group.kind, unit, name, title, item.signature]
            rows.append([*head, "", None, found["n"], mean, half])
            for (value, text), count in zip(item.options, found.get("counts", ()), strict=False):
                rows.append([*head, text.in_language(language).text or told(value), count, found["n"], None, None])
    return Table(headings, rows)


def variables_of(collection: Collection, language: str) -> list[Variable]:
    """Return the columns of the rows: items that are told of everybody and are no words."""
    items = items_of(definition_of(collection.version))
    whole = Published.objects.filter(collection=collection, kind=Published.Kind.WHOLE).first()
    told_items = whole.figures if whole else {}
    kinds = {question.name: question.kind for question in definition_of(collection.version).questions}
    found: list[Variable] = []
    for place, item in enumerate(items):
        if item.kind == "text" or (collection.mode != Collection.Mode.IDENTIFIED and item.name not in told_items):
            continue
        label = item.title.in_language(language).text or item.name
        options = tuple((value, text.in_language(language).text or told(value)) for value, text in item.options)
        if kinds[item.question] in MANY:
            for option, (_value, words) in enumerate(options):
                found.append(
                    Variable(
                        f"v{len(found) + 1}", f"{label}: {words}", place, item, option, ((0, _("No")), (1, _("Yes")))
                    )
                )
        else:
            labels = (
                options if item.numbers else tuple((number, words) for number, (_v, words) in enumerate(options, 1))
            )
            found.append(Variable(f"v{len(found) + 1}", label, place, item, -1, labels))
    return found


def has_rows(collection: Collection) -> bool:
    """Return whether the answers are given out row by row: with names always, else as many as answers in words are."""
    return collection.mode == Collection.Mode.IDENTIFIED or may_show_texts(
        Sheet.objects.filter(collection=collection).count()
    )


def rows_table(collection: Collection, language: str) -> Table:
    """Return the answers row by row, as numbers of the dictionary; without rows where there are too few to be told."""
    variables = variables_of(collection, language)
    named = collection.mode == Collection.Mode.IDENTIFIED
    coding = Coding(items_of(definition_of(collection.version)))
    sheets = Sheet.objects.filter(collection=collection).order_by("pk")
    if not has_rows(collection):
        sheets = sheets.none()
    if named:
        sheets = sheets.select_related("unit", "person")
    rows = []
    for sheet in sheets.iterator(2_000):
        who = [sheet.unit.names.text, str(sheet.person or ""), sheet.email, sheet.answered_on] if named else []
        rows.append([*who, *(_value(coding, one, sheet.answers) for one in variables)])
    if not named:
        _leave_out_rare(rows, variables)
    return Table([*(["unit", "person", "email", "day"] if named else []), *(one.name for one in variables)], rows)


def _leave_out_rare(rows: list[list[Any]], variables: list[Variable]) -> None:
    """Empty the background values by which few could be told; all columns of an item stand and fall together."""
    columns: dict[int, list[int]] = {}
    for column, one in enumerate(variables):
        if one.item.background:
            columns.setdefault(one.place, []).append(column)
    items = list(columns.values())
    asked = [[tuple(row[column] for column in item) for item in items] for row in rows]
    values_of = [[None if set(value) == {None} else value for value in row] for row in asked]
    for row, left in zip(rows, without_rare(values_of), strict=True):
        for item, value in zip(items, left, strict=True):
            if value is None:
                for column in item:
                    row[column] = None


def _value(coding: Coding, variable: Variable, answers: dict[str, Any]) -> Any:
    item = variable.item
    if item.kind == "number":
        value = coding.value(variable.place, answers)
        return value if values.is_number(value) else None
    chosen = coding.choices(variable.place, answers)
    if not chosen:
        return None
    if variable.option >= 0:
        return int(variable.option in chosen)
    return item.numbers[chosen[0]] if item.numbers else chosen[0] + 1


def texts_table(collection: Collection, language: str) -> Table:
    """Return the answers in words of items that ten or more answered, in no order and without a unit."""
    found = OpenAnswer.objects.filter(collection=collection).order_by("item", "pk")
    return Table(["item", "text"], [list(row) for row in found.values_list("item", "text")])


def dictionary_table(collection: Collection, language: str) -> Table:
    """Return what each column of the rows means, with its values."""
    rows: list[list[Any]] = []
    for one in variables_of(collection, language):
        values_told = "; ".join(f"{told(value)} = {words}" for value, words in one.labels)
        item, background = one.item, int(one.item.background)
        rows.append([one.name, item.name, one.label, item.role, background, item.signature, values_told])
    return Table(["column", "item", "label", "role", "background", "item_version", "values"], rows)


def spss_archive(collection: Collection, language: str) -> bytes:
    """Return a ZIP of the rows as CSV and the syntax that reads them with labels of columns and values."""
    table, variables = rows_table(collection, language), variables_of(collection, language)
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.csv", lines.getvalue().encode())
        archive.writestr("answers.sps", "\ufeff" + "\r\n".join(_syntax(table.headings, variables)) + "\r\n")
    return made.getvalue()


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if values.is_number(value):
        return values.plain(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _quoted(text: str, most: int) -> str:
    return "'" + " ".join(text.split())[:most].replace("'", "''") + "'"


def _syntax(headings: list[str], variables: list[Variable]) -> Iterator[str]:
    numbers = {one.name for one in variables}
    yield "SET DECIMAL=DOT."
    yield "GET DATA /TYPE=TXT /FILE='answers.csv' /ENCODING='UTF8' /DELCASE=LINE /DELIMITERS=';' /QUALIFIER='\"'"
    yield "  /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES="
    for name in headings:
        yield f"  {name} {'F8.2' if name in numbers else 'A254'}"
    yield "."
    for one in variables:
        yield f"VARIABLE LABELS {one.name} {_quoted(one.label, 250)}."
        if one.labels:
            yield f"VALUE LABELS {one.name}"
            for value, words in one.labels:
                yield f"  {values.plain(value)} {_quoted(words, 120)}"
            yield "."
    yield "EXECUTE."


TABLES: dict[str, Callable[[Collection, str], Table]] = {
    "figures": figures_table,
    "rows": rows_table,
    "texts": texts_table,
    "dictionary": dictionary_table,
}
