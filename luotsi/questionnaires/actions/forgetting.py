"""Forgetting: shares that ended, drafts that were never handed in, and answers to surveys, when their time is over.

How long answers are kept is chosen when a collection is opened (`Collection.kept_months`) and counted from the day on
which it closes. What was handed in is a document and stays; so do the figures of a survey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from luotsi.base import audit, clock
from luotsi.base.housekeeping import Forgotten
from luotsi.questionnaires.models import (
    Attachment,
    Collection,
    Invitation,
    OpenAnswer,
    Response,
    ResponseShare,
    Sheet,
    Submission,
)

if TYPE_CHECKING:
    from luotsi.people.models import Account

KEPT = timedelta(days=90)
WORDS = {
    "shares": "shares of responses that ended long ago",
    "drafts": "drafts that were never handed in",
    "answers": "answers to surveys",
}


def forgotten(*, dry_run: bool) -> list[Forgotten]:
    """Forget what need not be kept today, for `luotsi forget`; return a line for each kind."""
    counts = forget(dry_run=dry_run)
    return [Forgotten(kind, WORDS[kind], count) for kind, count in counts.items()]


def forget_daily() -> None:
    """Forget what need not be kept today; the worker calls this once a day."""
    forget()


def forget(*, by: Account | None = None, dry_run: bool = False) -> Mapping[str, int]:
    """Forget whatever need not be kept now; return how many of each kind.

    With `dry_run` everything is counted by doing it and taking it back; files are deleted after a commit only.
    """
    with transaction.atomic() if dry_run else nullcontext():
        counts = {
            "shares": forget_shares(by=by),
            "drafts": _of_each(_ended(surveys=False), partial(_forget_drafts, by=by)),
            "answers": _of_each(_ended(surveys=True), partial(_forget_answers, by=by)),
        }
        if dry_run:
            transaction.set_rollback(True)
    return counts


@transaction.atomic
def forget_shares(*, by: Account | None = None) -> int:
    """Delete shares that were revoked or expired more than 90 days ago, with their uses; return how many."""
    day = clock.now() - KEPT
    ended = ResponseShare.objects.filter(Q(revoked_at__lt=day) | Q(expires_at__lt=day))
    count = ended.count()
    if count:
        ended.delete()
        audit.record(by=by, verb="questionnaires.shares.forgotten", target=ResponseShare(), after={"count": count})
    return count


def _ended(*, surveys: bool) -> Iterator[Collection]:
    """Yield collections whose answers need not be kept any more and have not been forgotten.

    The answers of a survey are kept until its results have been worked out, whenever that is.
    """
    today = clock.today()
    found = Collection.objects.closed_before(clock.now()).filter(forgotten_at=None)
    asked = Q(answered_by=Collection.Answerer.INVITED)
    for one in found.filter(asked, settled_at__isnull=False) if surveys else found.exclude(asked):
        if (day := one.kept_until) is not None and today > day:
            yield one


def _of_each(collections: Iterator[Collection], deed: Callable[[Collection], int]) -> int:
    return sum(deed(one) for one in list(collections))


def _marked(collection: Collection) -> Collection | None:
    """Take a collection for forgetting, once; None where somebody else has."""
    kept = Collection.objects.select_for_update().filter(pk=collection.pk, forgotten_at=None).first()
    if kept is not None:
        kept.forgotten_at = clock.now()
        kept.save(update_fields=["forgotten_at"])
    return kept


@transaction.atomic
def _forget_answers(collection: Collection, *, by: Account | None) -> int:
    """Delete what was answered to a survey, in words too, and who was asked; its figures stay."""
    if (kept := _marked(collection)) is None:
        return 0
    count = Sheet.objects.filter(collection=kept).delete()[0]
    words = OpenAnswer.objects.filter(collection=kept).delete()[0]
    invitations = Invitation.objects.filter(collection=kept).delete()[0]
    after = {"answers": count, "words": words, "invitations": invitations}
    _tell(kept, "questionnaires.answers.forgotten", after, by)
    return count


@transaction.atomic
def _forget_drafts(collection: Collection, *, by: Account | None) -> int:
    """Delete drafts that were never handed in; a new draft of what was handed in goes back to that."""
    if (kept := _marked(collection)) is None:
        return 0
    drafts = Response.objects.filter(collection=kept, state=Response.State.DRAFT)
    handed = Exists(Submission.objects.filter(response=OuterRef("pk")))
    never = drafts.filter(~handed)
    count = never.count()
    stored = list(Attachment.objects.filter(response__in=never).values_list("stored", flat=True))
    never.delete()
    for response in drafts.filter(handed).select_for_update(of=("self",)):
        stored += _gone_back(response)
        count += 1
    transaction.on_commit(partial(_delete_files, stored))
    _tell(kept, "questionnaires.drafts.forgotten", {"drafts": count, "files": len(stored)}, by)
    return count


def _gone_back(response: Response) -> list[str]:
    """Let a response hold what was handed in last and nothing else; return the names of files that nothing holds."""
    submissions = list(response.submissions.all())
    latest = submissions[0]
    at = latest.submitted_at.isoformat(timespec="seconds")
    answers: dict[str, Any] = latest.content["answers"]
    response.answers = {
        name: {"value": value, "revision": response.revision, "by": "", "at": at} for name, value in answers.items()
    }
    response.pending, response.tokens, response.state = {}, [], Response.State.SUBMITTED
    response.changed_at = latest.submitted_at
    response.save(update_fields=["answers", "pending", "tokens", "state", "changed_at"])
    held = {name for one in submissions for name in _contents(one.content)}
    gone = [one for one in response.attachments.all() if str(one.pk) not in held]
    Attachment.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [one.stored for one in gone]


def _contents(value: object) -> Iterator[str]:
    """Yield the keys of the files that an answer, or anything inside it, holds."""
    if isinstance(value, dict):
        if isinstance(value.get("content"), str):
            yield value["content"]
        for item in value.values():
            yield from _contents(item)
    elif isinstance(value, list):
        for item in value:
            yield from _contents(item)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _tell(collection: Collection, verb: str, after: Mapping[str, object], by: Account | None) -> None:
    audit.record(by=by, verb=verb, target=collection, after=after, unit_id=collection.owner_id)
