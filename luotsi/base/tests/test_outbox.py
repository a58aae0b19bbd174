"""Writing mails to the outbox, also those of libraries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from luotsi.base import clock, outbox
from luotsi.base.models import MOST_ATTEMPTS, OutboxMail

pytestmark = pytest.mark.django_db


class TestPosting:
    def test_it_keeps_the_mail_and_asks_the_worker_after_the_commit(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            mail = outbox.post(to="aino@example.org", subject="Two\nlines", body="Text", language="sv")
            assert not DBTaskResult.objects.exists()
        assert (mail.subject, mail.state) == ("Two lines", "waiting")
        task = DBTaskResult.objects.get()
        assert task.args_kwargs == {"args": [str(mail.pk)], "kwargs": {}}

    def test_it_goes_away_with_the_transaction_that_caused_it(self) -> None:
        with transaction.atomic():
            outbox.post(to="aino@example.org", subject="S", body="B")
            transaction.set_rollback(True)
        assert not OutboxMail.objects.exists()

    def test_a_key_keeps_the_same_mail_from_being_written_twice(self) -> None:
        first = outbox.post(to="aino@example.org", subject="S", body="B", key="reminder:1")
        assert outbox.post(to="aino@example.org", subject="S", body="B", key="reminder:1") == first
        outbox.post(to="aino@example.org", subject="S", body="B")
        outbox.post(to="aino@example.org", subject="S", body="B")
        assert OutboxMail.objects.count() == 3


class TestTheDefaultMailer:
    @pytest.fixture(autouse=True)
    def _mailers(self, settings: Any) -> None:
        """Django's tests put mails aside in memory; these want the product's own mailer."""
        settings.MAILERS = {"default": {"BACKEND": "luotsi.base.mail.OutboxBackend"}}

    def test_it_keeps_text_html_and_language_for_each_receiver(self) -> None:
        with translation.override("sv"):
            message = EmailMultiAlternatives(
                "Subject", "Text", to=["Aino <aino@example.org>", "bilal@example.org"], cc=["aino@example.org"]
            )
            message.attach_alternative("<p>Text</p>", "text/html")
            assert message.send() == 1
        kept = OutboxMail.objects.order_by("to")
        assert {mail.to for mail in kept} == {"aino@example.org", "bilal@example.org"}
        assert {(mail.body, mail.html, mail.language) for mail in kept} == {("Text", "<p>Text</p>", "sv")}

    def test_it_takes_what_send_mail_gives(self) -> None:
        assert send_mail("S", "B", None, ["aino@example.org"]) == 1
        assert OutboxMail.objects.get().html == ""

    def test_it_refuses_attachments_instead_of_losing_them(self) -> None:
        message = EmailMessage("S", "B", to=["aino@example.org"], attachments=[("a.txt", "text", "text/plain")])
        with pytest.raises(ValueError, match="text and HTML only"):
            message.send()
        assert not OutboxMail.objects.exists()


class TestForgetting:
    def test_it_keeps_mails_as_long_as_was_declared_and_no_longer(self) -> None:
        now = clock.now()
        with time_machine.travel(now - timedelta(days=91), tick=False):
            mails = [outbox.post(to="aino@example.org", subject="S", body="B") for _ in range(4)]
        sent_long_ago, sent_lately, given_up, waiting = mails
        sent_long_ago.sent_at, sent_lately.sent_at = now - timedelta(days=31), now - timedelta(days=29)
        given_up.attempts = MOST_ATTEMPTS
        for mail in mails:
            mail.save(update_fields=["sent_at", "attempts"])
        assert outbox.forget_old() == 2
        assert set(OutboxMail.objects.all()) == {sent_lately, waiting}
