"""Importing a plan: a file is tried first, everything wrong or missing is told, and only then it is saved."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import plans as actions
from luotsi.programme.forms.plans import PlanForm
from luotsi.programme.queries.import_pages import dry_run, template_file, tried
from luotsi.programme.views.versions import attached

KINDS_OF_FILE = frozenset({uploads.CSV, uploads.XLSX})
SALT = "programme.import-plan"
KEPT_FOR = 24 * 3600  # seconds between the dry run and the import


@require_http_methods(["GET", "POST"])
def import_plan(request: ScopedRequest) -> HttpResponse:
    """Take a file and show its dry run; with the token of a dry run, import it."""
    access.require_planning(request.user, request.scope)
    if "token" in request.POST:
        return _import(request)
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.read(form.cleaned_data["file"], kinds=KINDS_OF_FILE)
        except Refused as refusal:
            form.add_error("file", [str(reason) for reason in refusal.reasons])
        else:
            kept = [upload.filename, upload.kind, b64encode(upload.data).decode()]
            token = signing.dumps(kept, salt=SALT, compress=True)
            page = dry_run(request.scope, tried(upload.filename, upload.kind, upload.data), token)
            return render(request, "programme/try_plan.html", {"page": page}, status=200 if page.may_import else 422)
    return render(request, "programme/import_plan.html", {"form": form}, status=422 if form.errors else 200)


def _import(request: ScopedRequest) -> HttpResponse:
    try:
        name, kind, data = signing.loads(request.POST["token"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, _("The dry run is too old. Send the file again."))
        return redirect("programme:import-plan", scope=request.scope.key)
    plan = tried(name, kind, b64decode(data)).file.plan
    try:
        if plan is None:
            raise Refused(_("The file cannot be read as a plan."))
        programme = actions.import_plan(plan=plan, owner=request.scope, by=request.user).programme
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("programme:import-plan", scope=request.scope.key)
    messages.success(request, _("The plan has been imported as a draft."))
    return redirect("programme:list-versions", scope=request.scope.key, programme=programme.slug)


@require_GET
def download_template(request: ScopedRequest, kind: str) -> HttpResponse:
    """Return a small example plan that the checks find sound."""
    access.require_planning(request.user, request.scope)
    if kind not in {"yaml", "xlsx"}:
        raise Http404(_("There is no such file."))
    return attached(template_file(kind), kind, "luotsi-plan")
