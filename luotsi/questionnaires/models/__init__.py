"""What this room keeps: questionnaires in versions, collections, responses, and what was handed in."""

from luotsi.questionnaires.models.collections import Collection, CollectionQuerySet
from luotsi.questionnaires.models.questionnaires import DRAFT, Questionnaire, QuestionnaireVersion, VersionQuerySet
from luotsi.questionnaires.models.responses import (
    Attachment,
    Response,
    ResponseShare,
    ShareQuerySet,
    ShareUse,
    Submission,
)
from luotsi.questionnaires.models.surveys import Invitation, OpenAnswer, Published, Sheet, Turnout
from luotsi.questionnaires.models.works import SurveyWork, WorkQuerySet

__all__ = [
    "DRAFT",
    "Attachment",
    "Collection",
    "CollectionQuerySet",
    "Invitation",
    "OpenAnswer",
    "Published",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "ResponseShare",
    "ShareQuerySet",
    "ShareUse",
    "Sheet",
    "Submission",
    "SurveyWork",
    "Turnout",
    "VersionQuerySet",
    "WorkQuerySet",
]
