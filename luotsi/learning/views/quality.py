"""Pages of data quality: figures and rules for everybody who sees figures, what is to be mended for the steward."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.forms.findings import FindingFilter
from luotsi.learning.queries.findings import findings_of, units_with_findings
from luotsi.learning.queries.quality import quality_of
from luotsi.learning.queries.quality_rules import rule_of
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("learner", gettext_lazy("Learner"), cell=lambda row: Link(row.learner_url, row.learner), sort=True),
    Column("unit", gettext_lazy("Group or school"), cell=lambda row: row.unit, sort=True),
    Column("severity", gettext_lazy("Severity"), cell=lambda row: State(row.mark, row.severity), sort=True),
    Column("rule", gettext_lazy("Rule"), cell=lambda row: Link(row.rule_url, f"{row.code} {row.title}"), sort=True),
    Column("message", gettext_lazy("What is wrong"), cell=lambda row: row.message),
    Column("owner", gettext_lazy("Who mends it"), cell=lambda row: row.owner, sort=True),
    Column("since", gettext_lazy("Since"), cell=lambda row: row.since, numeric=True, sort=True),
)
GONE = Column("gone", gettext_lazy("Mended on"), cell=lambda row: row.gone_on, numeric=True)
IN_FILES = (
    Column("fix", gettext_lazy("How to mend it"), cell=lambda row: row.fix),
    Column("oid", gettext_lazy("OID of the learner"), cell=lambda row: row.oid),
    Column("right", gettext_lazy("OID of the right to study"), cell=lambda row: row.right_oid),
    Column("at", gettext_lazy("Place in the document"), cell=lambda row: row.at),
    Column("funding", gettext_lazy("Funding hangs on it"), cell=lambda row: _("yes") if row.has_funding else None),
    GONE,
)


@require_GET
def see_quality(request: ScopedRequest) -> HttpResponse:
    """Show what share of the study data of a unit is without fault, and which rules are broken; no persons."""
    access.require(request.user, request.scope, Right.SEE)
    context = around_unit(request, "quality") | {"page": quality_of(request.user, request.scope)}
    return render(request, "learning/see_quality.html", context)


@require_GET
def see_rule(request: ScopedRequest, code: str) -> HttpResponse:
    """Show one rule: why it is there, how it is mended, how often it is broken here."""
    access.require(request.user, request.scope, Right.SEE)
    context = around_unit(request, "quality") | {"page": rule_of(request.user, request.scope, code)}
    return render(request, "learning/see_rule.html", context)


@require_GET
def list_findings(request: ScopedRequest) -> HttpResponse:
    """List what is to be mended, for who keeps the register; as a file with OIDs and places in the documents."""
    access.require(request.user, request.scope, Right.STEWARD)
    seen = access.findings_visible_to(request.user, request.scope)
    form = FindingFilter(request.GET, units=units_with_findings(seen))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="severity")
    if listing.format:
        listing = replace(listing, columns=(*COLUMNS, *IN_FILES))
    elif listing.ask.filters.get("state"):
        listing = replace(listing, columns=(*COLUMNS, GONE))
    follows = access.may_do(request.user, Right.FOLLOW, request.scope)
    rows = findings_of(seen, request.scope, listing.ask, follows=follows)
    context = around_unit(request, "quality") | {
        "title": _("To be mended"),
        "empty_words": _("No rule is broken, or no study data have been taken in yet."),
    }
    return lists.answer(
        request, "learning/list_findings.html", listing, rows, filename="study-data-findings", context=context
    )
