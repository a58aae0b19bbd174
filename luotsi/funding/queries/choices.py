"""What the forms of this room offer to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.questionnaires import access as questionnaires
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

type Choices = list[tuple[str, str]]


def versions_to_mirror(visitor: Visitor, owner: Unit) -> Choices:
    """Return the published versions that a call of the unit can be written on, by title; one query."""
    found = questionnaires.versions_of(visitor, owner)
    named = [(str(one.pk), f"{_title(one)} {one.version}") for one in found]
    return sorted(named, key=lambda choice: choice[1])


def _title(version: object) -> str:
    return definition_of(version).title.in_language(language()).text or version.questionnaire.key  # type: ignore[arg-type,attr-defined]
