"""Which version a draft would become, and what of it differs from the newest published one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.questionnaires.queries.authoring.differing import ChangedItem, changes_since, items_of, newest_published
from luotsi.questionnaires.rules import shaping

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True)
class Proposal:
    """The version that is proposed, the one before ("" = none), and the differences item by item."""

    version: str
    before: str
    items: tuple[ChangedItem, ...]
    count: int


def proposal_of(draft: QuestionnaireVersion, language: str) -> Proposal:
    """Return the proposal for a draft."""
    before = newest_published(draft.questionnaire)
    if before is None:
        return Proposal("1.0.0", "", (), 0)
    changes = changes_since(before, draft)
    version = shaping.proposed(before.version, changes)
    return Proposal(version, before.version, items_of(changes, before, draft, language), len(changes))
