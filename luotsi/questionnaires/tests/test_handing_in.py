"""Handing in: refused with every error, exact to the second, kept for good, renewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import DatabaseError, transaction

from luotsi.base import clock
from luotsi.base.models import OutboxMail
from luotsi.questionnaires.actions.refusals import AnswerRefused, SubmitRefused
from luotsi.questionnaires.actions.responses import Typed, let_complete, renew_response, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.models import QuestionnaireVersion, Response, Submission
from luotsi.questionnaires.queries.documents import as_json, as_pdf
from luotsi.questionnaires.queries.handed import versions_page
from luotsi.questionnaires.queries.proof import prove_file
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.tests.answered import hand_in, held_by, make_asked, write

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.actions.submitting import Handed
    from luotsi.questionnaires.tests.answered import Asked


def at(cast: Cast, asked: Asked, moment: datetime) -> Handed:
    held = held_by(cast.bilal, asked.response, Grant.SUBMIT)
    return submit_response(held=held, received_at=moment, language="en", revision=held.response.revision)


class TestHandingIn:
    def test_it_keeps_what_is_on_view_and_leaves_out_what_is_hidden(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi", areas=["b"], costs=[{"sum": 5}])
        submission = hand_in(cast.bilal, asked.response).submission
        assert submission.content["answers"].items() >= {"title": "Nimi", "areas": ["b"]}.items()
        assert "costs" not in submission.content["answers"]
        assert Response.objects.get().values["costs"] == [{"sum": 5}]

    def test_it_refuses_with_every_error_at_once(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), why="x" * 60)
        with pytest.raises(SubmitRefused) as refused:
            hand_in(cast.bilal, asked.response)
        told = [str(reason) for reason in refused.value.reasons]
        assert told == ["Name: Answer this question.", "Why: At most 50 characters: 10 too many."]
        assert not Submission.objects.exists()

    def test_it_refuses_while_two_versions_wait(self, cast: Cast) -> None:
        asked = make_asked(cast)
        held = held_by(cast.bilal, asked.response)
        for page, text in (("one", "A"), ("two", "B")):
            save_answers(held=held, typed=Typed(values={"title": text}, was={"title": digest(None)}, page=page))
        with pytest.raises(SubmitRefused, match="Decide"):
            hand_in(cast.bilal, asked.response)

    def test_it_refuses_a_draft_that_somebody_changed_meanwhile(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        held = held_by(cast.bilal, asked.response)
        seen = held.response.revision
        write(held, why="Uusi")
        with pytest.raises(SubmitRefused, match="Somebody has written"):
            submit_response(held=held, received_at=clock.now(), language="en", revision=seen)

    def test_a_double_click_hands_in_once_and_sends_one_receipt(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        held = held_by(cast.bilal, asked.response, Grant.SUBMIT)
        for repeated in (False, True):
            handed = submit_response(held=held, received_at=clock.now(), language="fi", revision=1)
            assert handed.repeated is repeated
        assert Submission.objects.count() == 1
        mail = OutboxMail.objects.get()
        assert mail.to == cast.bilal.email
        assert handed.submission.sha256 in mail.body


class TestTheDeadline:
    def test_the_very_second_counts_and_the_next_does_not(self, cast: Cast) -> None:
        closes = (clock.now() + timedelta(hours=1)).replace(microsecond=0)
        asked = make_asked(cast, closes_at=closes)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        with pytest.raises(SubmitRefused, match="closed"):
            at(cast, asked, closes + timedelta(seconds=1))
        assert at(cast, asked, closes + timedelta(microseconds=999_999)).submission.number == 1

    def test_a_page_open_at_the_deadline_still_saves_its_draft(self, cast: Cast) -> None:
        closes = clock.now() + timedelta(hours=1)
        asked = make_asked(cast, closes_at=closes)
        with time_machine.travel(closes + timedelta(minutes=5)):
            write(held_by(cast.bilal, asked.response), title="Myöhässä")
        assert Response.objects.get().values["title"] == "Myöhässä"


class TestWhatWasHandedIn:
    def test_the_database_refuses_to_change_it(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        hand_in(cast.bilal, asked.response)
        for column, value in (("sha256", "0" * 64), ("content", {}), ("number", 7)):
            with pytest.raises(DatabaseError), transaction.atomic():
                Submission.objects.update(**{column: value})

    def test_the_database_refuses_to_change_a_published_version(self, cast: Cast) -> None:
        make_asked(cast)
        with pytest.raises(DatabaseError), transaction.atomic():
            QuestionnaireVersion.objects.update(definition={})

    def test_nothing_is_saved_over_it(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        hand_in(cast.bilal, asked.response)
        with pytest.raises(AnswerRefused, match="handed in"):
            write(held_by(cast.bilal, asked.response), title="Toinen")


class TestRenewing:
    def test_the_new_draft_replaces_when_it_is_handed_in_and_tells_what_it_changed(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        first = hand_in(cast.bilal, asked.response).submission
        renew_response(held=held_by(cast.bilal, asked.response))
        write(held_by(cast.bilal, asked.response), title="Uusi nimi")
        assert Submission.objects.first() == first
        second = hand_in(cast.bilal, asked.response).submission
        assert (second.number, second.replaces, second.content["replaces"]) == (2, first, first.sha256)
        lines = versions_page(held_by(cast.bilal, asked.response), "en").lines
        assert [(line.number, line.is_valid) for line in lines] == [(2, True), (1, False)]
        (change,) = lines[0].changes
        assert (change.title.text, change.before, change.after) == ("Name", ("Nimi",), ("Uusi nimi",))

    def test_it_refuses_after_the_deadline(self, cast: Cast) -> None:
        closes = clock.now() + timedelta(hours=1)
        asked = make_asked(cast, closes_at=closes)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        hand_in(cast.bilal, asked.response)
        with time_machine.travel(closes + timedelta(minutes=5)), pytest.raises(AnswerRefused, match="stays valid"):
            renew_response(held=held_by(cast.bilal, asked.response))


class TestProving:
    def test_a_json_file_and_a_pdf_equal_what_is_stored(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi", areas=["a"], costs=[{"what": "Työ", "sum": 100}])
        submission = hand_in(cast.bilal, asked.response).submission
        pdf = as_pdf(submission, "fi")
        assert b"pdfuaid" in pdf
        for data in (as_json(submission), pdf):
            assert prove_file(data).holds, prove_file(data).verdict

    def test_a_changed_copy_does_not(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        submission = hand_in(cast.bilal, asked.response).submission
        altered = prove_file(as_json(submission).replace(b"Nimi", b"Muu"))
        assert (altered.verdict, altered.is_valid) == ("changed", True)
        assert prove_file(as_pdf(submission, "fi") + b"\n").verdict == "reprinted"
        assert prove_file(b"%PDF-1.7 nothing").verdict == "unreadable"
        assert prove_file(b"{}").verdict == "unreadable"

    def test_a_copy_of_something_replaced_says_so(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        first = hand_in(cast.bilal, asked.response).submission
        renew_response(held=held_by(cast.bilal, asked.response))
        hand_in(cast.bilal, asked.response)
        found = prove_file(as_json(first))
        assert (found.holds, found.is_valid) == (True, False)


class TestCompleting:
    """Whoever asked lets one response be handed in anew although its collection has closed."""

    def closed(self, cast: Cast) -> Response:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="Nimi")
        hand_in(cast.bilal, asked.response)
        collection = asked.response.collection
        collection.closed_at = clock.now()
        collection.save(update_fields=["closed_at"])
        return asked.response

    def test_it_opens_for_this_one_until_the_very_second(self, cast: Cast) -> None:
        response = self.closed(cast)
        until = (clock.now() + timedelta(days=1)).replace(microsecond=0)
        let_complete(response=response, until=until, by=None)
        renew_response(held=held_by(cast.bilal, response))
        held = held_by(cast.bilal, response, Grant.SUBMIT)
        revision = held.response.revision
        with pytest.raises(SubmitRefused, match="closed"):
            submit_response(held=held, received_at=until + timedelta(seconds=1), language="en", revision=revision)
        handed = submit_response(held=held, received_at=until, language="en", revision=revision)
        assert handed.submission.number == 2

    def test_it_closes_again_when_that_is_ended(self, cast: Cast) -> None:
        response = self.closed(cast)
        let_complete(response=response, until=clock.now() + timedelta(days=1), by=None)
        let_complete(response=response, until=None, by=None)
        with pytest.raises(AnswerRefused, match="closed"):
            renew_response(held=held_by(cast.bilal, response))

    def test_what_was_never_handed_in_cannot_be_completed(self, cast: Cast) -> None:
        asked = make_asked(cast)
        with pytest.raises(AnswerRefused, match="Only what was handed in"):
            let_complete(response=asked.response, until=clock.now() + timedelta(days=1), by=None)
