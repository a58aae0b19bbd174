"""What the forms of this room offer to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.access import person_of, persons_visible_to
from luotsi.questionnaires import access as questionnaires
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST = 20

type Choices = list[tuple[str, str]]


def versions_to_mirror(visitor: Visitor, owner: Unit) -> Choices:
    """Return the published versions that a call of the unit can be written on, by title; one query."""
    found = questionnaires.versions_of(visitor, owner)
    named = [(str(one.pk), f"{_title(one)} {one.version}") for one in found]
    return sorted(named, key=lambda choice: choice[1])


def _title(version: object) -> str:
    return definition_of(version).title.in_language(language()).text or version.questionnaire.key  # type: ignore[arg-type,attr-defined]


def persons_to_add(visitor: Visitor, application: Application, text: str) -> Choices:
    """Return those who could be added to the team: whoever asks, and with words the persons that they find.

    Those in the team already are left out; at most 20, two queries.
    """
    there = set(application.members.values_list("person", flat=True))
    found: dict[str, str] = {}
    me = person_of(visitor)
    if me is not None and me.pk not in there:
        found[str(me.pk)] = me.full_name
    if text:
        seen = persons_visible_to(visitor).named_like(text).exclude(pk__in=there).exclude(account=None)
        found |= {str(one.pk): f"{one.full_name}, {one.email}" for one in seen.distinct()[:MOST]}
    return list(found.items())
