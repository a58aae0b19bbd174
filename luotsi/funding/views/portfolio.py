"""The portfolio: what the unit and those below it have applied for, over all funders."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.funding import access
from luotsi.funding.forms.portfolio import PortfolioFilter
from luotsi.funding.queries.portfolio import portfolio_listed
from luotsi.funding.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("name", gettext_lazy("Project"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
)


@require_GET
def list_portfolio(request: ScopedRequest) -> HttpResponse:
    """List the applications that the visitor may see, with what they add up to."""
    seen = access.applications_visible_to(request.user, request.scope)
    form = PortfolioFilter(request.GET)
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="name")
    rows = portfolio_listed(seen, request.scope, listing.ask)
    context = around_unit(request, "portfolio") | {"title": _("Applications and grants")}
    return lists.answer(request, "funding/list_portfolio.html", listing, rows, filename="funding", context=context)
