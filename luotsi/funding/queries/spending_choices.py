"""What the forms of the spending of a grant are filled with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from luotsi.funding.queries.cost_classes import class_choices
from luotsi.funding.queries.ledger import cost_rules_of, whole_budget_of
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.spending_pages import NO_CLASS
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Application

LONGEST = 12  # years of a budget's table


def classes_of(application: Application) -> list[tuple[str, str]]:
    """Return the classes of cost of a grant: of its call, its budget and its ledger. At most three queries."""
    used = application.ledger_entries.order_by().values_list("cost_class", flat=True).distinct()
    return class_choices(application.call, {*used, *whole_budget_of(application).by_class})


def filter_choices(application: Application) -> dict[str, Sequence[tuple[str, str]]]:
    """Return by what entries can be narrowed."""
    years = application.ledger_entries.order_by().annotate(of=ExtractYear("booked_on")).values_list("of", flat=True)
    classes = [*classes_of(application), (NO_CLASS, str(_("No class")))]
    return {"classes": classes, "years": [(str(year), str(year)) for year in sorted(set(years.distinct()))]}


def budget_years(application: Application) -> list[int]:
    """Return the years by which a budget is parted: those of the period of use, and those it has sums for."""
    rules = cost_rules_of(application)
    found = set(whole_budget_of(application).by_year)
    if rules.period_start and rules.period_end and rules.period_start <= rules.period_end:
        found |= set(range(rules.period_start.year, rules.period_end.year + 1))
    return sorted(found)[:LONGEST]


def budget_initial(application: Application, classes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what the form of a budget begins with."""
    budget = whole_budget_of(application)
    found: dict[str, Any] = {}
    for place, (key, _label) in enumerate(classes):
        years = {year: amount for (of, year), amount in budget.by_class_and_year.items() if of == key}
        if years:
            found |= {f"year_{place}_{year}": amount for year, amount in years.items()}
        elif key in budget.by_class:
            found[f"whole_{place}"] = budget.by_class[key]
    return found


def instalment_choices(application: Application) -> list[tuple[str, str]]:
    """Return the instalments that a payment may be for."""
    decision = decision_of(application)
    rows = decision.instalments.all() if decision is not None else []
    return [(str(one.number), f"{one.number}. {formatting.euros(one.amount)}") for one in rows]


def payment_words(*, only_returned: bool) -> dict[str, str]:
    """Return the words of the page that adds a payment, or only what was returned where the funder pays here."""
    title, save = _("Add a payment"), _("Add the payment")
    if only_returned:
        title, save = _("Add what was returned"), _("Add the return")
    return {"title": title, "save_label": save, "back_label": _("Spending")}
