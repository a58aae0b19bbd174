"""Addresses of the funding room; names are verb-noun. Every page of a unit needs a sign-in."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.funding.views import applications, portfolio

app_name = "funding"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/funding/{route}", view, name=name)


def of_application(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one application, seen from a unit."""
    return scoped(f"applications/<uuid:pk>/{route}", view, name=name)


urlpatterns = [
    scoped("", portfolio.list_portfolio, "list-portfolio"),
    of_application("", applications.see_application, "see-application"),
]
