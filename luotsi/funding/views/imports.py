"""Importing calls: a file is tried first, every call of it is told of, and only then the sound ones are taken in."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions.importing import import_calls as take_in
from luotsi.funding.forms.calls import CallFile
from luotsi.funding.queries.call_files import HEADINGS, tried
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import csv_response

KINDS_OF_FILE = frozenset({uploads.CSV, uploads.XLSX})
SALT = "funding.import-calls"
KEPT_FOR = 24 * 3600  # seconds between the dry run and the import


@require_http_methods(["GET", "POST"])
def import_calls(request: ScopedRequest) -> HttpResponse:
    """Take a file and show its dry run; with the token of a dry run, take the sound calls in."""
    access.require(request.user, request.scope, Right.PREPARE)
    if "token" in request.POST:
        return _import(request)
    form = CallFile(request.POST or None, request.FILES or None)
    context = around_unit(request, "calls") | {"form": form, "headings": HEADINGS}
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.read(form.cleaned_data["file"], kinds=KINDS_OF_FILE)
            rows = tried(upload, request.scope)
        except Refused as refusal:
            form.add_error("file", [str(reason.message) for reason in refusal.reasons])
        else:
            kept = [upload.filename, upload.kind, b64encode(upload.data).decode()]
            token = signing.dumps(kept, salt=SALT, compress=True)
            sound = sum(one.is_sound for one in rows)
            told = {"rows": rows, "sound": sound, "token": token, "filename": upload.filename}
            return render(request, "funding/try_calls.html", context | told, status=200 if sound else 422)
    return render(request, "funding/import_calls.html", context, status=422 if form.errors else 200)


def _import(request: ScopedRequest) -> HttpResponse:
    try:
        name, kind, data = signing.loads(request.POST["token"], salt=SALT, max_age=KEPT_FOR)
        upload = uploads.Upload(kind, name, b64decode(data), "")
        made = take_in(owner=request.scope, rows=tried(upload, request.scope), by=request.user)
    except signing.BadSignature:
        messages.error(request, _("The dry run is too old. Send the file again."))
        return redirect("funding:import-calls", scope=request.scope.key)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("funding:import-calls", scope=request.scope.key)
    words = ngettext("%(n)s call is watched now.", "%(n)s calls are watched now.", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect("funding:list-calls", scope=request.scope.key)


@require_GET
def download_call_template(request: ScopedRequest) -> HttpResponse:
    """Return a table of calls with its headings only."""
    access.require(request.user, request.scope, Right.PREPARE)
    return csv_response("luotsi-calls", list(HEADINGS), [])
