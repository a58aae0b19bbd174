"""The checklist of an own call before it is published: each point in words, with where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base import clock
from luotsi.funding.rules.publishing import Point, Prepared, Weighed, checklist, left_to_weigh
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.funding.models import Call

# What stands on the page while a point is open, and in the refusal of publishing.
POINT_WORDS: dict[str, Promise] = {
    Point.NAME: gettext_lazy("The name is needed in Finnish and in Swedish."),
    Point.TEXT: gettext_lazy("What is funded is told in Finnish and in Swedish."),
    Point.APPLICANTS: gettext_lazy("Choose which kind of unit may apply."),
    Point.ELIGIBILITY: gettext_lazy("Who may apply is told in Finnish and in Swedish."),
    Point.BUDGET: gettext_lazy("Tell the sum to be granted."),
    Point.OPENS: gettext_lazy("Give the day and the time of opening."),
    Point.CLOSES: gettext_lazy("Give the day and the time of closing."),
    Point.AHEAD: gettext_lazy("The closing has passed already."),
    Point.FORM: gettext_lazy("Choose the form of the application."),
    Point.CRITERIA: gettext_lazy("Give the criteria, each with a name in Finnish and in Swedish."),
    Point.WEIGHTS: gettext_lazy("The weights of the criteria sum to 100."),
    Point.OFFICERS: gettext_lazy("Name an officer who handles the call."),
    Point.SHARE: gettext_lazy("Own share: the call states no percentage."),
    Point.MAXIMUM: gettext_lazy("Largest grant: not stated."),
    Point.COSTS: gettext_lazy("Classes of cost: not stated."),
    Point.CENTS: gettext_lazy("Cents or whole euros: not stated."),
    Point.PERIOD: gettext_lazy("Time of use: not stated."),
    Point.CHANGES: gettext_lazy("Transfers without a change request: not stated."),
}
DONE_WORDS: dict[str, Promise] = {
    Point.NAME: gettext_lazy("Name in Finnish and in Swedish"),
    Point.TEXT: gettext_lazy("What is funded, in Finnish and in Swedish"),
    Point.APPLICANTS: gettext_lazy("Which kind of unit may apply"),
    Point.ELIGIBILITY: gettext_lazy("Who may apply, in Finnish and in Swedish"),
    Point.BUDGET: gettext_lazy("Sum to be granted"),
    Point.OPENS: gettext_lazy("Opening with its time"),
    Point.CLOSES: gettext_lazy("Closing with its time"),
    Point.AHEAD: gettext_lazy("The closing is still to come"),
    Point.FORM: gettext_lazy("Form of the application"),
    Point.CRITERIA: gettext_lazy("Criteria"),
    Point.WEIGHTS: gettext_lazy("Weights of the criteria sum to 100"),
    Point.OFFICERS: gettext_lazy("Officer"),
    Point.SHARE: gettext_lazy("Own share"),
    Point.MAXIMUM: gettext_lazy("Largest grant"),
    Point.COSTS: gettext_lazy("Classes of cost"),
    Point.CENTS: gettext_lazy("Cents or whole euros"),
    Point.PERIOD: gettext_lazy("Time of use"),
    Point.CHANGES: gettext_lazy("Transfers without a change request"),
}
OF_FORM, OF_CRITERIA, OF_OFFICERS = {Point.FORM}, {Point.CRITERIA, Point.WEIGHTS}, {Point.OFFICERS}


@dataclass(frozen=True)
class PointRow:
    """A point of the checklist; `mark` done, bad (needed and open) or warn (may stay open)."""

    key: str
    mark: str
    words: str
    place: str


def _languages(text: Mapping[str, str]) -> frozenset[str]:
    return frozenset(code for code, words in (text or {}).items() if words)


def prepared(call: Call) -> Prepared:
    """Return an own call as far as it is ready; two queries."""
    criteria = [Weighed(languages=_languages(one.name), weight=one.weight) for one in call.criteria.all()]
    return Prepared(
        name=_languages(call.name),
        text=_languages(call.text),
        eligibility=_languages(call.eligibility),
        applicants=call.applicants,
        budget=call.budget,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        has_form=call.form_id is not None,
        criteria=tuple(criteria),
        officers=call.officers.on(clock.today()).count(),
        share=call.grant_percent is not None,
        maximum=call.grant_max is not None,
        costs=bool(call.cost_classes),
        cents=call.in_cents is not None,
        period=call.starts_on is not None and call.ends_on is not None,
        changes=call.transfer_percent is not None,
    )


def point_rows(call: Call) -> tuple[PointRow, ...]:
    """Return the checklist in words, what is needed first."""
    found = prepared(call)
    return tuple(
        PointRow(
            key=one.point.value,
            mark="done" if one.is_done else "bad" if one.is_needed else "warn",
            words=str(DONE_WORDS[one.point]) if one.is_done else _open_words(one.point, found),
            place=_place(one.point),
        )
        for one in checklist(found, clock.now())
    )


def _open_words(point: Point, found: Prepared) -> str:
    if point != Point.WEIGHTS or not found.criteria:
        return str(POINT_WORDS[point])
    left = left_to_weigh(one.weight for one in found.criteria)
    told = number(Decimal(100) - left)
    return _("The weights of the criteria sum to %(sum)s, not to 100.") % {"sum": told}


def _place(point: Point) -> str:
    if point in OF_FORM:
        return "form"
    if point in OF_CRITERIA:
        return "criteria"
    return "officers" if point in OF_OFFICERS else "text"
