"""Progress in words: amounts with their unit, where a part or a learner stands, and states of rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from luotsi.learning.models import StudyRight
from luotsi.learning.rules.progress import Standing
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from decimal import Decimal

MARKS = {
    Standing.DONE: "done",
    Standing.LATE: "late",
    Standing.RUNNING: "run",
    Standing.COMING: "none",
    Standing.UNPLANNED: "none",
}
STANDINGS = {
    Standing.DONE: pgettext_lazy("a part of studies", "Done"),
    Standing.LATE: pgettext_lazy("a part of studies", "Late"),
    Standing.RUNNING: pgettext_lazy("a part of studies", "Under way"),
    Standing.COMING: pgettext_lazy("a part of studies", "Coming"),
    Standing.UNPLANNED: pgettext_lazy("a part of studies", "No day planned"),
}
RIGHT_STATES = {
    "lasna": pgettext_lazy("state of a right to study", "Present"),
    "valiaikaisestikeskeytynyt": pgettext_lazy("state of a right to study", "Interrupted for a time"),
    "loma": pgettext_lazy("state of a right to study", "On holiday"),
    "valmistunut": pgettext_lazy("state of a right to study", "Graduated"),
    "eronnut": pgettext_lazy("state of a right to study", "Resigned"),
    "katsotaaneronneeksi": pgettext_lazy("state of a right to study", "Considered resigned"),
    "keskeytynyt": pgettext_lazy("state of a right to study", "Discontinued"),
    "hyvaksytystisuoritettu": pgettext_lazy("state of a right to study", "Completed"),
    "paattynyt": pgettext_lazy("state of a right to study", "Ended"),
}


def amount_words(value: Decimal, kind: str) -> str:
    """Return an amount with its unit: points of competence, in preparatory studies weeks."""
    few = 1 if value == 1 else 2
    words = {"n": number(value)}
    if kind == StudyRight.Kind.TUVA:
        return ngettext("%(n)s week", "%(n)s weeks", few) % words
    return ngettext("%(n)s competence point", "%(n)s competence points", few) % words


def unit_words(kind: str) -> str:
    """Return the unit of amounts, as the heading of a column or an axis."""
    return _("Weeks") if kind == StudyRight.Kind.TUVA else _("Competence points")


def state_words(right: StudyRight) -> str:
    """Return the state of a right; a code that is not known stands as it is."""
    return str(RIGHT_STATES.get(right.state, right.state))


def recognised_words(amount: Decimal, kind: str) -> str:
    """Return how much of what is done was recognised; "" of nothing."""
    told = {"amount": amount_words(amount, kind)}
    return _("%(amount)s of this was recognised. It counts both as asked for and as done.") % told if amount else ""


def standing_of(behind: Decimal, *, has_days: bool) -> tuple[str, str]:
    """Return the mark and the word of where somebody stands against the plan."""
    if not has_days:
        return "none", _("No days planned")
    if behind > 0:
        return "late", _("Behind the plan")
    if behind < 0:
        return "done", _("Ahead of the plan")
    return "done", _("By the plan")
