"""What a new questionnaire can begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from luotsi.questionnaires import access
from luotsi.questionnaires.queries.authoring.packaged import from_library, in_library
from luotsi.questionnaires.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

MOST = 300


def blank() -> dict[str, Any]:
    """Return the definition of a questionnaire that asks nothing yet."""
    return {"pages": [{"name": "page1", "elements": []}]}


def copies_for(visitor: Visitor, scope: Unit) -> list[tuple[str, str]]:
    """Return the questionnaires that can be copied, as choices: those of the library, and what was published."""
    found = access.versions_of(visitor, scope).defer("definition", "rule_set").order_by("-published_at", "-pk")
    newest: dict[UUID, tuple[str, str]] = {}
    for version in found:
        newest.setdefault(version.questionnaire_id, (str(version.questionnaire_id), str(version.questionnaire)))
    return [*in_library(), *sorted(newest.values(), key=lambda one: one[1])[:MOST]]


def source_of(visitor: Visitor, scope: Unit, copied: str) -> tuple[dict[str, Any], Any]:
    """Return definition and rule set to begin with: those of a copied questionnaire, or empty ones. Raises Http404."""
    if not copied:
        return blank(), None
    if (found := from_library(copied)) is not None:
        return found
    questionnaire = access.questionnaire_for(visitor, scope, UUID(copied), to=Right.SEE)
    newest = questionnaire.versions.published().order_by("-published_at", "-pk").first()
    return (newest.definition, newest.rule_set) if newest else (blank(), None)
