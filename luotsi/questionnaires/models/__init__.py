"""What this room keeps: questionnaires in versions, collections, responses, and what was handed in."""

from luotsi.questionnaires.models.collections import Collection, CollectionQuerySet
from luotsi.questionnaires.models.questionnaires import Questionnaire, QuestionnaireVersion, VersionQuerySet
from luotsi.questionnaires.models.responses import (
    Attachment,
    Response,
    ResponseShare,
    ShareQuerySet,
    ShareUse,
    Submission,
)

__all__ = [
    "Attachment",
    "Collection",
    "CollectionQuerySet",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "ResponseShare",
    "ShareQuerySet",
    "ShareUse",
    "Submission",
    "VersionQuerySet",
]
