"""Which keys of an element have a field of their own, by its level and kind; all others stand together as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from luotsi.questionnaires.rules.shaping.places import OURS
from luotsi.questionnaires.rules.texts import LANGUAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SECTIONS: dict[str, _StrPromise] = {
    "words": _("What it says"),
    "answer": _("What it asks"),
    "conditions": _("Conditions"),
    "meaning": _("Meaning and personal data"),
    "place": _("Where it stands"),
    "rest": _("Other keys"),
}
HELD = frozenset({"name", "type", "elements", "templateElements", "pages"})
PERSONAL = "personal_data"
INPUTS: tuple[tuple[str, _StrPromise], ...] = (
    ("text", _("Text")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("datetime-local", _("Date and time")),
    ("time", _("Time")),
    ("month", _("Month")),
    ("email", _("E-mail")),
    ("tel", _("Telephone")),
    ("url", _("Address of a page")),
)
CELLS: tuple[tuple[str, _StrPromise], ...] = (
    ("text", _("Text")),
    ("comment", _("Long text")),
    ("dropdown", _("One choice from a menu")),
    ("checkbox", _("Several choices")),
    ("boolean", _("Yes or no")),
    ("expression", _("Value that is worked out")),
)
TOTALS: tuple[tuple[str, _StrPromise], ...] = (
    ("sum", _("Sum")),
    ("count", _("Count")),
    ("avg", _("Mean")),
    ("min", _("Least value")),
    ("max", _("Greatest value")),
)
STYLES: tuple[tuple[str, _StrPromise], ...] = (
    ("decimal", _("Number")),
    ("currency", _("Euros")),
    ("percent", _("Per cent")),
)
LINE = _("One on each line: value | Finnish | Swedish | English")


@dataclass(frozen=True)
class Slot:
    """One key with a field.

    Attributes:
        key: The key; for our own semantics the key under x-luotsi, with a point for one deeper.
        kind: texts, line, value, flag, number, word, choices, expression, json, rest, personal.
        section: Where its field stands.
        lines: Height of a field of texts, 0 for one line.
        least: Least number.
        words: Choices of a word.
        help: What stands beneath.
        ours: True for our own semantics.
        known: Keys with fields of their own (kind rest).
    """

    key: str
    kind: str
    section: str
    lines: int = 0
    least: int = 0
    words: tuple[tuple[str, Any], ...] = ()
    help: Any = ""
    ours: bool = False
    known: frozenset[str] = frozenset()

    @property
    def field(self) -> str:
        """Name of its field."""
        return f"x_{self.key.replace('.', '_')}" if self.ours else self.key

    @property
    def label(self) -> str:
        """The key under which its label is kept."""
        return f"x.{self.key}" if self.ours else self.key

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of its fields."""
        return tuple(f"{self.field}_{code}" for code in LANGUAGES) if self.kind == "texts" else (self.field,)

    def value_in(self, item: Mapping[str, Any]) -> Any:
        """Return what an element has under the key."""
        if self.kind == "rest":
            return {key: value for key, value in item.items() if key not in HELD | self.known}
        if not self.ours:
            return item.get(self.key)
        ours = item.get(OURS) or {}
        if self.key == PERSONAL:
            mark = ours.get(PERSONAL)
            return "" if mark is None else "no" if mark is False else "yes"
        if self.key.startswith(f"{PERSONAL}."):
            mark = ours.get(PERSONAL)
            return mark.get(self.key.partition(".")[2]) if isinstance(mark, dict) else None
        return ours.get(self.key)

    def put_ours(self, ours: dict[str, Any], value: Any) -> None:
        """Write our own semantics down."""
        if self.key == PERSONAL:
            if value == "yes":
                ours[PERSONAL] = dict(ours[PERSONAL]) if isinstance(ours.get(PERSONAL), dict) else {}
            elif value == "no":
                ours[PERSONAL] = False
            else:
                ours.pop(PERSONAL, None)
        elif self.key.startswith(f"{PERSONAL}."):
            mark = ours.get(PERSONAL)
            if isinstance(mark, dict):
                key = self.key.partition(".")[2]
                mark.pop(key, None)
                if value is not None:
                    mark[key] = value
        elif value in (None, ""):
            ours.pop(self.key, None)
        else:
            ours[self.key] = value


def _texts(key: str, section: str = "words", lines: int = 0) -> Slot:
    return Slot(key, "texts", section, lines=lines)


TITLE, ABOUT = _texts("title"), _texts("description", lines=2)
REQUIRED = Slot("isRequired", "flag", "answer")
SHOWN = Slot("visibleIf", "expression", "conditions")
CONDITIONS = (
    SHOWN,
    Slot("enableIf", "expression", "conditions"),
    Slot("requiredIf", "expression", "conditions"),
)
CHOICES = Slot("choices", "choices", "answer", help=LINE)
ROWS = Slot("rows", "choices", "answer", help=LINE)
LENGTH = Slot("maxLength", "number", "answer", least=1)
INPUT = (
    Slot("inputType", "word", "answer", words=INPUTS),
    Slot("min", "value", "answer"),
    Slot("max", "value", "answer"),
)
CHOSEN = (
    CHOICES,
    Slot("showOtherItem", "flag", "answer"),
    Slot("choicesVisibleIf", "expression", "conditions"),
)
SEVERAL = (Slot("minSelectedChoices", "number", "answer"), Slot("maxSelectedChoices", "number", "answer"))
WORKED_OUT = (
    Slot("expression", "expression", "answer"),
    Slot("precision", "number", "answer"),
    Slot("displayStyle", "word", "answer", words=STYLES),
)
KINDS: dict[str, tuple[Slot, ...]] = {
    "text": (*INPUT, LENGTH),
    "comment": (LENGTH,),
    "radiogroup": CHOSEN,
    "dropdown": CHOSEN,
    "checkbox": (*CHOSEN, *SEVERAL),
    "tagbox": (*CHOSEN, *SEVERAL),
    "boolean": (_texts("labelTrue", "answer"), _texts("labelFalse", "answer")),
    "rating": (
        Slot("rateMin", "number", "answer"),
        Slot("rateMax", "number", "answer"),
        _texts("minRateDescription", "answer"),
        _texts("maxRateDescription", "answer"),
    ),
    "matrix": (Slot("columns", "choices", "answer", help=LINE), ROWS, Slot("eachRowRequired", "flag", "answer")),
    "matrixdropdown": (ROWS, _texts("totalText", "answer")),
    "matrixdynamic": (
        Slot("rowCount", "number", "answer"),
        Slot("minRowCount", "number", "answer"),
        Slot("maxRowCount", "number", "answer"),
        _texts("totalText", "answer"),
    ),
    "paneldynamic": (
        _texts("templateTitle", "answer"),
        Slot("panelCount", "number", "answer"),
        Slot("minPanelCount", "number", "answer"),
        Slot("maxPanelCount", "number", "answer"),
    ),
    "file": (
        Slot("allowMultiple", "flag", "answer"),
        Slot("maxSize", "number", "answer"),
        Slot("acceptedTypes", "line", "answer"),
    ),
    "expression": WORKED_OUT,
    "html": (_texts("html", lines=4),),
}
MEANING = (
    Slot("number", "line", "meaning", ours=True),
    Slot(
        "role",
        "line",
        "meaning",
        ours=True,
        help=_("Such as cost, income, grant, own_share, period_start, period_end, area, unit."),
    ),
    Slot("unit", "line", "meaning", ours=True, help=_("Such as EUR or percent.")),
    Slot(PERSONAL, "word", "meaning", ours=True, words=(("yes", _("Yes")), ("no", _("No, about no person")))),
    Slot(f"{PERSONAL}.purpose", "texts", "meaning", ours=True),
    Slot(f"{PERSONAL}.retention", "texts", "meaning", ours=True),
)
CHECKS = Slot(
    "validators",
    "json",
    "answer",
    help=_('A list of SurveyJS validators, such as [{"type": "expression", "expression": "{end} >= {begin}"}].'),
)


def slots_of(level: str, kind: str) -> tuple[Slot, ...]:
    """Return the slots of an element; the last one holds the keys that have no other."""
    if level == "whole":
        slots: Iterable[Slot] = (
            TITLE,
            ABOUT,
            Slot(
                "calculatedValues",
                "json",
                "answer",
                help=_('A list such as [{"name": "total", "expression": "{a} + {b}"}].'),
            ),
        )
    elif level in {"page", "panel"}:
        slots = (TITLE, ABOUT, *CONDITIONS, *MEANING)
    elif level == "column":
        slots = (TITLE, *_column(), REQUIRED, *CONDITIONS, *MEANING)
    elif kind == "html":
        slots = (*KINDS["html"], SHOWN)
    else:
        required = () if kind == "expression" else (REQUIRED,)
        slots = (TITLE, ABOUT, *required, *KINDS.get(kind, ()), CHECKS, *CONDITIONS, *MEANING)
    slots = tuple(slots)
    known = frozenset(slot.key for slot in slots if not slot.ours)
    held = {"columns"} if kind in {"matrixdropdown", "matrixdynamic"} and level == "question" else set()
    named = known | held | ({OURS} if level != "whole" else {OURS, "calculatedValues"})
    return (*slots, Slot("rest", "rest", "rest", known=named))


def _column() -> tuple[Slot, ...]:
    return (
        Slot("cellType", "word", "answer", words=CELLS),
        *INPUT,
        LENGTH,
        CHOICES,
        Slot("totalType", "word", "answer", words=TOTALS),
        Slot("expression", "expression", "answer"),
        CHECKS,
    )


def known_keys(slots: tuple[Slot, ...]) -> frozenset[str]:
    """Return the keys that may not stand among the others."""
    return HELD | slots[-1].known
