"""Addresses of the reports room; names are verb-noun."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.reports.views import deciding, reading, writing

app_name = "reports"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of reports, seen from a unit."""
    return path(f"u/<slug:scope>/reports/{route}", view, name=name)


urlpatterns = [
    scoped("", reading.list_reports, "list-reports"),
    scoped("begin/<slug:programme>/<slug:kind>/", writing.begin_report, "begin-report"),
    scoped("<uuid:pk>/", reading.see_report, "see-report"),
    scoped("<uuid:pk>/texts/<slug:section>/", writing.write_text, "write-text"),
    scoped("<uuid:pk>/freeze/", deciding.freeze_report, "freeze-report"),
    scoped("<uuid:pk>/matter/", deciding.prepare_matter, "prepare-matter"),
    scoped("<uuid:pk>/decide/", deciding.decide_report, "decide-report"),
    scoped("<uuid:pk>/publish/", deciding.publish_report, "publish-report"),
    scoped("<uuid:pk>/renew/", writing.renew_report, "renew-report"),
    scoped("<uuid:pk>/verify/", reading.verify_report, "verify-report"),
    scoped("<uuid:pk>/report-<slug:lang>.<slug:kind>", reading.download_report, "download-report"),
    path("r/<uuid:pk>/", reading.see_public_report, name="see-public-report"),
    path("r/<uuid:pk>/report-<slug:lang>.<slug:kind>", reading.download_public_report, name="download-public-report"),
]
