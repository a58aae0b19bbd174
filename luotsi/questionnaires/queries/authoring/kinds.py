"""What kinds of element are called, and which of them can be added where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: dict[str, _StrPromise] = {
    "text": _("Line of text, number or date"),
    "comment": _("Long text"),
    "radiogroup": _("One choice, all on view"),
    "dropdown": _("One choice from a menu"),
    "checkbox": _("Several choices"),
    "tagbox": _("Several choices from a menu"),
    "boolean": _("Yes or no"),
    "rating": _("Scale"),
    "matrix": _("Rows with one choice each"),
    "matrixdropdown": _("Table with fixed rows"),
    "matrixdynamic": _("Table to which rows are added"),
    "paneldynamic": _("Part that repeats"),
    "file": _("File"),
    "expression": _("Value that is worked out"),
    "html": _("Text to read"),
}
LEVELS: dict[str, _StrPromise] = {"page": _("Page"), "panel": _("Section"), "column": _("Column")}


def kind_words(level: str, kind: str) -> str:
    """Return what an element is called by its level and kind."""
    return str(LEVELS.get(level) or KINDS.get(kind) or kind)


def kinds_for(holds: str) -> list[tuple[str, str]]:
    """Return what can be added to an element by the key of what it holds, as choices of a form."""
    if holds == "pages":
        return [("page", str(LEVELS["page"]))]
    if holds == "columns":
        return [("column", str(LEVELS["column"]))]
    return [*((kind, str(words)) for kind, words in KINDS.items()), ("panel", str(LEVELS["panel"]))]
