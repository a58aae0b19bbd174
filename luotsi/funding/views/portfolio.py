"""The portfolio: what the unit and those below it have applied for, over all funders."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.funding import access
from luotsi.funding.forms.portfolio import PortfolioFilter
from luotsi.funding.queries.portfolio import funders_of, portfolio_of
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.columns import APPLIED, sums
from luotsi.funding.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.formatting import day
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("name", gettext_lazy("Project"), cell=lambda row: Link(row.url, row.names), sort=True),
    Column("call", gettext_lazy("Call"), cell=lambda row: Link(row.call_url, row.call), sort=True),
    Column("funder", gettext_lazy("Funder"), cell=lambda row: row.funder, sort=True),
    Column("unit", gettext_lazy("Applicant"), cell=lambda row: row.unit, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    APPLIED,
    sums("granted", gettext_lazy("Granted"), lambda row: row.granted),
    sums("own", gettext_lazy("Own share"), lambda row: row.own_share),
    Column(
        "closes",
        gettext_lazy("Call closes"),
        cell=lambda row: day(row.closes_on) if row.closes_on else None,
        text=lambda row: row.closes_on,
        numeric=True,
        sort=True,
    ),
    Column("next", gettext_lazy("What is next"), cell=lambda row: row.next, sort=True),
)


@require_GET
def list_portfolio(request: ScopedRequest) -> HttpResponse:
    """List the applications that the visitor may see, with what they add up to."""
    seen = access.applications_visible_to(request.user, request.scope)
    form = PortfolioFilter(request.GET, funders=funders_of(seen))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="next")
    found = portfolio_of(seen, request.scope, listing.ask)
    context = around_unit(request, "portfolio") | {
        "title": _("Applications and grants"),
        "totals": found.totals,
        "empty_words": _("An application is begun from a call. Add the call first, or choose one that is watched."),
        "may_prepare": access.may_do(request.user, Right.PREPARE, request.scope),
    }
    return lists.answer(
        request, "funding/list_portfolio.html", listing, found.rows, filename="funding", context=context
    )
