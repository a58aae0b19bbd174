"""The questionnaires that come with the program, to begin one's own with."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luotsi.base.names import Names
from luotsi.questionnaires import access
from luotsi.questionnaires.models import Questionnaire
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ENGAGEMENT = "study-engagement"
LIBRARY = ("digital-skills", ENGAGEMENT)
MARK = "packaged:"


def packaged(name: str) -> Any:
    """Return a file of JSON of this room, None where there is none."""
    found = resources.files("luotsi.questionnaires") / "data" / f"{name}.json"
    return values.loads(found.read_text(encoding="utf-8"), depth=values.DEEPEST) if found.is_file() else None


def in_library() -> list[tuple[str, str]]:
    """Return the questionnaires to begin with, as choices of a form."""
    return [(f"{MARK}{name}", names_of(name).text) for name in LIBRARY]


def names_of(name: str) -> Names:
    """Return what a questionnaire of the library is called."""
    return Names(**packaged(name)["title"])


def from_library(chosen: str) -> tuple[dict[str, Any], Any] | None:
    """Return definition and rule set of a choice of the library; None where it is none."""
    name = chosen.removeprefix(MARK)
    return (packaged(name), packaged(f"{name}.rules")) if chosen.startswith(MARK) and name in LIBRARY else None


def begun_with(chosen: str) -> dict[str, str]:
    """Return what the form of a new questionnaire holds at first when it is to be one of the library."""
    if from_library(chosen) is None:
        return {}
    name = chosen.removeprefix(MARK)
    names = names_of(name)
    told = {"name_fi": names.fi, "name_sv": names.sv, "name_en": names.en}
    key = {} if Questionnaire.objects.filter(key=name).exists() else {"key": name}
    return {"source": "copy", "copy": chosen} | told | key


def asking_address(visitor: Visitor, scope: Unit, name: str) -> str:
    """Return where the visitor asks a questionnaire of the library at the unit; empty where they may not.

    That is the survey of its newest version where the unit or one above it has made the questionnaire its own.
    """
    if not access.may_do(visitor, Right.DEFINE, scope):
        return ""
    versions = access.versions_of(visitor, scope).filter(questionnaire__key=name)
    newest = versions.order_by("-published_at", "-pk").values_list("pk", flat=True).first()
    if newest is not None:
        return reverse("questionnaires:open-survey", args=[scope.key, newest])
    return f"{reverse('questionnaires:add-questionnaire', args=[scope.key])}?copy={MARK}{name}"
