"""A file beside the questionnaire whose draft it would become: what is in it, and what of the draft it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.queries.authoring.differing import ChangedItem, changes_since, items_of, newest_published
from luotsi.questionnaires.rules import shaping, values

if TYPE_CHECKING:
    from luotsi.questionnaires.models import Questionnaire
    from luotsi.questionnaires.queries.authoring.exporting import Looked


@dataclass(frozen=True)
class Taking:
    """What a file holds, and how it differs from what there is, item by item.

    `kept` and `kept_rules` are the definition and the rule set as JSON, to be sent again when they are taken in.
    """

    looked: Looked
    kept: str
    kept_rules: str
    items: tuple[ChangedItem, ...]
    count: int


def base_of(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Return what a file would take the place of: the draft, or else the newest version. Raises Http404."""
    found = questionnaire.versions.drafts().select_related("questionnaire").first() or newest_published(questionnaire)
    if found is None:
        raise Http404(_("There is no such version of the questionnaire."))
    return found


def taking_of(base: QuestionnaireVersion, looked: Looked, rules: Any, language: str) -> Taking:
    """Return how a file differs from what there is; without a rule set in it the one there is stays."""
    definition = shaping.in_place_of(base.definition, looked.definition, base.questionnaire.key)
    rule_set = base.rule_set if rules is None else rules
    after = QuestionnaireVersion(questionnaire=base.questionnaire, definition=definition, rule_set=rule_set)
    changes = changes_since(base, after)
    kept_rules = "" if rules is None else values.dumps(rules)
    return Taking(
        looked, values.dumps(looked.definition), kept_rules, items_of(changes, base, after, language), len(changes)
    )
