"""Pages of versions: the list, the difference between two, publishing or discarding the draft, the plan as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import plans as actions
from luotsi.programme.forms.plans import PublishForm
from luotsi.programme.models import PlanVersion, Programme
from luotsi.programme.queries.difference_pages import difference_page
from luotsi.programme.queries.exports import live_plan
from luotsi.programme.queries.plan_export import FILES, plan_file
from luotsi.programme.queries.version_pages import draft_words, versions_page
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page

DRAFT = "draft"


def _version(request: ScopedRequest, programme: Programme, name: str) -> PlanVersion:
    if name != DRAFT and not (name.isdecimal() and len(name) < 5):
        raise Http404(_("There is no such version."))
    return access.version_for(request.user, programme, None if name == DRAFT else int(name))


def attached(data: bytes, kind: str, name: str) -> HttpResponse:
    """Return a plan as a file to keep."""
    response = HttpResponse(data, content_type=FILES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@require_GET
def list_versions(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the versions with who approved them; asked for two of them, go to their difference."""
    found = fetched(request, programme)
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    if old and new:
        older, newer = _version(request, found, old), _version(request, found, new)
        names = [str(version.number or DRAFT) for version in (older, newer)]
        return redirect("programme:compare-versions", request.scope.key, found.slug, *names)
    context = around(request, found, "versions") | {"page": versions_page(request.user, found)}
    return render(request, "programme/list_versions.html", context)


@require_GET
def compare_versions(request: ScopedRequest, programme: str, old: str, new: str) -> HttpResponse:
    """Show what changed from one version to another, item by item."""
    found = fetched(request, programme)
    page = difference_page(_version(request, found, old), _version(request, found, new))
    return render(request, "programme/compare_versions.html", around(request, found, "versions") | {"page": page})


@require_http_methods(["GET", "POST"])
def publish_draft(request: ScopedRequest, programme: str) -> HttpResponse:
    """Publish the draft as the next version, with who approved it."""
    found = fetched(request, programme, Right.PLAN)
    form = PublishForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.publish(programme=found, approval=actions.Approval(**given), by=request.user),
        done=_("The new version has been published."),
        back=reverse("programme:list-versions", args=[request.scope.key, found.slug]),
        context=around(request, found, "versions")
        | {
            "title": _("Publish the draft"),
            "save_label": _("Publish"),
            "back_label": _("Versions"),
            "intro": draft_words(found),
        },
    )


@require_POST
def discard_draft(request: ScopedRequest, programme: str) -> HttpResponse:
    """Throw the draft away."""
    found = fetched(request, programme, Right.PLAN)
    try:
        actions.discard_draft(programme=found, by=request.user)
        messages.success(request, _("The draft has been discarded."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programme:list-versions", scope=request.scope.key, programme=found.slug)


@require_GET
def download_plan(request: ScopedRequest, programme: str, kind: str) -> HttpResponse:
    """Return the plan as a file: the draft to those who plan, else the published version."""
    found = fetched(request, programme)
    if kind not in FILES:
        raise Http404(_("There is no such file."))
    plan = live_plan(found, draft=access.may_do(request.user, found, Right.PLAN))
    return attached(plan_file(plan, kind), kind, plan.key)
