"""Addresses of the funding room; names are verb-noun. Every page of a unit needs a sign-in."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.funding.views import applications, calls, checks, imports, portfolio, team

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
]
