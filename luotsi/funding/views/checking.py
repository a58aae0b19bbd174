"""Pages of the check of reports of an own call: the list with its samples, and one report in two steps."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.funding import access
from luotsi.funding.actions import checking as actions
from luotsi.funding.forms.checking import CheckForm, SampleForm
from luotsi.funding.queries.checking_pages import check_page, checks_page
from luotsi.funding.rules.reports import Step
from luotsi.funding.rules.reports.samples import TENTH
from luotsi.funding.views.frame import around_call, form_page
from luotsi.people.access import ScopedRequest


def _back(request: ScopedRequest, slug: str) -> str:
    return reverse("funding:list-checks", args=[request.scope.key, slug])


@require_GET
def list_checks(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show the reports of a call with where their checks stand, and the samples that were drawn."""
    call = access.decided_call_for(request.user, request.scope, slug)
    context = around_call(request, call, "reports") | {"page": checks_page(call, request.user)}
    return render(request, "funding/list_checks.html", context)


@require_http_methods(["GET", "POST"])
def draw_sample(request: ScopedRequest, slug: str) -> HttpResponse:
    """Draw a sample of the final reports."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=True)
    form = SampleForm(request.POST or None, initial={"seed": checks_page(call, request.user).seed, "percent": TENTH})
    return form_page(
        request,
        form,
        lambda given: actions.draw_sample(call=call, seed=given["seed"], percent=given["percent"], by=request.user),
        done=_("The sample is drawn."),
        back=_back(request, slug),
        context=around_call(request, call, "reports")
        | {
            "title": _("Draw a sample"),
            "save_label": _("Draw"),
            "back_label": _("Reports on grants"),
            "intro": _(
                "The lots are drawn by the seed, so that anybody can draw them again. Reports with a risk are chosen "
                "beside the drawn ones."
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def check_report(request: ScopedRequest, slug: str, report: UUID) -> HttpResponse:
    """Show a report with its checklist, and take the next step of its check."""
    call = access.decided_call_for(request.user, request.scope, slug, to_decide=request.method == "POST")
    held = access.report_for(call, report)
    page = check_page(held, request.user)
    asks_sum = page.is_final and page.next == Step.MONEY
    form = CheckForm(request.POST or None, asks_sum=asks_sum, initial={"step": page.next, "payable": page.payable})
    return form_page(
        request,
        form,
        lambda given: actions.check_report(report=held, details=form.details(), by=request.user),
        done=_("The step is taken."),
        back=_back(request, slug),
        context=around_call(request, call, "reports")
        | {"page": page, "may_decide": access.may_decide(request.user, call)},
        template="funding/check_report.html",
    )
