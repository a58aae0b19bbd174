"""Personal links: expiring, revocable, logged, of one response only; files beside answers."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.base.models import OutboxMail
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.attachments import add_file, remove_file
from luotsi.questionnaires.actions.forgetting import forget_shares
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.responses import begin_response
from luotsi.questionnaires.actions.sharing import Issued, revoke_share, share_response
from luotsi.questionnaires.models import Attachment, Response, ResponseShare, ShareUse
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.tests.answered import held_by, make_asked, make_collection

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.tests.answered import Asked

PDF = b"%PDF-1.7\n%%EOF\n"


def shared(
    cast: Cast, asked: Asked, grant: Grant = Grant.WRITE, email: str = "guest@luotsi.example", hours: int = 100
) -> Issued:
    held = held_by(cast.bilal, asked.response)
    until = clock.now() + timedelta(hours=hours)
    return share_response(held=held, email=email, grant=grant, language="en", expires_at=until)


def token_of(issued: Issued) -> str:
    return issued.link.rstrip("/").rsplit("/", 1)[1]


def opened(issued: Issued) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.get(reverse("questionnaires:open-link", args=[token_of(issued)]))
    return client


class TestSharing:
    def test_the_secret_is_in_the_mail_and_nowhere_else(self, cast: Cast) -> None:
        issued = shared(cast, make_asked(cast))
        token = token_of(issued)
        assert token in OutboxMail.objects.get().body
        assert token not in str(vars(ResponseShare.objects.get()))

    def test_nobody_gives_more_than_they_have(self, cast: Cast) -> None:
        asked = make_asked(cast)
        issued = shared(cast, asked, Grant.WRITE, cast.celia.email)
        held = held_by(cast.celia, asked.response)
        assert (held.grant, held.share) == (Grant.WRITE, issued.share)
        with pytest.raises(AnswerRefused, match="more than you"):
            share_response(
                held=held, email="x@luotsi.example", grant=Grant.SUBMIT, language="en",
                expires_at=clock.now() + timedelta(days=1),
            )  # fmt: skip

    def test_it_refuses_a_time_past_90_days_and_an_address_with_access(self, cast: Cast) -> None:
        asked = make_asked(cast)
        shared(cast, asked)
        with pytest.raises(AnswerRefused) as refused:
            share_response(
                held=held_by(cast.bilal, asked.response),
                email="GUEST@luotsi.example", grant=Grant.READ, language="en",
                expires_at=clock.now() + timedelta(days=91),
            )  # fmt: skip
        assert {reason.field for reason in refused.value.reasons} == {"email", "expires_at"}


class TestThePersonalLink:
    def test_it_opens_its_response_and_no_other(self, cast: Cast) -> None:
        asked = make_asked(cast)
        collection = make_collection(asked.version, cast.tampere)
        other = begin_response(collection=collection, unit=cast.school, by=cast.bilal)
        client = opened(shared(cast, asked))
        assert client.get(reverse("questionnaires:fill-page", args=[asked.response.pk, 1])).status_code == 200
        answer = client.get(reverse("questionnaires:fill-page", args=[other.pk, 1]))
        assert (answer.status_code, answer["Location"].startswith("/account/")) == (302, True)
        assert ShareUse.objects.count() == 1

    def test_it_stops_when_revoked_or_its_time_is_over(self, cast: Cast) -> None:
        asked = make_asked(cast)
        issued = shared(cast, asked, hours=1)
        client, page = opened(issued), reverse("questionnaires:fill-page", args=[asked.response.pk, 1])
        with time_machine.travel(clock.now() + timedelta(hours=2)):
            assert client.get(page).status_code == 404
            link = reverse("questionnaires:open-link", args=[token_of(issued)])
            assert Client().get(link).status_code == 410
        assert client.get(page).status_code == 200
        revoke_share(held=held_by(cast.bilal, asked.response), share=issued.share)
        assert client.get(page).status_code == 404

    def test_a_forged_one_opens_nothing(self, cast: Cast) -> None:
        asked = make_asked(cast)
        token = token_of(shared(cast, asked))
        for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "a" * 5000):
            assert Client().get(reverse("questionnaires:open-link", args=[forged])).status_code == 410
        with pytest.raises(Http404):
            access.response_for(cast.farid, asked.response.pk, links={str(asked.response.pk): "0" * 64})

    def test_a_reader_cannot_write(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = opened(shared(cast, asked, Grant.READ))
        page = reverse("questionnaires:fill-page", args=[asked.response.pk, 1])
        assert client.post(page, {"was:title": "-", "a:title": "Nimi", "do": "save"}).status_code == 403
        assert client.post(reverse("questionnaires:submit-response", args=[asked.response.pk])).status_code == 403
        assert Response.objects.get().answers == {}

    def test_what_a_guest_writes_carries_the_address(self, cast: Cast) -> None:
        asked = make_asked(cast)
        client = opened(shared(cast, asked))
        page = reverse("questionnaires:fill-page", args=[asked.response.pk, 1])
        client.post(page, {"was:title": "-", "a:title": "Nimi", "do": "save"})
        assert Response.objects.get().answers["title"]["by"] == "guest@luotsi.example"


class TestForgetting:
    def test_a_share_goes_90_days_after_its_end_and_one_in_force_stays(self, cast: Cast) -> None:
        asked = make_asked(cast)
        shared(cast, asked, hours=1)
        shared(cast, asked, email="other@luotsi.example", hours=24 * 89)
        with time_machine.travel(clock.now() + timedelta(days=91)):
            assert forget_shares() == 1
            assert forget_shares() == 0
        assert ResponseShare.objects.get().email == "other@luotsi.example"


class TestFiles:
    def test_one_is_kept_with_its_type_and_hash_and_can_be_taken_off(self, cast: Cast) -> None:
        asked = make_asked(cast)
        held = held_by(cast.bilal, asked.response)
        kept = add_file(held=held, question="plan", file=SimpleUploadedFile("../suunnitelma.pdf", PDF))
        (entry,) = Response.objects.get().values["plan"]
        assert (entry["name"], entry["type"], entry["content"]) == ("suunnitelma.pdf", "pdf", str(kept.pk))
        remove_file(held=held, attachment=kept)
        assert Response.objects.get().values["plan"] is None

    def test_it_refuses_programs_too_many_and_questions_without_files(self, cast: Cast) -> None:
        asked = make_asked(cast)
        held = held_by(cast.bilal, asked.response)
        for question, name, data in (
            ("plan", "a.exe", b"MZ\x00\x01"),
            ("title", "a.pdf", PDF),
            ("none", "a.pdf", PDF),
        ):
            with pytest.raises(Refused):
                add_file(held=held, question=question, file=SimpleUploadedFile(name, data))
        add_file(held=held, question="plan", file=SimpleUploadedFile("a.pdf", PDF))
        with pytest.raises(AnswerRefused, match="as many"):
            add_file(held=held, question="plan", file=SimpleUploadedFile("b.pdf", PDF))
        assert Attachment.objects.count() == 1

    @pytest.mark.parametrize(("code", "words"), [(1, "harmful"), (2, "could not be scanned")])
    def test_the_scanner_has_the_last_word(self, cast: Cast, settings: object, code: int, words: str) -> None:
        settings.SCANNER = f"{sys.executable} -c 'raise SystemExit({code})'"  # type: ignore[attr-defined]
        asked = make_asked(cast)
        with pytest.raises(AnswerRefused, match=words):
            add_file(held=held_by(cast.bilal, asked.response), question="plan", file=SimpleUploadedFile("a.pdf", PDF))
        assert not Attachment.objects.exists()
