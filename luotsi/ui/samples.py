"""What the component sheet shows: every component with made-up content, and a list that really works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.ui import lists
from luotsi.ui.charts import draw
from luotsi.ui.lists import Column, Link, Rows, State
from luotsi.ui.steps import Step
from luotsi.ui.waiting import Task, grouped

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from luotsi.ui.charts import Chart
    from luotsi.ui.lists import Ask

TODAY = date(2026, 11, 23)
SHARES = {"2023–24": 0.41, "2024–25": 0.52, "2025–26": 0.63, "2026–27": 0.79}
PLACES = ("Koivula", "Haapala", "Lepola", "Mäntylä", "Pajula", "Tammela", "Vaahtera", "Saarni", "Jalava", "Raita")
SWATCHES = ("brand", "deep", "mid", "band", "tint", "ink", "ink2", "control", "line", "sunken", "ok", "warn", "bad",
            "info")  # fmt: skip
MARKS = ("done", "run", "risk", "late", "none")


@dataclass(frozen=True)
class SampleName:
    """A name in one language."""

    text: str
    lang: str = "fi"


@dataclass(frozen=True)
class SampleSchool:
    """A row of the sample list."""

    names: SampleName
    pupils: int | None
    since: date
    mark: str


class SampleFilter(forms.Form):
    """The filters of the sample list."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False)
    mark = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = [("", _("All")), *_words().items()]  # type: ignore[attr-defined]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("At most 120 characters")
    )
    begins = forms.DateField(label=gettext_lazy("Begins"), help_text=gettext_lazy("For example 1.8.2026"))
    state = forms.ChoiceField(label=gettext_lazy("State"))
    shown = forms.BooleanField(label=gettext_lazy("Show to everyone"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "–"), *_words().items()]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("provider", _("Provider")), ("school", _("School"))]  # type: ignore[attr-defined]


COLUMNS = (
    Column("name", gettext_lazy("Name"), cell=lambda row: Link("#list", row.names), sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, _words()[row.mark])),
    Column("pupils", gettext_lazy("Pupils"), cell=lambda row: row.pupils, numeric=True, sort=True),
    Column("since", gettext_lazy("Valid from"), cell=lambda row: row.since, numeric=True, sort=True),
)


def component_sheet(request: HttpRequest) -> HttpResponse:
    """Answer with the component sheet; its list filters, sorts, pages and exports like any other."""
    listing = lists.read(request, columns=COLUMNS, filters=SampleFilter(request.GET), sort="name")
    template = "ui/components.html"
    return lists.answer(
        request, template, listing, _schools(listing.ask), filename="schools", context=component_samples()
    )


def component_samples() -> dict[str, Any]:
    """Return the content of everything on the sheet but the list."""
    costs = [(_("Staff"), Decimal(800000)), (_("Services"), Decimal("680000.50")), (_("Premises"), None)]
    return {
        "today": TODAY,
        "marks": list(_words().items()),
        "swatches": SWATCHES,
        "form": SampleForm(auto_id="good_%s", initial={"name": "Koivulan koulu", "begins": TODAY, "level": "school"}),
        "bad_form": SampleForm({"begins": "31.2.2026"}, auto_id="bad_%s"),
        "steps": _steps(),
        "groups": grouped(_tasks(), TODAY),
        "tiles": [
            (_("Accounts with a second factor"), 0.79, 0.9, "run"),
            (_("Devices in use"), 0.97, 0.95, "done"),
            (_("Teachers with a badge"), None, 0.5, "none"),
        ],
        "facts": [(_("Education provider"), SampleName("Lehtola")), (_("Institution number"), SampleName("00000"))],
        "parts": [(mark, count, word) for (mark, word), count in zip(_words().items(), (23, 8, 2, 3, 3), strict=True)],
        "chart": _chart(),
        "costs": costs,
        "total": sum(cost for _label, cost in costs if cost is not None),
        "checks": [
            ("bad", _("Costs and financing differ by €140,850.")),
            ("risk", _("Premises is empty.")),
            ("ok", _("The dates are in order.")),
        ],
        "swedish": SampleName("Utbildning för alla", "sv"),
    }


def _words() -> dict[str, str]:
    return dict(zip(MARKS, (_("Done"), _("In progress"), _("At risk"), _("Late"), _("Not started")), strict=True))


def _schools(ask: Ask) -> Rows:
    """Return the sample schools as asked: 120 of them, filtered, sorted and cut in memory."""
    every = [
        SampleSchool(
            SampleName(f"{PLACES[number % len(PLACES)]} {number + 1}"),
            None if number % 17 == 3 else number * 37 % 900,
            date(1970 + number % 50, 8, 1),
            MARKS[number * 7 // 3 % len(MARKS)],
        )
        for number in range(120)
    ]
    wanted, mark = str(ask.filters.get("q", "")).lower(), ask.filters.get("mark")
    found = [row for row in every if wanted in row.names.text.lower() and mark in (None, row.mark)]
    order = {"name": lambda row: row.names.text, "pupils": lambda row: row.pupils or 0, "since": lambda row: row.since}
    found.sort(key=order[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _steps() -> list[Step]:
    return [
        Step(_("Applicant"), "#steps", "done"),
        Step(_("Costs"), "#steps", "error", _("2 errors")),
        Step(_("Financing"), "#steps", "current", _("Costs €1,480,000")),
        Step(_("Sending"), "#steps", "todo"),
    ]


def _tasks() -> list[Task]:
    place = "Koivulan koulu"
    return [
        Task("1", _("Accept the role of principal"), place, "#tasks", _("Accept"), date(2026, 11, 20)),
        Task("2", _("Check the imported units"), place, "#tasks", _("Check"), date(2026, 11, 27)),
        Task("3", _("Add a second factor"), place, "#tasks", _("Add")),
    ]


def _chart() -> Chart:
    title, axis = (
        _("Accounts with a second factor"),
        {"title": None, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]},
    )
    goal = {"values": [{"year": "2026–27", "share": 0.9}]}
    spec = {
        "data": {"values": [{"year": year, "share": share} for year, share in SHARES.items()]},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}},
            "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis},
        },
        "layer": [
            {"mark": {"type": "bar", "width": {"band": 0.55}}},
            {"mark": {"type": "text", "style": "label", "dy": -9, "fontWeight": 600},
             "encoding": {"text": {"field": "share", "format": ".0%"}}},
            {"data": goal, "mark": {"type": "rule", "style": "target"},
             "encoding": {"x": None}},
            {"data": goal, "mark": {"type": "text", "style": "label", "align": "left", "dy": -8},
             "encoding": {"x": {"value": 2}, "text": {"value": _("target 90%")}}},
        ],
    }  # fmt: skip
    rows = [(year, round(share * 100)) for year, share in SHARES.items()]
    return draw(spec, title=title, message=_("The share grew from 41% to 79%; the target is 90%."),
                headers=(_("School year"), _("Share, %")), rows=rows)  # fmt: skip
