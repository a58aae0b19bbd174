"""The outbox: a mail is a row in the transaction that caused it; the worker sends it after the commit.

Nothing is lost when a process dies: what was committed and not sent is found by `delivery.sweep`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base import clock, planner
from luotsi.base.models import OutboxMail
from luotsi.base.tasks import deliver_mail

KEEP_SENT = timedelta(days=30)
KEEP_UNSENT = timedelta(days=90)


def post(*, to: str, subject: str, body: str, html: str = "", language: str = "fi", key: str = "") -> OutboxMail:
    """Write a mail to the outbox and return it; it leaves after the commit.

    With a `key` the same mail is written once: a second call returns the first mail.
    """
    now = clock.now()
    mail = OutboxMail(
        to=to,
        subject=" ".join(subject.split())[:300],
        body=body,
        html=html,
        language=language[:2],
        key=key,
        created_at=now,
        not_before=now,
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        if key and (earlier := OutboxMail.objects.filter(key=key).first()):
            return earlier
        raise
    transaction.on_commit(partial(_enqueue, mail.pk), robust=True)
    return mail


def _enqueue(mail_id: UUID) -> None:
    deliver_mail.enqueue(str(mail_id))


@transaction.atomic
def try_again(*, mail: OutboxMail) -> None:
    """Give a mail that was given up its tries back."""
    mail.attempts, mail.not_before, mail.last_error = 0, clock.now(), ""
    mail.save(update_fields=["attempts", "not_before", "last_error"])
    transaction.on_commit(partial(_enqueue, mail.pk), robust=True)


def forget_old() -> int:
    """Delete mails whose retention has ended; return how many."""
    now = clock.now()
    sent = OutboxMail.objects.filter(sent_at__lt=now - KEEP_SENT)
    unsent = OutboxMail.objects.given_up().filter(created_at__lt=now - KEEP_UNSENT)
    return sent.delete()[0] + unsent.delete()[0]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail of many."""

    to: str
    subject: str
    body: str
    language: str = "fi"


def post_many(letters: Iterable[Letter]) -> int:
    """Write many mails to the outbox in few statements; the sweep sends them after the commit. Return how many."""
    now = clock.now()
    mails = [
        OutboxMail(
            to=letter.to,
            subject=" ".join(letter.subject.split())[:300],
            body=letter.body,
            language=letter.language[:2],
            created_at=now,
            not_before=now,
        )
        for letter in letters
    ]
    made = OutboxMail.objects.bulk_create(mails, batch_size=500)
    planner.many_came(len(made), OutboxMail)
    return len(made)
