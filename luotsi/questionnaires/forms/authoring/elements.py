"""The form of one element: fields by its kind, made from slots, and read back as the keys that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.questionnaires.forms.authoring.slots import SECTIONS, Slot, known_keys, slots_of
from luotsi.questionnaires.queries import fault_words
from luotsi.questionnaires.queries.authoring.kinds import kinds_for
from luotsi.questionnaires.queries.authoring.labels import label_of
from luotsi.questionnaires.rules import shaping, values
from luotsi.questionnaires.rules.definition import Fault, Severity
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.shaping import Spot
from luotsi.questionnaires.rules.shaping.lines import read_lines, written
from luotsi.questionnaires.rules.shaping.places import OURS
from luotsi.questionnaires.rules.shaping.words import home_language, said
from luotsi.questionnaires.rules.texts import LANGUAGES

CODE = {"spellcheck": "false", "autocapitalize": "off"}


@dataclass(frozen=True)
class SectionShown:
    """Fields that belong together; those of the first section are on view, the others open when something is there."""

    title: str
    fields: tuple[forms.BoundField, ...]
    is_open: bool
    is_first: bool


class ElementForm(forms.Form):
    """One element: what it says, asks and means."""

    def __init__(
        self,
        *args: Any,
        data_of: Mapping[str, Any],
        item: Mapping[str, Any],
        spot: Spot | None,
        holders: list[tuple[str, str]],
        check_url: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.spot, self.home = item, spot, home_language(data_of)
        self.check_url = check_url
        self.slots = slots_of(spot.level if spot else "whole", spot.kind if spot else "")
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
        if spot is not None:
            self.fields["name"] = forms.CharField(
                label=label_of("name"), max_length=200, initial=spot.name, widget=forms.TextInput(attrs=dict(CODE)),
                help_text=_("What expressions call it. When it changes, they are written anew."),
            )  # fmt: skip
        for slot in self.slots:
            self._add(slot)
        if holders:
            self.fields["holder"] = forms.ChoiceField(
                label=_("Move to"), required=False, choices=[("", _("Stays where it is")), *holders]
            )

    def _add(self, slot: Slot) -> None:
        value = slot.value_in(self.item)
        if slot.kind == "texts":
            told = shaping.texts_of(value, self.home)
            for code in LANGUAGES:
                lines = slot.lines or min(told[code].count("\n") * 2, 6)
                widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
                self.fields[f"{slot.field}_{code}"] = forms.CharField(
                    label=label_of(slot.label, code),
                    required=False,
                    initial=told[code],
                    widget=widget,
                    strip=False,
                )
            return
        self.fields[slot.field] = self._field(slot, value)

    def _field(self, slot: Slot, value: Any) -> forms.Field:
        label, about = label_of(slot.label), slot.help
        match slot.kind:
            case "flag":
                return forms.BooleanField(label=label, required=False, initial=value is True)
            case "number":
                return forms.IntegerField(label=label, required=False, initial=value, min_value=slot.least)
            case "word":
                nothing = _("Not said") if slot.ours else _("As usual")
                words = [("", nothing), *((word, str(told)) for word, told in slot.words)]
                if value and value not in dict(words):
                    words.append((str(value), str(value)))
                return forms.ChoiceField(label=label, required=False, initial=value, choices=words)
            case "choices":
                rows = forms.Textarea(attrs={"rows": 6, **CODE})
                return forms.CharField(
                    label=label, required=False, initial=written(value or [], self.home), widget=rows, help_text=about
                )
            case "expression":
                attrs = {
                    "rows": 2,
                    "hx-get": f"{self.check_url}&key={slot.key}",
                    "hx-trigger": "input changed delay:500ms",
                    "hx-target": f"#check-{slot.field}",
                    **CODE,
                }
                return forms.CharField(
                    label=label, required=False, initial=value, max_length=10_000, widget=forms.Textarea(attrs=attrs)
                )
            case "json" | "rest":
                shown = values.dumps(value, indent=2) if value else ""
                rows = forms.Textarea(attrs={"rows": 6, **CODE})
                return forms.CharField(label=label, required=False, initial=shown, widget=rows, help_text=about)
        shown = values.plain(value) if values.is_number(value) else value
        return forms.CharField(label=label, required=False, initial=shown, max_length=2000, help_text=about)

    def clean(self) -> dict[str, Any]:
        """Read every slot; what cannot be read is told at its field."""
        given = super().clean() or self.cleaned_data
        self.values: dict[str, Any] = {}
        ours = dict(self.item.get(OURS) or {})
        for slot in self.slots:
            if any(name in self.errors for name in slot.fields):
                continue
            try:
                value = self._read(slot, given)
            except ValidationError as error:
                self.add_error(slot.fields[0], error)
                continue
            self._put(slot, value, ours)
        if not values.same(ours, dict(self.item.get(OURS) or {})):
            self.values[OURS] = ours or None
        return given

    def _put(self, slot: Slot, value: Any, ours: dict[str, Any]) -> None:
        """Write down what a slot says, where it differs from what is there."""
        if slot.kind == "rest":
            before = slot.value_in(self.item) or {}
            for key in {*before, *value}:
                if not values.same(before.get(key), value.get(key)):
                    self.values[key] = value.get(key)
        elif slot.ours:
            slot.put_ours(ours, value)
        elif not values.same(slot.value_in(self.item), value):
            self.values[slot.key] = value

    def _read(self, slot: Slot, given: Mapping[str, Any]) -> Any:
        before = slot.value_in(self.item)
        if slot.kind == "texts":
            texts = {code: given[f"{slot.field}_{code}"].replace("\r\n", "\n") for code in LANGUAGES}
            now = {code: text.replace("\r\n", "\n") for code, text in shaping.texts_of(before, self.home).items()}
            return before if texts == now else said(before, texts, self.home)
        return READERS.get(slot.kind, _line)(given[slot.field], before, self)

    def choices(self, text: str, before: Any) -> Any:
        """Return the choices of lines. Raises ValidationError."""
        try:
            return read_lines(text, before or [], self.home) or None
        except ValueError as fault:
            words = _("This line has no value, too many parts, or a value that stands twice: %(line)s")
            raise ValidationError(words % {"line": fault}) from None

    def rest(self, text: str) -> dict[str, Any]:
        """Return the keys that have no field of their own. Raises ValidationError."""
        found: dict[str, Any] = _json(text, dict) or {}
        if strange := known_keys(self.slots) & set(found):
            words = _("These keys have fields of their own: %(keys)s")
            raise ValidationError(words % {"keys": ", ".join(sorted(strange))})
        return found

    @property
    def sections(self) -> list[SectionShown]:
        """The fields in their sections."""
        found = []
        for key, title in SECTIONS.items():
            names = [name for slot in self.slots if slot.section == key for name in slot.fields]
            if key == "words" and "name" in self.fields:
                names.insert(0, "name")
            if key == "place" and "holder" in self.fields:
                names.append("holder")
            bound = tuple(self[name] for name in names)
            there = any(field.initial not in (None, "", False) or field.errors for field in bound)
            if bound:
                found.append(SectionShown(str(title), bound, there, key in {"words", "answer"}))
        return found


def _expression(text: str) -> str | None:
    text = text.strip().replace("\r\n", "\n")
    if not text:
        return None
    try:
        parse(text)
    except ExpressionError as fault:
        told = Fault("", f"expression.{fault.code}", Severity.ERROR, {"column": fault.column, **fault.params})
        raise ValidationError(fault_words.sentence(told)) from None
    return text


def _json(text: str, kind: type) -> Any:
    if not text.strip():
        return None
    try:
        found = values.loads(text)
    except values.NotAValue:
        raise ValidationError(_("This is no JSON that can be read.")) from None
    if not isinstance(found, kind):
        words = _("This must be a list in brackets.") if kind is list else _("This must be an object in braces.")
        raise ValidationError(words)
    return found


def _flag(value: bool, before: Any) -> Any:
    """Return a flag; one that is not set stays as it was written, or is left out."""
    if value:
        return True
    return before if before in (None, False) else None


def _line(value: Any, _before: Any, _form: ElementForm) -> Any:
    return value or None


def _scalar(text: str) -> Any:
    """Return a limit as it was written: a number where it is one, else text such as a day."""
    text = text.strip()
    if not text:
        return None
    try:
        found = values.loads(text.replace(",", "."))
    except values.NotAValue:
        return text
    return found if values.is_number(found) else text


READERS: Mapping[str, Callable[[Any, Any, ElementForm], Any]] = {
    "flag": lambda value, before, _form: _flag(value, before),
    "number": lambda value, _before, _form: value,
    "choices": lambda value, before, form: form.choices(value, before),
    "expression": lambda value, _before, _form: _expression(value),
    "json": lambda value, _before, _form: _json(value, list) or None,
    "rest": lambda value, _before, form: form.rest(value),
    "value": lambda value, _before, _form: _scalar(value),
}


class AddForm(forms.Form):
    """A new element: its kind, name and title."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("What to add"))
    title_fi = forms.CharField(label=gettext_lazy("Title in Finnish"), required=False, max_length=2000)
    title_sv = forms.CharField(label=gettext_lazy("Title in Swedish"), required=False, max_length=2000)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=2000)
    name = forms.CharField(
        label=gettext_lazy("Name in expressions"), required=False, max_length=200,
        help_text=gettext_lazy("Left empty, it gets a free one."), widget=forms.TextInput(attrs=dict(CODE)),
    )  # fmt: skip

    def __init__(self, *args: Any, holds: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_for(holds)  # type: ignore[attr-defined]

    @property
    def title(self) -> dict[str, str]:
        """The title by language."""
        return {code: self.cleaned_data[f"title_{code}"] for code in LANGUAGES}
