"""Delivery: sends what the outbox holds, one mail at a time, and tries again later after a refusal.

A mail can reach the receiver twice only if the process dies between handing it over and noting that; both
copies carry the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import F

from luotsi.base import clock
from luotsi.base.models import MOST_ATTEMPTS, OutboxMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)


def deliver(mail_id: UUID) -> bool:
    """Send one mail if it is due and nobody else is sending it; return whether it left.

    A failure is noted on the mail and tried again later, with longer and longer pauses; after `MOST_ATTEMPTS`
    tries the mail stays visible as given up.
    """
    mail = _claim(mail_id)
    if mail is None:
        return False
    try:
        hand_over(mail)
    except Exception as error:
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


def hand_over(mail: OutboxMail) -> None:
    """Send one mail through `MAILERS["delivery"]`; raises whatever the mail server's refusal raises."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={
            "Message-ID": f"<{mail.pk}@{_domain()}>",
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if not mailers["delivery"].send_messages([message]):
        raise OSError("The mail server took no message.")


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
