"""Forms of preparatory studies: the plan, and the answer to a proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import area, day
from luotsi.learning.queries.tuva.listing import STATES, state_words
from luotsi.learning.queries.tuva.words import remark_words, what_choices
from luotsi.learning.rules.tuva.judging import Point, judge
from luotsi.learning.rules.tuva.paths import Break, Item, Path, Registers, Studies

if TYPE_CHECKING:
    from django.forms import BoundField

MOST_ITEMS = 30
BLANK = 2
BREAKS = 3
COLUMNS = ("what", "name", "weeks", "starts_on", "ends_on", "points", "grade_from", "grade_to")
# At which field of an item a remark stands.
PLACES = {
    Point.PART: "what",
    Point.HOME: "what",
    Point.UNNAMED: "name",
    Point.AMOUNT: "weeks",
    Point.OVER: "weeks",
    Point.TURNED: "ends_on",
    Point.EARLY: "starts_on",
    Point.GRADES: "grade_from",
}
WITH_POINTS = {Studies.VOCATIONAL, Studies.GENERAL}


@dataclass(frozen=True)
class Row:
    """The fields of one item; a blank one is folded away."""

    number: int
    what: BoundField
    fields: tuple[BoundField, ...]
    is_blank: bool


class PathForm(forms.Form):
    """A plan of preparatory studies: when it begins, at which pace, its items and breaks, the aim, why it changes."""

    starts_on = day(_("Studies begin"), required=True)
    weekly = forms.DecimalField(
        label=_("Weeks of studies in a week"),
        min_value=Decimal("0.1"),
        max_value=Decimal(1),
        max_digits=3,
        decimal_places=2,
        localize=True,
        help_text=_("1 = full time, 0.5 = half time."),
    )
    aim = forms.CharField(
        label=_("Where to after this"),
        required=False,
        max_length=200,
        help_text=_("For example: vocational qualification in logistics."),
    )
    words = area(
        _("What changed and why"),
        most=300,
        rows=2,
        help_text=_("Learner and counsellor read it. Do not write about health or welfare."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Mapping[str, Any] | None, *, path: Path, registers: Registers, base: int) -> None:
        super().__init__(data, initial={**_initial(path), "base": base})
        self._registers = registers
        self._permit = registers.permit
        told = data if data is not None else self.initial
        used = [place for place in range(MOST_ITEMS) if _is_used(told, place)]
        self._rows = min((used[-1] + 1 if used else 0) + BLANK, MOST_ITEMS)
        self._used = set(used)
        for place in range(self._rows):
            self._add_item(place)
        for place in range(BREAKS):
            self.fields[f"break-{place}-starts_on"] = day(_("Break from"))
            self.fields[f"break-{place}-ends_on"] = day(_("Break until"))
        self._places: list[int] = []

    def _add_item(self, place: int) -> None:
        grades = [("", "–"), *((str(one), str(one)) for one in range(4, 11))]
        made: dict[str, Any] = {
            "what": forms.ChoiceField(label=_("What"), required=False, choices=[("", "–"), *what_choices()]),
            "name": forms.CharField(label=_("Name or subject"), required=False, max_length=120),
            "weeks": forms.DecimalField(
                label=_("Weeks"), required=False, max_digits=4, decimal_places=1, min_value=0, localize=True
            ),
            "starts_on": day(_("From")),
            "ends_on": day(_("Until")),
            "points": forms.DecimalField(
                label=_("Points or credits"),
                required=False,
                max_digits=4,
                decimal_places=1,
                min_value=0,
                localize=True,
            ),
            "grade_from": forms.ChoiceField(label=_("Grade now"), required=False, choices=grades),
            "grade_to": forms.ChoiceField(label=_("Grade aimed at"), required=False, choices=grades),
        }
        item = gettext("Item %(n)s") % {"n": place + 1}
        for name, field in made.items():
            field.told_as = f"{item}, {field.label}"
            self.fields[f"item-{place}-{name}"] = field

    @property
    def rows(self) -> list[Row]:
        """The items, each with its fields."""
        return [
            Row(
                number=place + 1,
                what=self[f"item-{place}-what"],
                fields=tuple(self[f"item-{place}-{name}"] for name in COLUMNS[1:]),
                is_blank=place not in self._used,
            )
            for place in range(self._rows)
        ]

    @property
    def breaks(self) -> list[tuple[BoundField, BoundField]]:
        """The breaks, each with its two days."""
        return [(self[f"break-{place}-starts_on"], self[f"break-{place}-ends_on"]) for place in range(BREAKS)]

    @property
    def has_wrong_breaks(self) -> bool:
        """Whether something is wrong in the breaks, so that they are not folded away."""
        return self._has_error("break-")

    def clean(self) -> dict[str, Any]:
        """Judge the path that was written, and tell what is wrong at its field."""
        given = super().clean() or self.cleaned_data
        for place in sorted(self._used):
            self._check_item(place, given)
        for place in range(BREAKS):
            first, last = (given.get(f"break-{place}-{name}") for name in ("starts_on", "ends_on"))
            if (first is None) != (last is None) and not self._has_error(f"break-{place}"):
                self.add_error(f"break-{place}-ends_on", gettext("Give both days of a break."))
        if not self.errors:
            self._judge(self.path())
        return given

    def _check_item(self, place: int, given: dict[str, Any]) -> None:
        for name, words in (("what", gettext("Choose what it is.")), ("weeks", gettext("Give its weeks."))):
            field = f"item-{place}-{name}"
            if given.get(field) in (None, "") and field not in self.errors:
                self.add_error(field, words)
        studies = str(given.get(f"item-{place}-what", "")).partition(":")[2]
        if given.get(f"item-{place}-points") and studies and Studies(studies) not in WITH_POINTS:
            words = gettext("Only vocational and upper secondary studies have points or credits.")
            self.add_error(f"item-{place}-points", words)

    def _has_error(self, start: str) -> bool:
        return any(name.startswith(start) for name in self.errors)

    def _judge(self, path: Path) -> None:
        for one in judge(path, self._registers):
            if not one.is_wrong:
                continue
            place = one.item
            if place is None:
                place = next((n for n, item in enumerate(path.items) if item.part == one.part), None)
            column = PLACES.get(one.point)
            known = place is not None and column is not None
            field = f"item-{self._places[place]}-{column}" if known and place is not None else None
            self.add_error(field, remark_words(one))

    def path(self) -> Path:
        """Return the path that was written; call it on sound fields."""
        given = self.cleaned_data
        self._places = [place for place in sorted(self._used) if given.get(f"item-{place}-what")]
        return Path(
            permit=self._permit,
            starts_on=given["starts_on"],
            items=tuple(_item(given, place) for place in self._places),
            breaks=tuple(_breaks(given)),
            weekly=given["weekly"],
            aim=given["aim"],
        )


def _is_used(told: Mapping[str, Any], place: int) -> bool:
    return any(told.get(f"item-{place}-{name}") not in (None, "") for name in COLUMNS)


def _item(given: Mapping[str, Any], place: int) -> Item:
    def of(name: str) -> Any:
        return given.get(f"item-{place}-{name}")

    part, _colon, studies = of("what").partition(":")
    return Item(
        part=part,
        weeks=of("weeks"),
        studies=Studies(studies),
        name=of("name"),
        starts_on=of("starts_on"),
        ends_on=of("ends_on"),
        points=of("points"),
        grade_from=int(of("grade_from")) if of("grade_from") else None,
        grade_to=int(of("grade_to")) if of("grade_to") else None,
    )


def _breaks(given: Mapping[str, Any]) -> Iterator[Break]:
    for place in range(BREAKS):
        first, last = given.get(f"break-{place}-starts_on"), given.get(f"break-{place}-ends_on")
        if first and last:
            yield Break(first, last)


def _initial(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"starts_on": path.starts_on, "weekly": path.weekly, "aim": path.aim}
    for place, one in enumerate(path.items[:MOST_ITEMS]):
        told = {name: getattr(one, name) for name in COLUMNS if name != "what"}
        told["what"] = f"{one.part}:{one.studies}"
        found |= {f"item-{place}-{name}": value for name, value in told.items()}
    for place, pause in enumerate(path.breaks[:BREAKS]):
        found |= {f"break-{place}-starts_on": pause.starts_on, f"break-{place}-ends_on": pause.ends_on}
    return found


class TuvaFilter(forms.Form):
    """How the list of preparatory studies is narrowed."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False)
    ended = forms.ChoiceField(
        label=_("Studies"), required=False, choices=[("", _("Going on")), ("all", _("Also those that have ended"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(one, state_words(one)[1]) for one in STATES]
        self.fields["state"].choices = [("", gettext("All")), *states]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to a proposal."""

    agrees = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Agree: it is the plan from now on")), ("no", _("Turn it down"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = area(_("In words"), most=300, rows=2, help_text=_("Needed when you turn it down. The learner reads it."))
