"""Template tags and filters of every page: icons, states, names, fields, formatted numbers and days."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.ui import formatting
from luotsi.ui.lists import Buttons, Column, Link, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BaseForm, BoundField

    from luotsi.ui.charts import Chart
    from luotsi.ui.steps import Step

register = template.Library()

MANY_BOXES = 20

register.filter("number", formatting.number)
register.filter("percent", formatting.percent)
register.filter("euros", formatting.euros)
register.filter("day", formatting.day)
register.filter("weekday", formatting.weekday)
register.filter("full_day", formatting.full_day)
register.filter("moment", formatting.moment)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it only decorates, so the words beside it must say all."""
    return format_html('<svg class="lu-icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def state(mark: str, word: str) -> SafeString:
    """Draw a state: a mark and a word; colour only supports."""
    return format_html(
        '<span class="lu-state lu-state--{0}"><svg class="lu-mark" aria-hidden="true" fill="currentColor">'
        '<use href="#s-{0}"/></svg>{1}</span>',
        mark,
        word,
    )


@register.simple_tag
def local(names: Any) -> SafeString | str:
    """Write a name; when it is in another language than the page, say so to screen readers."""
    page = (get_language() or "fi")[:2]
    best = getattr(names, "best", None)
    text, lang = best(page) if best else (names.text, names.lang)
    if not text:
        return formatting.MISSING
    if lang == page:
        return _escaped(text)
    return format_html('<span lang="{}">{}</span>', lang, text)


@register.simple_tag(takes_context=True)
def cell(context: template.Context, value: Any, row: Any) -> SafeString | str:
    """Write the cell of a list, whatever it holds."""
    match value:
        case Link():
            kind = "lu-num" if isinstance(value.text, int) else ""
            return format_html('<a class="{}" href="{}">{}</a>', kind, value.url, cell(context, value.text, row))
        case State():
            return state(value.mark, value.word)
        case Buttons(template=""):
            return ""
        case Buttons():
            inner = {"row": row, "scope": context["request"].scope}
            return get_template(value.template).render(inner, context["request"])
        case None | "":
            return mark_safe(f'<span class="lu-muted">{formatting.MISSING}</span>')  # noqa: S308
        case str() if "@" in value:  # an address may break before its domain
            return format_html_join(mark_safe("<wbr>@"), "{}", ((part,) for part in value.split("@")))
        case _:
            is_named = hasattr(type(value), "best") or hasattr(value, "lang")
            return local(value) if is_named else _escaped(formatting.words(value))


def _escaped(text: str) -> SafeString:
    """Escape words that are no markup: what `format_html` does, without its price, for the hundreds of a list."""
    return text if isinstance(text, SafeString) else SafeString(escape(text))


@register.simple_tag(takes_context=True)
def row_cells(context: template.Context, row: Any, cells: Sequence[tuple[Column, Any]]) -> SafeString:
    """Write all cells of a row; in one piece, since a list has hundreds and a template node costs for each."""
    (_first, name), *others = cells
    drawn = [f'<th role="rowheader" scope="row">{_escaped(cell(context, name, row))}</th>']
    for column, value in others:
        words = _escaped(cell(context, value, row))
        label, marks = escape(str(column.label)), _cell_class(column, value)
        drawn.append(f'<td role="cell" data-label="{label}" class="{marks}">{words}</td>')
    return SafeString("".join(drawn))


def _cell_class(column: Column, value: Any) -> str:
    kinds = {"state": "is-state", "actions": "is-plain"}
    missing = "is-missing" if value is None or value == "" else ""
    return " ".join(filter(None, ("n" if column.numeric else "", kinds.get(column.key, ""), missing)))


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw a field with its label, help, error and what ties them together for a screen reader.

    A text area with a limit gets a counter instead of being cut off while one writes.
    """
    kind = bound.widget_type
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    parts = [part for part in ("help", "error") if _has(bound, part)] + ["count"] * bool(limit)
    described = [f"{bound.auto_id}-{part}" for part in parts]
    attributes: dict[str, Any] = {"class": _class(bound)}
    if limit:
        attributes |= {"maxlength": False, "data-limit": limit, "data-left": _("{n} characters left"),
                       "data-over": _("{n} characters too many")}  # fmt: skip
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if kind in {"radioselect", "checkboxselectmultiple"}:  # drawn one by one: they take these from their widget
        bound.field.widget.attrs["class"] = attributes["class"]
    control = bound.as_widget(attrs=attributes)
    told = {"field": bound, "kind": kind, "control": control, "id": bound.auto_id}
    return {**told, "limit": limit, "many": _many(bound)}


def _many(bound: BoundField) -> bool:
    """Return True where so many boxes can be ticked that they scroll."""
    return bound.widget_type == "checkboxselectmultiple" and len(bound.subwidgets) > MANY_BOXES


@register.simple_tag
def filter_control(bound: BoundField) -> SafeString:
    """Draw the control of a filter; its label stands beside it in the list template."""
    kind = "lu-select" if bound.widget_type == "select" else "lu-input"
    wrong = {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}-error"} if bound.errors else {}
    return SafeString(bound.as_widget(attrs={"class": kind, **wrong}))


def _has(bound: BoundField, part: str) -> bool:
    return bool(bound.help_text if part == "help" else bound.errors)


def _class(bound: BoundField) -> str:
    match bound.widget_type:
        case "select" | "selectmultiple":
            return "lu-select"
        case "checkbox" | "checkboxselectmultiple":
            return "hds-checkbox__input"
        case "radioselect":
            return "hds-radio-button__input"
        case "clearablefile" | "file":
            return "lu-file"
        case _:
            return "hds-text-input__input"


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List every error of a form above it, each linked to its field.

    A field whose label says enough only beside others, such as those of one item among many, tells `told_as` what it
    is called here.
    """
    linked = [
        (form[name], getattr(field, "told_as", form[name].label), form.errors[name])
        for name, field in form.fields.items()
        if name in form.errors
    ]
    count = sum(len(messages) for messages in form.errors.values())
    return {"form": form, "linked": linked, "count": count, "general": form.non_field_errors()}


@register.inclusion_tag("ui/steps.html")
def steps(steps: Sequence[Step]) -> dict[str, Any]:
    """Draw the steps of a form on several pages."""
    return {"steps": steps}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """Draw a chart with its data in a table beneath."""
    return {"chart": chart}


@register.inclusion_tag("ui/target_bar.html")
def target_bar(share: float, target: float | None = None, label: str = "") -> dict[str, Any]:
    """Draw a share (0 to 1) as a bar, with a triangle at the target when there is one."""
    return {
        "width": f"{min(max(float(share), 0), 1) * 100:.2f}%",
        "target": None if target is None else f"{min(max(float(target), 0), 1) * 100:.2f}%",
        "label": label or formatting.percent(share),
    }


@register.inclusion_tag("ui/segments.html")
def segments(parts: Sequence[tuple[str, int, str]], label: str) -> dict[str, Any]:
    """Draw shares of a total: each part is (mark, count, word); the numbers stand beneath."""
    total = sum(count for _mark, count, _word in parts) or 1
    drawn, start = [], 0.0
    for mark, count, word in parts:
        width = count / total * 100
        drawn.append((mark, f"{start:.2f}%", f"{max(width - 0.3, 0):.2f}%", count, word))
        start += width
    return {"parts": drawn, "label": label}
