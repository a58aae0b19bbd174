"""Answers: saved by name, never written over, kept when hidden, bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from luotsi.base.models import AuditEntry
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.responses import Saved, Typed, begin_response, save_answers
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.tests.answered import held_by, make_asked, make_collection, write

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast


class TestBeginning:
    def test_a_double_click_begins_one_response(self, cast: Cast) -> None:
        asked = make_asked(cast)
        again = begin_response(collection=asked.collection, unit=cast.school, by=cast.bilal)
        assert again.pk == asked.response.pk
        assert Response.objects.count() == 1

    def test_where_several_are_asked_each_click_begins_one(self, cast: Cast) -> None:
        asked = make_asked(cast, many=True)
        begin_response(collection=asked.collection, unit=cast.school, by=cast.bilal)
        assert Response.objects.count() == 2

    def test_it_refuses_a_collection_that_has_closed(self, cast: Cast) -> None:
        asked = make_asked(cast)
        asked.collection.closed_at = asked.collection.opens_at
        with pytest.raises(AnswerRefused, match="has closed"):
            begin_response(collection=asked.collection, unit=cast.other_school, by=cast.bilal)


class TestSaving:
    def test_it_keeps_each_answer_with_who_wrote_it_and_one_row_of_the_log(self, cast: Cast) -> None:
        asked = make_asked(cast)
        before = AuditEntry.objects.count()
        write(held_by(cast.bilal, asked.response), title="Nimi")
        kept = Response.objects.get().answers["title"]
        assert (kept["value"], kept["revision"], kept["by"]) == ("Nimi", 1, cast.bilal.label)
        assert AuditEntry.objects.count() == before + 1
        assert "Nimi" not in str(AuditEntry.objects.values_list("after", flat=True).first())

    def test_text_past_the_limit_is_kept_whole(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), title="x" * 500)
        assert Response.objects.get().values["title"] == "x" * 500

    def test_the_same_token_is_taken_once(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), token="t1", costs=[{}, {}])
        saved = write(held_by(cast.bilal, asked.response), token="t1", costs=[{}, {}, {}])
        assert saved.repeated
        assert Response.objects.get().values["costs"] == [{}, {}]

    def test_what_is_hidden_stays_in_the_draft(self, cast: Cast) -> None:
        asked = make_asked(cast)
        write(held_by(cast.bilal, asked.response), areas=["a"], costs=[{"sum": 5}])
        write(held_by(cast.bilal, asked.response), areas=["b"])
        assert Response.objects.get().values["costs"] == [{"sum": 5}]

    def test_it_refuses_more_than_a_response_may_hold(self, cast: Cast) -> None:
        asked = make_asked(cast)
        with pytest.raises(AnswerRefused, match="larger"):
            write(held_by(cast.bilal, asked.response), why="x" * 3_000_001)
        assert Response.objects.get().answers == {}


class TestTwoTabs:
    def test_a_page_that_has_not_heard_of_its_last_save_is_no_other(self, cast: Cast) -> None:
        asked = make_asked(cast)

        def send(turn: int, value: str | None, page: str = "one") -> Saved:
            typed = Typed(values={"title": value}, was={"title": digest(None)}, page=page, turn=turn)
            return save_answers(held=held_by(cast.bilal, asked.response), typed=typed)

        send(1, "Robots")
        assert send(2, "Robots for all").conflicts == ()
        assert send(3, None).changed == ("title",)
        send(4, "Robots again")
        assert send(2, "Robots").conflicts == ("title",)

    def test_a_later_save_of_another_page_is_another(self, cast: Cast) -> None:
        asked = make_asked(cast)
        for turn, page in ((5, "one"), (6, "two")):
            typed = Typed(values={"title": page}, was={"title": digest(None)}, page=page, turn=turn)
            saved = save_answers(held=held_by(cast.bilal, asked.response), typed=typed)
        assert saved.conflicts == ("title",)

    def test_answers_to_different_questions_both_stand(self, cast: Cast) -> None:
        asked = make_asked(cast)
        empty = {"title": digest(None), "why": digest(None)}
        one, two = held_by(cast.bilal, asked.response), held_by(cast.bilal, asked.response)
        save_answers(held=one, typed=Typed(values={"title": "A", "why": None}, was=empty, page="one"))
        saved = save_answers(held=two, typed=Typed(values={"title": None, "why": "B"}, was=empty, page="two"))
        assert saved.conflicts == ()
        assert Response.objects.get().values == {"title": "A", "why": "B"}

    def test_two_answers_to_one_question_wait_side_by_side(self, cast: Cast) -> None:
        asked = make_asked(cast)
        empty = {"title": digest(None)}
        save_answers(
            held=held_by(cast.bilal, asked.response), typed=Typed(values={"title": "A"}, was=empty, page="one")
        )
        saved = save_answers(
            held=held_by(cast.bilal, asked.response), typed=Typed(values={"title": "B"}, was=empty, page="two")
        )
        response = Response.objects.get()
        assert saved.conflicts == ("title",)
        assert response.values["title"] == "A"
        assert [one["value"] for one in response.pending["title"]] == ["B"]

    def test_a_page_that_writes_on_changes_its_own_version_only(self, cast: Cast) -> None:
        asked = make_asked(cast)
        empty = {"title": digest(None)}
        held = held_by(cast.bilal, asked.response)
        for page, text in (("one", "A"), ("two", "B"), ("two", "Bb"), ("three", "C")):
            save_answers(held=held, typed=Typed(values={"title": text}, was=empty, page=page))
        response = Response.objects.get()
        assert response.values["title"] == "A"
        assert [one["value"] for one in response.pending["title"]] == ["Bb", "C"]

    def test_a_decision_lets_the_chosen_one_stand(self, cast: Cast) -> None:
        asked = make_asked(cast)
        empty = {"title": digest(None)}
        held = held_by(cast.bilal, asked.response)
        for page, text in (("one", "A"), ("two", "B")):
            save_answers(held=held, typed=Typed(values={"title": text}, was=empty, page=page))
        save_answers(held=held, typed=Typed(values={}, decisions={"title": 0}))
        response = Response.objects.get()
        assert (response.values["title"], response.pending) == ("B", {})

    def test_a_decision_for_the_saved_one_keeps_it(self, cast: Cast) -> None:
        asked = make_asked(cast)
        empty = {"title": digest(None)}
        held = held_by(cast.bilal, asked.response)
        for page, text in (("one", "A"), ("two", "B")):
            save_answers(held=held, typed=Typed(values={"title": text}, was=empty, page=page))
        save_answers(held=held, typed=Typed(values={}, decisions={"title": -1}))
        response = Response.objects.get()
        assert (response.values["title"], response.pending) == ("A", {})


class TestWhoHoldsADraft:
    def test_those_above_the_unit_do_not(self, cast: Cast) -> None:
        asked = make_asked(cast)
        for account in (cast.aino, cast.daniel, cast.celia, cast.farid):
            with pytest.raises(Http404):
                access.response_for(account, asked.response.pk)

    def test_a_person_answers_alone(self, cast: Cast) -> None:
        asked = make_asked(cast)
        collection = make_collection(asked.version, cast.tampere, answered_by="persons")
        own = begin_response(collection=collection, unit=None, by=cast.celia)
        assert access.response_for(cast.celia, own.pk).response == own
        with pytest.raises(Http404):
            access.response_for(cast.bilal, own.pk)
