"""Forms of change requests: what is asked for part by part, and what the funder answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.funding.actions.changes import PartAnswer
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import ChangeRequest
from luotsi.funding.queries.change_words import PARTS
from luotsi.funding.rules.change_parts import Kept, parts_of
from luotsi.funding.rules.change_request import (
    Answer,
    BudgetChange,
    ConsortiumChange,
    ContentChange,
    Part,
    Request,
    TimeChange,
)

MOST = 10_000
CLASS = "class-"


def _words(label: Any, *, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MOST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _asks(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ChangeForm(forms.Form):
    """What is asked for. Each part has a box; what stands in a part whose box is empty is not asked for."""

    ask_time = _asks(_("Ask for more time"))
    new_end = day(_("New last day of use"))
    time_grounds = _words(_("Reasons"))
    ask_budget = _asks(_("Ask for another budget"))
    budget_grounds = _words(_("Reasons"), help_text=_("The total must stay as it is."))
    ask_content = _asks(_("Ask for other content"))
    content_words = _words(_("What will be done otherwise"))
    content_grounds = _words(_("Reasons"))
    ask_consortium = _asks(_("Ask for other partners"))
    joining = _words(_("Who joins"), rows=2, help_text=_("One partner a line."))
    leaving = _words(_("Who leaves"), rows=2, help_text=_("One partner a line."))
    consortium_grounds = _words(_("Reasons"))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, classes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._classes = {f"{CLASS}{key}": key for key in classes}
        for name, key in self._classes.items():
            self.fields[name] = euros(classes[key])
        order = list(type(self).base_fields)
        place = order.index("ask_budget") + 1
        self.order_fields([*order[:place], *self._classes, *order[place:]])

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields part by part, each part with its name."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        for name in self.fields:
            if name.startswith("ask_"):
                found.append((str(PARTS[Part(name.removeprefix("ask_"))]), []))
            if name != "seen":
                found[-1][1].append(self[name])
        return found

    def clean_seen(self) -> datetime:
        """Return the moment."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError(_("Open the page again.")) from None

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a change of time."""
        found = super().clean() or {}
        if found.get("ask_time") and not found.get("new_end") and "new_end" not in self.errors:
            self.add_error("new_end", _("Give the new last day of use."))
        return found

    def asked(self) -> Request:
        """Return what is asked for."""
        told = self.cleaned_data
        new = {key: told[name] for name, key in self._classes.items() if told[name] is not None}
        return Request(
            time=TimeChange(new_end=told["new_end"], grounds=told["time_grounds"]) if told["ask_time"] else None,
            budget=BudgetChange(new=new, grounds=told["budget_grounds"]) if told["ask_budget"] else None,
            content=ContentChange(words=told["content_words"], grounds=told["content_grounds"])
            if told["ask_content"]
            else None,
            consortium=ConsortiumChange(
                joining=_lines(told["joining"]),
                leaving=_lines(told["leaving"]),
                grounds=told["consortium_grounds"],
            )
            if told["ask_consortium"]
            else None,
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def initial_of(request: ChangeRequest, budget: Mapping[str, Decimal]) -> dict[str, Any]:
    """Return what the form of a request begins with: what is asked for, else the budget as it stands."""
    parts = request.parts
    time, asked = parts.get(Part.TIME, {}), parts.get(Part.BUDGET, {})
    content, team = parts.get(Part.CONTENT, {}), parts.get(Part.CONSORTIUM, {})
    sums = {key: Decimal(text) for key, text in asked["new"].items()} if asked else budget
    return {
        **{f"ask_{part}": part in parts for part in Part},
        **{f"{part}_grounds": parts.get(part, {}).get("grounds", "") for part in Part},
        **{f"{CLASS}{key}": amount for key, amount in sums.items()},
        "new_end": date.fromisoformat(time["new_end"]) if time.get("new_end") else None,
        "content_words": content.get("words", ""),
        "joining": "\n".join(team.get("joining", [])),
        "leaving": "\n".join(team.get("leaving", [])),
        "seen": request.changed_at.isoformat(),
    }


class AnswerForm(forms.Form):
    """What the funder answers to each part that was asked for."""

    answered_on = day(_("Day of the funder's decision"), help_text=_("Leave empty when it is not known."))

    def __init__(self, *args: Any, parts: Kept, classes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts = [part for part in Part if part in parts]
        self._classes = {f"given-{key}": key for key in parts.get(Part.BUDGET, {}).get("new", {})}
        for part in self._parts:
            name = str(PARTS[part])
            self.fields[f"{part}_answer"] = forms.ChoiceField(
                label=_("%(part)s: answer") % {"part": name},
                choices=ChangeRequest.ANSWERS,
                widget=forms.RadioSelect,
            )
            for field, given in self._given(part, classes).items():
                self.fields[field] = given
            self.fields[f"{part}_reasons"] = _words(_("%(part)s: the funder's reasons") % {"part": name}, rows=2)
        self.order_fields([*(name for name in self.fields if name != "answered_on"), "answered_on"])

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each part that was asked for, in the order of the parts."""
        found: list[list[forms.BoundField]] = []
        for name in self.fields:
            if name.endswith("_answer"):
                found.append([])
            if name != "answered_on":
                found[-1].append(self[name])
        return found

    def _given(self, part: Part, classes: Mapping[str, str]) -> dict[str, forms.Field]:
        """Return fields for what was given instead."""
        if part == Part.TIME:
            return {"given_end": day(_("Last day given instead"))}
        if part == Part.BUDGET:
            label = _("Given instead: %(name)s")
            return {name: euros(label % {"name": classes[key]}) for name, key in self._classes.items()}
        return {f"{part}_given": _words(_("What was given instead"), rows=2)}

    def answers(self) -> dict[Part, PartAnswer]:
        """Return what was typed, ready for the actions."""
        told = self.cleaned_data
        return {
            part: PartAnswer(
                answer=told[f"{part}_answer"],
                reasons=told[f"{part}_reasons"],
                given=self._instead(part) if told[f"{part}_answer"] == Answer.WITH_CHANGES else {},
            )
            for part in self._parts
        }

    def _instead(self, part: Part) -> dict[str, Any]:
        told = self.cleaned_data
        if part == Part.TIME:
            end = told["given_end"]
            return parts_of(Request(time=TimeChange(new_end=end, grounds="")))[part] if end else {}
        if part == Part.BUDGET:
            new = {key: told[name] for name, key in self._classes.items() if told[name] is not None}
            return parts_of(Request(budget=BudgetChange(new=new, grounds="")))[part] if new else {}
        words = told[f"{part}_given"].strip()
        return {"words": words} if words else {}
