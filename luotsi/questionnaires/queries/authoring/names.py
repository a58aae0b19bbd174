"""The names that an expression may use, and what is wrong with one that is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luotsi.questionnaires.queries import defect_words, fault_words
from luotsi.questionnaires.queries.authoring.kinds import kind_words
from luotsi.questionnaires.queries.authoring.outline import title_of
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.definition import Fault, Severity, read
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.lint.outline import Outline
from luotsi.questionnaires.rules.lint.references import dangling
from luotsi.questionnaires.rules.shaping import ShapingRefused, Spot
from luotsi.questionnaires.rules.shaping.lines import told
from luotsi.questionnaires.rules.shaping.places import value_at
from luotsi.questionnaires.rules.shaping.words import home_language

CHOICES = 12


@dataclass(frozen=True)
class NameLine:
    """A name as it is written in an expression, what it is, and the values that it can have."""

    written: str
    title: str
    kind: str
    values: str


def names_for(data: Mapping[str, Any], spot: Spot | None, language: str) -> tuple[NameLine, ...]:
    """Return the names that an expression of an element may use, in the order of the questionnaire."""
    home, found = home_language(data), []
    for one in shaping.spots(data):
        if one.level in {"page", "panel"} or one.kind == "html":
            continue
        written = _written(one, spot)
        if written:
            item = value_at(data, one.at)
            listed = item.get("choices") or item.get("rateValues")
            given = listed if isinstance(listed, list) else []
            plain = [told(choice.get("value") if isinstance(choice, Mapping) else choice) for choice in given]
            shown = ", ".join(plain[:CHOICES]) + (" …" if len(plain) > CHOICES else "")
            title = title_of(item, home, language).text[:80]
            found.append(NameLine(f"{{{written}}}", title, kind_words(one.level, one.kind), shown))
    for value in data.get("calculatedValues") or ():
        if isinstance(value, Mapping) and value.get("name"):
            found.append(NameLine(f"{{{value['name']}}}", "", _("Calculated value"), ""))
    return tuple(found)


def _written(one: Spot, spot: Spot | None) -> str:
    """Return how a name is written where the element stands: {row.x} beside it in a row, {x} outside of rows."""
    if not one.owner:
        return one.name
    if spot is not None and spot.owner == one.owner:
        return f"{'row' if one.level == 'column' else 'panel'}.{one.name}"
    return ""


def checked(data: Mapping[str, Any], at: str, key: str, text: str) -> str:
    """Return what is wrong with an expression under a key of an element, "" where nothing is."""
    if not text.strip():
        return ""
    try:
        parse(text)
    except ExpressionError as fault:
        return fault_words.sentence(
            Fault("", f"expression.{fault.code}", Severity.ERROR, {"column": fault.column, **fault.params})
        )
    try:
        found = read(shaping.changed(data, at, {key: text}).data).definition
    except ShapingRefused as refusal:
        return fault_words.sentence(refusal.fault) if refusal.fault else ""
    place = f"{at}/{key}"
    wrong = [defect for defect in dangling(Outline(found)) if defect.at == place] if found else []
    return " ".join(defect_words.sentence(defect) for defect in wrong)
