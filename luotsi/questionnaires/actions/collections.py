"""Opening a published version to be answered, and closing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import Collection, QuestionnaireVersion
from luotsi.questionnaires.rules import retention

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit


@dataclass(frozen=True, kw_only=True)
class CollectionDetails:
    """What is decided when a version is opened: names, who answers, how often, from when and until when.

    `kept_months` tells how long after closing drafts are kept that were never handed in.
    """

    names: Names
    answered_by: str
    opens_at: datetime
    closes_at: datetime | None = None
    many: bool = False
    mode: str = Collection.Mode.IDENTIFIED
    by_link: bool = False
    audience: dict[str, object] = field(default_factory=dict)
    kept_months: int = retention.DRAFTS


@transaction.atomic
def open_collection(
    *, version: QuestionnaireVersion, owner: Unit, details: CollectionDetails, by: Account | None
) -> Collection:
    """Open a published version. Raises QuestionnaireRefused when it is none, or the details do not fit."""
    if version.state != QuestionnaireVersion.State.PUBLISHED:
        raise QuestionnaireRefused(Reason(_("Only a published version can be opened.")))
    collection = Collection(
        version=version,
        owner=owner,
        name_fi=details.names.fi,
        name_sv=details.names.sv,
        name_en=details.names.en,
        answered_by=details.answered_by,
        many=details.many,
        mode=details.mode,
        by_link=details.by_link,
        audience=details.audience,
        kept_months=details.kept_months,
        opens_at=details.opens_at.replace(microsecond=0),
        closes_at=details.closes_at.replace(microsecond=0) if details.closes_at else None,
        opened_by=by,
    )
    try:
        collection.full_clean(exclude=["version", "owner", "opened_by"])
    except ValidationError as error:
        raise QuestionnaireRefused(*_reasons(error)) from None
    collection.save(force_insert=True)
    told = ("version", "answered_by", "mode", "many", "opens_at", "closes_at", "audience", "kept_months")
    after = audit.snapshot(collection, *told)
    audit.record(by=by, verb="questionnaires.collection.opened", target=collection, after=after, unit_id=owner.pk)
    return collection


def _reasons(error: ValidationError) -> list[Reason]:
    told = error.message_dict
    places = {"collection_closes_after_it_opens": "closes_at", "collection_keeps_answers_for_a_while": "kept_months"}
    return [
        Reason(message, field=places.get(field, "" if field == "__all__" else field))
        for field, found in told.items()
        for message in found
    ]


@transaction.atomic
def close_collection(*, collection: Collection, by: Account | None) -> Collection:
    """Close a collection now; drafts stay with those who write them, but cannot be handed in any more."""
    if collection.state_at(clock.now()) == "closed":
        raise QuestionnaireRefused(Reason(_("The collection is closed already.")))
    collection.closed_at = clock.now()
    collection.save(update_fields=["closed_at"])
    audit.record(
        by=by,
        verb="questionnaires.collection.closed",
        target=collection,
        before={"closed_at": None},
        after=audit.snapshot(collection, "closed_at"),
        unit_id=collection.owner_id,
    )
    return collection


@transaction.atomic
def move_collection(*, collection: Collection, closes_at: datetime, by: Account | None) -> Collection:
    """Let a collection that has not closed close at another moment, which is still to come.

    Raises:
        QuestionnaireRefused: it has closed, or the moment has passed or lies before its opening.
    """
    now, to = clock.now(), closes_at.replace(microsecond=0)
    if collection.state_at(now) == "closed":
        raise QuestionnaireRefused(Reason(_("The collection is closed already.")))
    if to <= now:
        raise QuestionnaireRefused(Reason(_("The moment has passed already."), field="closes_at"))
    before = audit.snapshot(collection, "closes_at")
    collection.closes_at = to
    try:
        collection.full_clean(exclude=["version", "owner", "opened_by"])
    except ValidationError as error:
        raise QuestionnaireRefused(*_reasons(error)) from None
    collection.save(update_fields=["closes_at"])
    audit.record(
        by=by,
        verb="questionnaires.collection.moved",
        target=collection,
        before=before,
        after=audit.snapshot(collection, "closes_at"),
        unit_id=collection.owner_id,
    )
    return collection
