"""Addresses of the funding room; names are verb-noun. Every page of a unit needs a sign-in."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.funding.views import (
    applications,
    calls,
    checks,
    decisions,
    imports,
    matters,
    obligations,
    own_shares,
    portfolio,
    team,
)

app_name = "funding"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/funding/{route}", view, name=name)


def of_application(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one application, seen from a unit."""
    return scoped(f"applications/<uuid:pk>/{route}", view, name=name)


def of_call(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one call, seen from a unit."""
    return scoped(f"calls/<slug:owner>/<slug:slug>/{route}", view, name)


urlpatterns = [
    scoped("", portfolio.list_portfolio, "list-portfolio"),
    scoped("calls/", calls.list_calls, "list-calls"),
    scoped("calls/add/", calls.add_call, "add-call"),
    scoped("calls/import/", imports.import_calls, "import-calls"),
    scoped("calls/import/template.csv", imports.download_call_template, "download-call-template"),
    of_call("", calls.see_call, "see-call"),
    of_call("edit/", calls.edit_call, "edit-call"),
    of_call("form/", calls.mirror_form, "mirror-form"),
    of_call("begin/", applications.begin_application, "begin-application"),
    of_application("", applications.see_application, "see-application"),
    of_application("edit/", applications.edit_application, "edit-application"),
    of_application("submit/", applications.submit_application, "submit-application"),
    of_application("move/<slug:move>/", applications.move_application, "move-application"),
    of_application("checks/", checks.list_findings, "list-findings"),
    of_application("export/", checks.see_export, "see-export"),
    of_application("export/<slug:kind>/", checks.download_application, "download-application"),
    of_application("team/add/", team.add_member, "add-member"),
    of_application("team/<uuid:member>/edit/", team.edit_member, "edit-member"),
    of_application("team/<uuid:member>/end/", team.end_member, "end-member"),
    of_application("links/add/", team.add_link, "add-link"),
    of_application("links/<uuid:link>/remove/", team.remove_link, "remove-link"),
    scoped("own-shares/", own_shares.list_own_shares, "list-own-shares"),
    of_application("own-share/", own_shares.see_own_share, "see-own-share"),
    of_application("own-share/add/", own_shares.add_commitment, "add-commitment"),
    of_application("own-share/<uuid:commitment>/", own_shares.edit_commitment, "edit-commitment"),
    of_application("own-share/<uuid:commitment>/remove/", own_shares.remove_commitment, "remove-commitment"),
    of_application("board/", matters.list_matters, "list-matters"),
    of_application("board/begin/", matters.begin_matter, "begin-matter"),
    of_application("board/<uuid:matter>/", matters.see_matter, "see-matter"),
    of_application("board/<uuid:matter>/edit/", matters.edit_matter, "edit-matter"),
    of_application("board/<uuid:matter>/renew/", matters.renew_matter, "renew-matter"),
    of_application("board/<uuid:matter>/fix/", matters.fix_matter, "fix-matter"),
    of_application("board/<uuid:matter>/reopen/", matters.reopen_matter, "reopen-matter"),
    of_application("board/<uuid:matter>/decide/", matters.decide_matter, "decide-matter"),
    of_application("board/<uuid:matter>/undecide/", matters.undecide_matter, "undecide-matter"),
    of_application("board/<uuid:matter>/discard/", matters.discard_matter, "discard-matter"),
    of_application("board/<uuid:matter>/<str:language>.<str:kind>", matters.download_matter, "download-matter"),
    of_application("decision/", decisions.see_decision, "see-decision"),
    of_application("decision/enter/", decisions.enter_decision, "enter-decision"),
    of_application("decision/read/", decisions.read_decision, "read-decision"),
    of_application("decision/correct/", decisions.correct_decision, "correct-decision"),
    scoped("obligations/", obligations.list_unit_obligations, "list-unit-obligations"),
    scoped("obligations.ics", obligations.download_obligations, "download-obligations"),
    of_application("obligations/", obligations.list_obligations, "list-obligations"),
    of_application("obligations/<uuid:obligation>/do/", obligations.do_obligation, "do-obligation"),
    of_application("obligations/<uuid:obligation>/undo/", obligations.undo_obligation, "undo-obligation"),
    path(
        "calendar/funding/<slug:unit>/<str:key>.ics", obligations.subscribe_obligations, name="subscribe-obligations"
    ),
]
