"""Addresses of the learning room; names are verb-noun. Everything needs a sign-in."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.learning.views import figures, room
from luotsi.learning.views import mine, room
from luotsi.learning.views import mine, progress, room
from luotsi.learning.views import room, tuva

app_name = "learning"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/learning/{route}", view, name=name)


def of_learner(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one learner, seen from a unit."""
    return scoped(f"learners/<uuid:pk>/{route}", view, name)


urlpatterns = [
    scoped("", room.see_room, "see-room"),
    scoped("figures/", figures.see_figures, "see-figures"),
    scoped("mine/", mine.see_mine, "see-mine"),
    scoped("progress/", progress.list_progress, "list-progress"),
    of_learner("progress/", progress.see_progress, "see-progress"),
    of_learner("tuva/", tuva.see_tuva, "see-tuva"),
    of_learner("tuva/edit/", tuva.edit_tuva, "edit-tuva"),
    of_learner("tuva/<int:version>/answer/", tuva.answer_tuva, "answer-tuva"),
]
