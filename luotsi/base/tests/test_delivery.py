"""Sending mails: once, later after a refusal, and never lost."""

from __future__ import annotations

import email.policy
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import delivery, outbox
from luotsi.base.models import MOST_ATTEMPTS, OutboxMail
from luotsi.base.tasks import deliver_mail

if TYPE_CHECKING:
    from luotsi.base.tests.house import House

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Refusing(BaseEmailBackend):
    """A mail server that is out of order."""

    def send_messages(self, email_messages: Any) -> int:
        """Refuse."""
        raise ConnectionRefusedError("out of order")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Return the folder to which mails are delivered."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = settings.MAILERS | {
        "delivery": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path / "mail"}}
    }
    return tmp_path / "mail"


@pytest.fixture
def refusing(settings: Any) -> None:
    """Let the mail server be out of order."""
    settings.MAILERS = settings.MAILERS | {"delivery": {"BACKEND": f"{__name__}.Refusing"}}


def delivered(folder: Path) -> list[EmailMessage]:
    """Return the mails that were delivered."""
    parser = BytesParser(policy=email.policy.default)
    return [parser.parsebytes(file.read_bytes()) for file in sorted(folder.glob("*.log"))]


def posted(**also: Any) -> OutboxMail:
    """Return a mail in the outbox."""
    return outbox.post(to="aino@example.org", subject="Tervetuloa, Åke", body="Päivää", **also)


@pytest.mark.django_db
class TestDelivering:
    def test_it_sends_both_parts_with_headers_that_tell_what_it_is(self, folder: Path) -> None:
        mail = posted(html="<p>Päivää</p>", language="sv")
        assert deliver_mail.call(str(mail.pk)) is True
        (sent,) = delivered(folder)
        assert (sent["To"], sent["Subject"]) == ("aino@example.org", "Tervetuloa, Åke")
        assert (sent["Content-Language"], sent["Auto-Submitted"]) == ("sv", "auto-generated")
        assert str(mail.pk) in sent["Message-ID"]
        parts = [sent.get_body([kind]) for kind in ("plain", "html")]
        assert [part.get_content().strip() for part in parts if part] == ["Päivää", "<p>Päivää</p>"]

    def test_it_sends_a_mail_once_however_often_it_is_asked(self, folder: Path) -> None:
        mail = posted()
        assert [delivery.deliver(mail.pk) for _ in range(3)] == [True, False, False]
        assert delivery.sweep() == 0
        assert len(delivered(folder)) == 1
        mail.refresh_from_db()
        assert mail.state == "sent"

    def test_it_leaves_alone_what_another_worker_has_taken(self, folder: Path) -> None:
        mail = posted()
        assert delivery._claim(mail.pk) is not None
        assert delivery.deliver(mail.pk) is False
        assert not delivered(folder)

    def test_it_takes_over_when_the_other_worker_died(self, folder: Path) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            mail = posted()
            delivery._claim(mail.pk)
            clock.shift(delivery.LEASE)
            assert delivery.sweep() == 1
        assert len(delivered(folder)) == 1

    def test_a_mail_that_was_forgotten_meanwhile_is_no_error(self, folder: Path) -> None:
        mail = posted()
        mail.delete()
        assert delivery.deliver(mail.pk) is False


@pytest.mark.django_db
@pytest.mark.usefixtures("refusing")
class TestARefusal:
    def test_it_is_noted_and_tried_again_after_a_pause(self) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            mail = posted()
            assert delivery.sweep() == 0
            mail.refresh_from_db()
            assert (mail.attempts, mail.state) == (1, "retrying")
            assert mail.last_error == "ConnectionRefusedError: out of order"
            clock.shift(timedelta(seconds=59))
            delivery.sweep()
            mail.refresh_from_db()
            assert mail.attempts == 1
            clock.shift(timedelta(seconds=1))
            delivery.sweep()
            mail.refresh_from_db()
            assert mail.attempts == 2

    def test_after_the_last_try_the_mail_stays_visible(self) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            mail = posted()
            for _ in range(MOST_ATTEMPTS + 3):
                delivery.sweep()
                clock.shift(delivery.LONGEST_WAIT)
        assert list(OutboxMail.objects.given_up()) == [mail]
        mail.refresh_from_db()
        assert (mail.attempts, mail.state) == (MOST_ATTEMPTS, "given_up")

    def test_somebody_can_have_it_tried_again(self, folder: Path) -> None:
        mail = posted()
        mail.attempts = MOST_ATTEMPTS
        mail.save(update_fields=["attempts"])
        outbox.try_again(mail=mail)
        assert delivery.sweep() == 1

    def test_one_bad_mail_does_not_keep_others_back(self, folder: Path) -> None:
        bad = OutboxMail.objects.create(
            to="aino@example.org", subject="a\nb", body="", created_at=MORNING, not_before=MORNING
        )
        good = posted()
        assert delivery.sweep() == 1
        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.state, good.state) == ("retrying", "sent")


class TestThePause:
    @given(st.integers(min_value=1, max_value=500))
    def test_it_grows_up_to_half_a_day(self, attempts: int) -> None:
        assert timedelta(minutes=1) <= delivery.pause_after(attempts) <= delivery.pause_after(attempts + 1)
        assert delivery.pause_after(attempts) <= delivery.LONGEST_WAIT


class TestDyingAfterTheCommit:
    DIES = """
import os
from django.db import transaction
from luotsi.base import outbox
with transaction.atomic():
    transaction.on_commit(lambda: os._exit(9))
    outbox.post(to="aino@example.org", subject="S", body="B")
"""

    def test_the_next_sweep_sends_the_mail(self, house: House) -> None:
        assert house.python(self.DIES, check=False).returncode == 9
        assert not delivered(house.data / "mail")
        house.run("worker", "--once")
        assert [mail["To"] for mail in delivered(house.data / "mail")] == ["aino@example.org"]
        house.run("worker", "--once")
        assert len(delivered(house.data / "mail")) == 1
