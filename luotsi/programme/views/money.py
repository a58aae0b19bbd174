"""Pages of money and decisions: the overview with its lines, adding and changing them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import money as actions
from luotsi.programme.forms.money import BudgetFilter, BudgetForm, DecisionForm
from luotsi.programme.queries import choices
from luotsi.programme.queries.money_pages import budget_initial, decision_initial, lines_listed, money_page
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page
from luotsi.ui import lists
from luotsi.ui.formatting import euros
from luotsi.ui.lists import Column, Link

COLUMNS = (
    Column("code", gettext_lazy("Code"), cell=lambda row: Link(row.url, row.code) if row.url else row.code, sort=True),
    Column("text", gettext_lazy("What for"), cell=lambda row: row.names),
    Column("kind", gettext_lazy("Kind"), cell=lambda row: row.kind, sort=True),
    Column("section", gettext_lazy("Section of the plan"), cell=lambda row: row.section, sort=True),
    Column("period", gettext_lazy("Time"), cell=lambda row: row.period, sort=True),
    Column(
        "amount",
        gettext_lazy("Amount, €"),
        cell=lambda row: None if row.amount is None else euros(row.amount),
        text=lambda row: row.amount,
        numeric=True,
        sort=True,
    ),
    Column("fund", gettext_lazy("From which source"), cell=lambda row: row.fund),
    Column("source", gettext_lazy("Source"), cell=lambda row: row.source),
)


def _back(request: ScopedRequest, programme: str) -> str:
    return reverse("programme:see-money", args=[request.scope.key, programme])


@require_GET
def see_money(request: ScopedRequest, programme: str) -> HttpResponse:
    """Show need and cover by section, every line of money, and the decisions."""
    found = fetched(request, programme)
    form = BudgetFilter(request.GET, sections=choices.sections(found))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="code")
    rows = lines_listed(request.user, found, request.scope, listing.ask)
    context = around(request, found, "money") | {"page": money_page(request.user, found, request.scope)}
    return lists.answer(request, "programme/see_money.html", listing, rows, filename="money", context=context)


@require_http_methods(["GET", "POST"])
def add_budget_line(request: ScopedRequest, programme: str) -> HttpResponse:
    """Add a line of money."""
    found = fetched(request, programme, Right.PLAN)
    form = BudgetForm(request.POST or None, sections=choices.sections(found))
    return form_page(
        request,
        form,
        lambda given: actions.add_budget_line(programme=found, details=form.details(), by=request.user),
        done=_("The line of money has been added."),
        back=_back(request, programme),
        context=around(request, found, "money")
        | {"title": _("Add a line of money"), "save_label": _("Add the line"), "back_label": _("Money")},
    )


@require_http_methods(["GET", "POST"])
def edit_budget_line(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Change a line of money."""
    found = fetched(request, programme)
    line = access.budget_line_for(request.user, found, code, Right.PLAN)
    form = BudgetForm(request.POST or None, sections=choices.sections(found), initial=budget_initial(line))
    return form_page(
        request,
        form,
        lambda given: actions.change_budget_line(line=line, details=form.details(), by=request.user),
        done=_("The line of money has been saved."),
        back=_back(request, programme),
        context=around(request, found, "money")
        | {"title": _("Edit the line of money"), "save_label": _("Save the line"), "back_label": _("Money")},
    )


@require_http_methods(["GET", "POST"])
def add_decision(request: ScopedRequest, programme: str) -> HttpResponse:
    """Add a decision."""
    found = fetched(request, programme, Right.PLAN)
    form = DecisionForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.add_decision(programme=found, details=form.details(), by=request.user),
        done=_("The decision has been added."),
        back=_back(request, programme),
        context=around(request, found, "money")
        | {"title": _("Add a decision"), "save_label": _("Add the decision"), "back_label": _("Money")},
    )


@require_http_methods(["GET", "POST"])
def edit_decision(request: ScopedRequest, programme: str, code: str) -> HttpResponse:
    """Change a decision."""
    found = fetched(request, programme)
    decision = access.decision_for(request.user, found, code, Right.PLAN)
    form = DecisionForm(request.POST or None, initial=decision_initial(decision))
    return form_page(
        request,
        form,
        lambda given: actions.change_decision(decision=decision, details=form.details(), by=request.user),
        done=_("The decision has been saved."),
        back=_back(request, programme),
        context=around(request, found, "money")
        | {"title": _("Edit the decision"), "save_label": _("Save the decision"), "back_label": _("Money")},
    )
