"""Addresses: pages of one unit live under /u/<scope>/, everybody's own matters beside them."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("luotsi.workspace.urls")),
    path("", include("luotsi.people.urls")),
    path("api/v1/", include("luotsi.indicators.api.urls")),
    path("", include("luotsi.indicators.urls")),
    path("", include("luotsi.questionnaires.urls")),
    path("", include("luotsi.programme.urls")),
    path("", include("luotsi.funding.urls")),
    path("", include("luotsi.learning.urls")),
    path("", include("luotsi.reports.urls")),
    path("account/", include("luotsi.people.adapters.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
]
handler400 = "luotsi.ui.errors.bad_request"
handler403 = "luotsi.ui.errors.no_permission"
handler404 = "luotsi.ui.errors.not_found"
handler500 = "luotsi.ui.errors.failed"
