"""Reads the questions of a definition, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import elements as e
from luotsi.questionnaires.rules.definition.choices import choices_of, validators_of
from luotsi.questionnaires.rules.definition.faults import Severity
from luotsi.questionnaires.rules.definition.source import Source

INPUTS = (
    "text",
    "number",
    "range",
    "date",
    "datetime-local",
    "time",
    "month",
    "week",
    "email",
    "url",
    "tel",
    "color",
    "password",
)
CELLS = ("dropdown", "checkbox", "radiogroup", "tagbox", "text", "comment", "boolean", "expression", "rating", "file")
TOTALS = ("none", "sum", "count", "min", "max", "avg")
CLEARING = ("default", "none", "onComplete", "onHidden", "onHiddenContainer")
Parts = dict[str, Any]


def common(source: Source, kind: e.Kind, name: str) -> Parts:
    """Return what questions of every kind share."""
    return {
        "kind": kind,
        "name": name,
        **shown(source),
        "default": source.any("defaultValue"),
        "default_expression": source.expression("defaultValueExpression"),
        "has_comment": source.flag("showCommentArea"),
        "comment_text": source.localised("commentText"),
        "clear_if_invisible": source.choice_of("clearIfInvisible", CLEARING, "default"),
        "validators": validators_of(source),
    }


def shown(source: Source) -> Parts:
    """Return what pages, panels and questions share."""
    return {
        "title": source.localised("title"),
        "description": source.localised("description"),
        "visible": source.flag("visible", default=True),
        "visible_if": source.expression("visibleIf"),
        "enable_if": source.expression("enableIf"),
        "required_if": source.expression("requiredIf"),
        "is_required": source.flag("isRequired"),
        "required_text": source.localised("requiredErrorText"),
        "read_only": source.flag("readOnly"),
    }


def question(source: Source, name: str | None = None, word: str | None = None) -> e.Question | None:
    """Return the question that a source tells of, None where its kind is not known.

    Args:
        source: Where it stands.
        name: Its name where that is read already (a cell has that of its column).
        word: Its kind where `type` does not tell it (a cell's is `cellType`).
    """
    source.book.count(source.at)
    word = word if word is not None else source.text("type")
    try:
        kind = e.Kind(word)
    except ValueError:
        source.book.note(source.at, "kind.unknown", kind=word[:40])
        return None
    parts = common(source, kind, name if name is not None else source.name())
    return KINDS[kind](source, parts)


def text(source: Source, parts: Parts) -> e.TextQuestion:
    """Return a line of text."""
    word = source.choice_of("inputType", INPUTS, "text")
    return e.TextQuestion(
        **parts,
        input_type="text" if word == "password" else word,
        minimum=source.any("min"),
        maximum=source.any("max"),
        min_expression=source.expression("minValueExpression"),
        max_expression=source.expression("maxValueExpression"),
        min_text=source.localised("minErrorText"),
        max_text=source.localised("maxErrorText"),
        max_length=source.whole("maxLength", 0) or None,
        step=source.number("step"),
        **source.marks(),
    )


def comment(source: Source, parts: Parts) -> e.TextQuestion:
    """Return a field of text."""
    length, rows = source.whole("maxLength", 0) or None, source.whole("rows", 4, most=100)
    return e.TextQuestion(**parts, max_length=length, rows=rows, **source.marks())


def choice(source: Source, parts: Parts) -> e.ChoiceQuestion:
    """Return something to choose."""
    made = e.ChoiceQuestion(
        **parts,
        choices=choices_of(source, "choices"),
        visible_choices_if=source.expression("choicesVisibleIf"),
        enabled_choices_if=source.expression("choicesEnableIf"),
        shows_other=source.flag("showOtherItem"),
        shows_none=source.flag("showNoneItem"),
        shows_refuse=source.flag("showRefuseItem"),
        shows_dont_know=source.flag("showDontKnowItem"),
        other_text=source.localised("otherText"),
        none_text=source.localised("noneText"),
        refuse_text=source.localised("refuseText"),
        dont_know_text=source.localised("dontKnowText"),
        other_error_text=source.localised("otherErrorText"),
        minimum=source.whole("minSelectedChoices", 0),
        maximum=source.whole("maxSelectedChoices", 0),
        hide_if_empty=source.flag("hideIfChoicesEmpty"),
        **source.marks(),
    )
    special = made.shows_other or made.shows_none or made.shows_refuse or made.shows_dont_know
    if not made.choices and not special and not source.at.rpartition("/")[0].endswith("columns"):
        source.book.note(source.at, "choices.missing", Severity.WARNING, name=made.name)
    return made


def boolean(source: Source, parts: Parts) -> e.BooleanQuestion:
    """Return a yes or no."""
    yes, no = source.any("valueTrue"), source.any("valueFalse")
    return e.BooleanQuestion(
        **parts,
        value_true=True if yes is None or yes == "" else yes,
        value_false=False if no is None or no == "" else no,
        label_true=source.localised("labelTrue"),
        label_false=source.localised("labelFalse"),
        **source.marks(),
    )


def rating(source: Source, parts: Parts) -> e.RatingQuestion:
    """Return a scale; without values of its own it counts from `rateMin` to `rateMax`."""
    steps = choices_of(source, "rateValues")
    low, step = source.number("rateMin"), source.number("rateStep") or Decimal(1)
    low = Decimal(1) if low is None else low
    count, high = source.whole("rateCount", 0, most=100), source.number("rateMax")
    high = low + step * (count - 1) if high is None and count else Decimal(5) if high is None else high
    if not steps and (step <= 0 or not 0 <= (high - low) / step <= 100):
        source.book.note(source.at, "rating.range")
    elif not steps:
        marks = [low + step * number for number in range(int((high - low) / step) + 1)]
        steps = tuple(e.Choice(value=_slim(mark), at=source.at) for mark in marks)
    return e.RatingQuestion(
        **parts,
        steps=steps,
        low_text=source.localised("minRateDescription"),
        high_text=source.localised("maxRateDescription"),
        **source.marks(),
    )


def _slim(number: Decimal) -> values.Number:
    return int(number) if number == int(number) else number


def matrix(source: Source, parts: Parts) -> e.MatrixQuestion:
    """Return rows that each take one of the columns."""
    if source.choice_of("cellType", ("radio", "checkbox"), "radio") == "checkbox":
        source.book.note(source.place("cellType"), "unsupported", key="cellType")
    return e.MatrixQuestion(
        **parts,
        columns=choices_of(source, "columns"),
        rows=choices_of(source, "rows"),
        visible_rows_if=source.expression("rowsVisibleIf"),
        visible_columns_if=source.expression("columnsVisibleIf"),
        each_row_required=source.flag("eachRowRequired"),
        each_row_unique=source.flag("eachRowUnique"),
        hide_if_empty=source.flag("hideIfRowsEmpty"),
        **source.marks(),
    )


def table(source: Source, parts: Parts) -> e.TableQuestion:
    """Return a table of questions."""
    limits = source.book.limits
    usual, choices = source.choice_of("cellType", CELLS, "dropdown"), source.take("choices")
    columns = []
    names: set[str] = set()
    for part in source.sources("columns", limits.columns):
        if (made := column(part, usual, choices)) is None:
            continue
        if made.name in names:
            source.book.note(part.place("name"), "name.twice", name=made.name)
        names.add(made.name)
        columns.append(made)
    most = source.whole("maxRowCount", limits.rows, most=limits.rows)
    least = source.whole("minRowCount", 0, most=limits.rows)
    if least > most:
        source.book.note(source.place("minRowCount"), "range.reversed", key="minRowCount")
    return e.TableQuestion(
        **parts,
        columns=tuple(columns),
        rows=choices_of(source, "rows"),
        row_count=max(least, source.whole("rowCount", 2, most=limits.rows)),
        min_rows=least,
        max_rows=most,
        key_name=source.text("keyName"),
        key_text=source.localised("keyDuplicationError"),
        visible_rows_if=source.expression("rowsVisibleIf"),
        default_row=source.any("defaultRowValue"),
        allow_add=source.flag("allowAddRows", default=True),
        allow_remove=source.flag("allowRemoveRows", default=True),
        hide_if_empty=source.flag("hideIfRowsEmpty"),
        total_text=source.localised("totalText"),
        **source.marks(),
    )


def column(source: Source, usual: str, choices: Any) -> e.Column | None:
    """Return a column; its cells are questions of its `cellType`, with the choices of the table where it has none."""
    if choices and not source.data.get("choices"):
        source.data["choices"], source.left["choices"] = choices, None
    word = source.choice_of("cellType", ("default", *CELLS), "default")
    own: Parts = {
        "name": source.name(),
        "unique": source.flag("isUnique"),
        "total_kind": source.choice_of("totalType", TOTALS, "none"),
        "total_expression": source.expression("totalExpression"),
        "total_format": source.localised("totalFormat"),
        "total_digits": source.whole("totalMaximumFractionDigits", -1, most=20),
    }
    cell = question(source, str(own["name"]), usual if word == "default" else word)
    if cell is None:
        return None
    return e.Column(cell=cell, title=cell.title, at=cell.at, x=cell.x, other=cell.other, **own)


def repetition(source: Source, parts: Parts) -> e.RepeatQuestion:
    """Return elements that are asked as often as wanted."""
    limits = source.book.limits
    most = source.whole("maxPanelCount", 100, most=limits.rows)
    least = source.whole("minPanelCount", 0, most=limits.rows)
    if least > most:
        source.book.note(source.place("minPanelCount"), "range.reversed", key="minPanelCount")
    return e.RepeatQuestion(
        **parts,
        elements=source.book.inside(source, "templateElements"),
        template_title=source.localised("templateTitle"),
        template_visible_if=source.expression("templateVisibleIf"),
        panel_count=max(least, source.whole("panelCount", 0, most=limits.rows)),
        min_panels=least,
        max_panels=most,
        key_name=source.text("keyName"),
        key_text=source.localised("keyDuplicationError"),
        default_panel=source.any("defaultPanelValue"),
        allow_add=source.flag("allowAddPanel", default=True),
        allow_remove=source.flag("allowRemovePanel", default=True),
        **source.marks(),
    )


def file(source: Source, parts: Parts) -> e.FileQuestion:
    """Return a place for files."""
    accepted = [word.strip() for word in source.text("acceptedTypes").split(",")]
    return e.FileQuestion(
        **parts,
        many=source.flag("allowMultiple"),
        max_files=source.whole("maxFiles", 1_000, most=1_000),
        max_bytes=source.whole("maxSize", 0, most=10**12),
        accepted=tuple(word for word in accepted if word),
        **source.marks(),
    )


def expression(source: Source, parts: Parts) -> e.ExpressionQuestion:
    """Return a value that is worked out."""
    made = e.ExpressionQuestion(
        **parts,
        expression=source.expression("expression"),
        digits=source.whole("precision", -1, most=20),
        display_style=source.choice_of("displayStyle", ("none", "decimal", "currency", "percent", "date"), "none"),
        currency=source.text("currency"),
        **source.marks(),
    )
    if not made.expression:
        source.book.note(source.at, "expression.missing", Severity.WARNING, name=made.name)
    return made


def html(source: Source, parts: Parts) -> e.HtmlQuestion:
    """Return words to read."""
    return e.HtmlQuestion(**parts, html=source.localised("html"), **source.marks())


KINDS: Mapping[e.Kind, Callable[[Source, Parts], e.Question]] = {
    e.Kind.TEXT: text,
    e.Kind.COMMENT: comment,
    e.Kind.RADIOGROUP: choice,
    e.Kind.CHECKBOX: choice,
    e.Kind.DROPDOWN: choice,
    e.Kind.TAGBOX: choice,
    e.Kind.BOOLEAN: boolean,
    e.Kind.RATING: rating,
    e.Kind.MATRIX: matrix,
    e.Kind.MATRIXDROPDOWN: table,
    e.Kind.MATRIXDYNAMIC: table,
    e.Kind.PANELDYNAMIC: repetition,
    e.Kind.FILE: file,
    e.Kind.EXPRESSION: expression,
    e.Kind.HTML: html,
}
