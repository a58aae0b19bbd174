"""Addresses of the tests of page behaviour: the site, and the component sheet open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from luotsi.ui.samples import component_sheet

urlpatterns = [
    path("sheet/", login_not_required(component_sheet)),
    path("", include("luotsi.config.urls")),
]
