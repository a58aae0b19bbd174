"""The questionnaires of a unit, and one of them with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.questionnaires import access
from luotsi.questionnaires.models import Collection, Questionnaire, QuestionnaireVersion
from luotsi.questionnaires.rules.rights import Right
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

State = QuestionnaireVersion.State
LIGHT = ("definition", "rule_set")


@dataclass(frozen=True)
class QuestionnaireRow:
    """A questionnaire in the list."""

    url: str
    names: Names
    key: str
    owner: Names
    mark: str
    state: str
    version: str
    count: int
    changed_at: datetime | None


def questionnaires_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the questionnaires along a unit, narrowed, ordered and cut as asked, in two queries."""
    newest = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk")).order_by("-written_at")
    published = newest.published().order_by("-published_at")
    found = access.questionnaires_of(visitor, scope).select_related("owner")
    found = found.annotate(
        drafted=Exists(newest.filter(state=State.DRAFT)),
        newest=Subquery(published.values("version")[:1]),
        changed=Subquery(newest.values("written_at")[:1]),
        count=Count("versions", filter=Q(versions__state=State.PUBLISHED)),
    )
    if text := ask.filters.get("q"):
        named = Q(name_fi__icontains=text) | Q(name_sv__icontains=text) | Q(name_en__icontains=text)
        found = found.filter(named | Q(key__icontains=text))
    match ask.filters.get("state"):
        case "draft":
            found = found.filter(drafted=True)
        case "published":
            found = found.filter(newest__isnull=False)
    field = {"name": "name_fi", "changed": "changed"}[ask.sort]
    total = found.count()
    cut = found.order_by(f"-{field}" if ask.descending else field, "pk")
    cut = cut[ask.offset : ask.offset + ask.limit if ask.limit else None]
    return Rows(items=[_row(scope, one) for one in cut], total=total)


def _row(scope: Unit, one: Questionnaire) -> QuestionnaireRow:
    drafted, newest = getattr(one, "drafted", False), getattr(one, "newest", None)
    mark, state = ("done", _("Published")) if newest else ("run", _("Draft"))
    if drafted and newest:
        mark, state = "run", _("Published, with a draft")
    return QuestionnaireRow(
        url=reverse("questionnaires:see-questionnaire", args=[scope.key, one.pk]),
        names=one.names,
        key=one.key,
        owner=one.owner.names,
        mark=mark,
        state=state,
        version=newest or "",
        count=getattr(one, "count", 0),
        changed_at=getattr(one, "changed", None),
    )


@dataclass(frozen=True)
class VersionLine:
    """A published version."""

    pk: object
    version: str
    published_at: datetime | None
    by: str
    note: str
    sha256: str
    before: str


@dataclass(frozen=True)
class CollectionLine:
    """A collection of a version of the questionnaire."""

    names: Names
    version: str
    opens_at: datetime
    closes_at: datetime | None
    url: str


@dataclass(frozen=True)
class QuestionnairePage:
    """A questionnaire with its draft, versions and collections."""

    questionnaire: Questionnaire
    draft: QuestionnaireVersion | None
    versions: tuple[VersionLine, ...]
    collections: tuple[CollectionLine, ...]
    may_define: bool
    may_open: bool


def questionnaire_page(visitor: Visitor, scope: Unit, questionnaire: Questionnaire) -> QuestionnairePage:
    """Return a questionnaire for its page, in a number of queries that stays the same."""
    may_define = access.may_do(visitor, Right.DEFINE, questionnaire.owner)
    draft = None
    if may_define:
        draft = questionnaire.versions.drafts().select_related("written_by").defer(*LIGHT).first()
    found = list(questionnaire.versions.published().select_related("published_by").order_by("-published_at", "-pk"))
    known = access.collections_visible_to(visitor, scope).filter(version__questionnaire=questionnaire)
    collections = known.select_related("version").defer(*(f"version__{name}" for name in LIGHT)).order_by("-opens_at")
    receives = access.may_do(visitor, Right.RECEIVE, questionnaire.owner)
    return QuestionnairePage(
        questionnaire,
        draft,
        tuple(
            VersionLine(
                one.pk,
                one.version,
                one.published_at,
                one.published_by.label if one.published_by else "",
                str((one.definition.get("x-luotsi") or {}).get("note", "")),
                one.sha256,
                found[place + 1].version if place + 1 < len(found) else "",
            )
            for place, one in enumerate(found)
        ),
        tuple(_collection(scope, one, receives) for one in collections[:50]),
        may_define,
        access.may_do(visitor, Right.DEFINE, scope),
    )


def _collection(scope: Unit, one: Collection, receives: bool) -> CollectionLine:
    url = reverse("questionnaires:see-collection", args=[scope.key, one.pk]) if receives else ""
    return CollectionLine(one.names, one.version.version, one.opens_at, one.closed_at or one.closes_at, url)


@dataclass(frozen=True)
class RevisionLine:
    """A revision of a draft: when, by whom, and what it changed since the one before, in words."""

    number: int
    at: datetime
    by: str
    changes: tuple[str, ...]
    is_newest: bool


def revisions_of(questionnaire: Questionnaire) -> tuple[RevisionLine, ...]:
    """Return the revisions of the draft that are kept, the newest first."""
    from luotsi.questionnaires.queries.authoring.differing import changes_since, told_shortly

    found = list(questionnaire.versions.drafts().select_related("written_by"))
    lines = []
    for place, one in enumerate(found):
        earlier = found[place + 1] if place + 1 < len(found) else None
        changes = told_shortly(changes_since(earlier, one)) if earlier else ()
        by = one.written_by.label if one.written_by else "Luotsi"
        lines.append(RevisionLine(one.revision, one.written_at, by, changes, place == 0))
    return tuple(lines)
