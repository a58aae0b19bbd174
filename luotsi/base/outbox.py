"""The outbox: a mail is a row in the transaction that caused it; the worker sends it after the commit.

Nothing is lost when a process dies: what was committed and not sent is found by `sweep`. A mail can reach the
receiver twice only if the process dies between handing it over and noting that; both copies carry the same
Message-ID.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from luotsi.base import clock
from luotsi.base.models import MOST_ATTEMPTS, OutboxMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
KEEP_SENT = timedelta(days=30)
KEEP_UNSENT = timedelta(days=90)


def post(
    *, to: str, subject: str, body: str, html: str = "", language: str = "fi", key: str = ""
) -> OutboxMail:
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
    from luotsi.base.tasks import deliver_mail

    deliver_mail.enqueue(str(mail_id))


def deliver(mail_id: UUID) -> bool:
    """Send one mail if it is due and nobody else is sending it; return whether it left.

    A failure is noted on the mail and tried again later, with longer and longer pauses; after `MOST_ATTEMPTS`
    tries the mail stays visible as given up.
    """
    from luotsi.base import mail as post_office

    mail = _claim(mail_id)
    if mail is None:
        return False
    try:
        post_office.hand_over(mail)
    except Exception as error:  # noqa: BLE001  (whatever the mail server says, the mail stays)
        logger.warning("Mail %s could not be sent (try %d): %s", mail.pk, mail.attempts, error)
        mail.last_error = f"{type(error).__name__}: {error}"[:2000]
        mail.not_before = clock.now() + pause_after(mail.attempts)
        mail.save(update_fields=["last_error", "not_before"])
        return False
    mail.sent_at, mail.last_error = clock.now(), ""
    mail.save(update_fields=["sent_at", "last_error"])
    return True


def _claim(mail_id: UUID) -> OutboxMail | None:
    """Take a mail for sending: one statement, so that of two workers one finds nothing to do.

    The lease ends by itself, in case the worker dies; no lock is held while the mail server is talked to.
    """
    now = clock.now()
    due = OutboxMail.objects.due(now).filter(pk=mail_id)
    if not due.update(not_before=now + LEASE, attempts=F("attempts") + 1):
        return None
    return OutboxMail.objects.get(pk=mail_id)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after the given number of failed tries: 1, 2, 4 … minutes, at most 12 hours."""
    return min(timedelta(minutes=2 ** (min(attempts, MOST_ATTEMPTS) - 1)), LONGEST_WAIT)


def sweep(limit: int = 100) -> int:
    """Send what is due and has not been sent by its own task (the process died, or a pause is over).

    Returns how many mails left.
    """
    due = OutboxMail.objects.due(clock.now()).order_by("not_before").values_list("pk", flat=True)
    return sum(deliver(mail_id) for mail_id in list(due[:limit]))


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
