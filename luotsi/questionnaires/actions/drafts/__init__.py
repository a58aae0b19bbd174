"""Writing the draft of a questionnaire: every change is a revision of its own, until the draft is published."""

from luotsi.questionnaires.actions.drafts.keeping import (
    Written,
    begin_draft,
    discard_draft,
    make_questionnaire,
    restore_draft,
    save_draft,
    take_in,
)
from luotsi.questionnaires.actions.drafts.publishing import publish_draft
from luotsi.questionnaires.actions.drafts.shaping import (
    add_element,
    change_element,
    change_kind,
    save_rules,
    save_texts,
    shape_draft,
)

__all__ = [
    "Written",
    "add_element",
    "begin_draft",
    "change_element",
    "change_kind",
    "discard_draft",
    "make_questionnaire",
    "publish_draft",
    "restore_draft",
    "save_draft",
    "save_rules",
    "save_texts",
    "shape_draft",
    "take_in",
]
