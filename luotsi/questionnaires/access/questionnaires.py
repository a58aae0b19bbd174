"""Questionnaires, their drafts and their published versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.questionnaires.access.rights import may_do
from luotsi.questionnaires.models import DRAFT, Questionnaire, QuestionnaireVersion
from luotsi.questionnaires.rules.rights import Right

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def versions_of(visitor: Visitor, scope: Unit) -> QuerySet[QuestionnaireVersion]:
    """Return the published versions of the questionnaires of the unit and of those above it."""
    owners = [*scope.ancestor_ids, scope.pk]
    found = QuestionnaireVersion.objects.published().filter(questionnaire__owner__in=owners)
    return found.select_related("questionnaire") if may_do(visitor, Right.SEE, scope) else found.none()


def version_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.DEFINE) -> QuestionnaireVersion:
    """Return a published version that the visitor may open at the unit, or `SEE`. Raises Http404, PermissionDenied."""
    found = versions_of(visitor, scope).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such questionnaire, or you have no role that shows it."))
    if not may_do(visitor, to, scope):
        raise PermissionDenied(_("Your role shows this questionnaire but does not let you open it."))
    return found


def questionnaires_of(visitor: Visitor, scope: Unit) -> QuerySet[Questionnaire]:
    """Return the questionnaires of the unit and of those above it; nothing for those without the right at the unit."""
    if not may_do(visitor, Right.SEE, scope):
        return Questionnaire.objects.none()
    return Questionnaire.objects.filter(owner__in=[*scope.ancestor_ids, scope.pk])


def questionnaire_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.DEFINE) -> Questionnaire:
    """Return a questionnaire along the unit. Raises Http404 and PermissionDenied as the others do."""
    found = questionnaires_of(visitor, scope).select_related("owner").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such questionnaire, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, found.owner):
        raise PermissionDenied(_("Your role shows this questionnaire but does not let you change it."))
    return found


def draft_for(visitor: Visitor, scope: Unit, pk: UUID, number: int = 0) -> QuestionnaireVersion:
    """Return the newest revision of the draft of a questionnaire, or the one of a number, for those who may change it.

    Raises:
        Http404: there is no such questionnaire, or it has no such draft.
        PermissionDenied: the visitor may see it but not change it.
    """
    questionnaire = questionnaire_for(visitor, scope, pk)
    drafts = questionnaire.versions.drafts().select_related("questionnaire__owner", "written_by")
    found = drafts.filter(version=f"{DRAFT}{number}").first() if number else drafts.first()
    if found is None:
        raise Http404(_("There is no draft of this questionnaire."))
    return found


def issue_for(questionnaire: Questionnaire, version: str = "") -> QuestionnaireVersion:
    """Return a version of a questionnaire, by default the newest, or its draft ("draft"). Raises Http404."""
    known = questionnaire.versions.published().order_by("-published_at", "-pk")
    if version == "draft":
        known = questionnaire.versions.drafts()
    elif version:
        known = known.filter(version=version)
    if (found := known.first()) is None:
        raise Http404(_("There is no such version of the questionnaire."))
    return found
