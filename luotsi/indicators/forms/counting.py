"""How an indicator is counted from a table: which rows make the numerator and which the denominator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.facts import ColumnKind, FactTable
from luotsi.indicators.queries.offered import tables_offered
from luotsi.indicators.rules.values import Semantics

CONDITION = re.compile(r"(\w+)\s*(!=|<=|>=|=|<|>|\bin\b|\bis\b)\s*(.*)", re.DOTALL)
SEMANTICS = (
    (Semantics.AS_OF, gettext_lazy("In force on the last day")),
    (Semantics.DURING, gettext_lazy("Happened during the period")),
)
PARTS = (("top", "numerator"), ("bottom", "denominator"))


def conditions_field(label: Any) -> forms.CharField:
    """Return a field for conditions, one in a line."""
    words = gettext_lazy("One condition in a line, for example: strong = yes. Operators: = != < <= > >= in is.")
    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=words)


class CountingPart(forms.Form):
    """The part of a definition that tells from which table it is counted; empty where figures are entered."""

    table = forms.ChoiceField(label=gettext_lazy("Comes from"), required=False)
    semantics = forms.ChoiceField(label=gettext_lazy("Which rows count"), choices=SEMANTICS, required=False)
    top_column = forms.CharField(
        label=gettext_lazy("Column counted in the numerator"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty: rows. A column: its different values, or its sum."),
    )
    top_sum = forms.BooleanField(label=gettext_lazy("Sum of the column"), required=False)
    top_where = conditions_field(gettext_lazy("Conditions of the numerator"))
    has_bottom = forms.BooleanField(label=gettext_lazy("Has a denominator"), required=False)
    bottom_column = forms.CharField(
        label=gettext_lazy("Column counted in the denominator"), required=False, max_length=60
    )
    bottom_sum = forms.BooleanField(label=gettext_lazy("Sum of the column"), required=False)
    bottom_where = conditions_field(gettext_lazy("Conditions of the denominator"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(key, str(_(table.title))) for key, table in tables_offered().items()]
        self.fields["table"].choices = [("", _("Entered by units")), *offered]  # type: ignore[attr-defined]

    @property
    def counting_fields(self) -> list[forms.BoundField]:
        """The fields of this part but the table."""
        return [self[name] for name in CountingPart.base_fields if name != "table"]

    def clean(self) -> dict[str, Any] | None:
        """Read the conditions; each is refused in its own field."""
        cleaned = super().clean()
        given = cleaned if cleaned is not None else self.cleaned_data
        table = tables_offered().get(given.get("table", ""))
        for part, _name in PARTS:
            try:
                given[f"{part}_read"] = read(given.get(f"{part}_where", ""), table) if table else []
            except ValueError as error:
                self.add_error(f"{part}_where", str(error))
        return given

    def counting(self) -> Mapping[str, Any] | None:
        """Return the counting as it is kept; None where figures are entered."""
        given = self.cleaned_data
        if not given.get("table"):
            return None
        found = {"table": given["table"], "semantics": given["semantics"] or str(Semantics.AS_OF)}
        for part, name in PARTS:
            if part == "top" or given["has_bottom"]:
                column, where = given[f"{part}_column"].strip(), given[f"{part}_read"]
                found[name] = {"column": column, "sum": given[f"{part}_sum"], "where": where}
        return found

    @staticmethod
    def initial_counting(kept: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return a counting as a form shows it."""
        if not kept:
            return {}
        found = {"table": kept["table"], "semantics": kept.get("semantics"), "has_bottom": "denominator" in kept}
        for part, name in PARTS:
            told = kept.get(name) or {}
            found |= {f"{part}_column": told.get("column", ""), f"{part}_sum": told.get("sum", False)}
            found[f"{part}_where"] = "\n".join(written(*condition) for condition in told.get("where", ()))
        return found


def read(text: str, table: FactTable) -> list[list[Any]]:
    """Return conditions as [column, operator, value].

    Raises:
        ValueError: a line is no condition, with words fit for the user.
    """
    kinds = {column.name: column.kind for column in table.columns}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = CONDITION.fullmatch(line)
        if match is None:
            raise ValueError(_("“%(line)s” is no condition.") % {"line": line})
        column, operator, value = match[1], match[2], match[3].strip()
        kind = kinds.get(column, ColumnKind.DIMENSION)
        if operator == "is":
            found.append([column, operator, None])
        elif operator == "in":
            found.append([column, operator, [plain(part.strip(), kind) for part in value.split(",")]])
        else:
            found.append([column, operator, plain(value, kind)])
    return found


def plain(text: str, kind: ColumnKind) -> Any:
    """Return a value of a condition by the kind of its column; numbers stay text that JSON can hold exactly."""
    if kind is ColumnKind.FLAG:
        return text.casefold() in {"yes", "true", "1", "kyllä", "ja"}
    if kind is ColumnKind.NUMBER:
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise ValueError(_("“%(text)s” is not a number.") % {"text": text}) from None
        return int(number) if number == number.to_integral_value() else float(number)
    return text


def written(column: str, operator: str, value: Any) -> str:
    """Return a kept condition as a line."""
    if value is None:
        return f"{column} is empty"
    if isinstance(value, bool):
        return f"{column} {operator} {'yes' if value else 'no'}"
    if isinstance(value, list | tuple):
        return f"{column} in {', '.join(map(str, value))}"
    return f"{column} {operator} {value}"
