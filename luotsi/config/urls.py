"""Addresses: pages of one unit live under /u/<scope>/, everybody's own matters beside them."""

from django.urls import include, path

urlpatterns = [
    path("", include("luotsi.workspace.urls")),
    path("", include("luotsi.people.urls")),
    path("account/", include("allauth.urls")),
]
handler400 = "luotsi.ui.errors.bad_request"
handler403 = "luotsi.ui.errors.no_permission"
handler404 = "luotsi.ui.errors.not_found"
handler500 = "luotsi.ui.errors.failed"
