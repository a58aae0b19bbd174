"""The default mailer: what any library sends goes into the outbox, in the transaction that caused it."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from luotsi.base import outbox


class OutboxBackend(BaseEmailBackend):
    """Writes each mail to the outbox, one row per receiver, in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; returns how many messages were kept.

        Raises:
            ValueError: a message has attachments; the outbox carries text and HTML only.
        """
        with transaction.atomic():
            for message in email_messages:
                _keep(message)
        return len(email_messages)


def _keep(message: EmailMessage) -> None:
    if message.attachments:
        raise ValueError("The outbox carries text and HTML only: offer the file on a page and link to it.")
    text, html = str(message.body), ""
    if message.content_subtype == "html":
        text, html = "", text
    for alternative in getattr(message, "alternatives", ()):
        if alternative.mimetype == "text/html":
            html = str(alternative.content)
    for receiver in dict.fromkeys(message.recipients()):
        outbox.post(
            to=parseaddr(receiver)[1],
            subject=str(message.subject),
            body=text,
            html=html,
            language=(get_language() or settings.LANGUAGE_CODE)[:2],
        )
