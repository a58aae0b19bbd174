"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from luotsi.questionnaires.access.collections import (
    collection_for,
    collection_to_answer,
    collections_visible_to,
    may_begin,
)
from luotsi.questionnaires.access.questionnaires import (
    draft_for,
    issue_for,
    questionnaire_for,
    questionnaires_of,
    version_for,
    versions_of,
)
from luotsi.questionnaires.access.responses import (
    Held,
    attachment_for,
    holds,
    response_for,
    responses_of,
    share_for,
    shared_with,
    submission_for,
)
from luotsi.questionnaires.access.rights import may_do, require_define
from luotsi.questionnaires.access.surveys import (
    Door,
    door_by_token,
    door_by_unit,
    own_sheets,
    published_for,
    survey_for,
    unit_of_survey,
    waves_of,
)

__all__ = [
    "Door",
    "Held",
    "attachment_for",
    "collection_for",
    "collection_to_answer",
    "collections_visible_to",
    "door_by_token",
    "door_by_unit",
    "draft_for",
    "holds",
    "issue_for",
    "may_begin",
    "may_do",
    "own_sheets",
    "published_for",
    "questionnaire_for",
    "questionnaires_of",
    "require_define",
    "response_for",
    "responses_of",
    "share_for",
    "shared_with",
    "submission_for",
    "survey_for",
    "unit_of_survey",
    "version_for",
    "versions_of",
    "waves_of",
]
