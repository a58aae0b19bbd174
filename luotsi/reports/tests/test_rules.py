"""States, blockers and keys in texts, as the rules decide them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules.blockers import Blocker, Seen, Why, blockers, unanswered
from luotsi.reports.rules.content import keys_in, unknown_keys
from luotsi.reports.rules.sections import SECTIONS
from luotsi.reports.rules.states import Move, State, after
from luotsi.reports.tests.written import evaluation_material, every

CONTENT = compose(evaluation_material())


class TestStates:
    def test_the_way_is_draft_frozen_decided_published(self) -> None:
        assert after(State.DRAFT, Move.FREEZE) == State.FROZEN
        assert after(State.FROZEN, Move.APPROVE) == State.APPROVED
        assert after(State.FROZEN, Move.NOTE) == State.NOTED
        assert after(State.APPROVED, Move.PUBLISH) == after(State.NOTED, Move.PUBLISH) == State.PUBLISHED

    @given(st.sampled_from(State), st.lists(st.sampled_from([move for move in Move if move != Move.RENEW])))
    def test_no_way_leads_back(self, state: State, moves: list[Move]) -> None:
        order = [State.DRAFT, State.FROZEN, State.APPROVED, State.NOTED, State.PUBLISHED]
        ranks = {one: place for place, one in enumerate(order)} | {State.NOTED: 2}
        for move in moves:
            following = after(state, move)
            if following is not None:
                assert ranks[following] >= ranks[state]
                state = following

    def test_only_a_draft_is_written(self) -> None:
        assert [state for state in State if after(state, Move.WRITE)] == [State.DRAFT]

    def test_a_frozen_report_is_not_published_undecided(self) -> None:
        assert after(State.FROZEN, Move.PUBLISH) is None


class TestBlockers:
    def test_a_finding_without_an_action_and_a_missing_appendix_are_two(self) -> None:
        bare = Seen(code="K04", label=every("Peruttu"), is_there=False)
        answered = Seen(code="K01", label=every("Erot"), is_there=True)
        appendix = Seen(code="L1", label=every("Kustannukset"), is_there=False)
        found = blockers([bare, answered], [appendix], CONTENT)
        assert [(one.why, one.about) for one in found] == [(Why.NO_ACTION, "K04"), (Why.NO_APPENDIX, "L1")]

    def test_a_text_that_names_no_figure_must_be_mended(self) -> None:
        summary = replace(CONTENT.sections[1], own=Text(fi="Osuus on {I2} ja {NIL}."))
        content = replace(CONTENT, sections=(CONTENT.sections[0], summary, *CONTENT.sections[2:]))
        wrong = [one for one in blockers([], [], content) if one.about == "summary"]
        assert [one.may_be_answered for one in wrong] == [False]
        assert unanswered(wrong, {wrong[0].key: "En korjaa."}) == wrong

    @given(st.text())
    def test_a_reason_of_spaces_is_none(self, reason: str) -> None:
        blocker = Blocker(why=Why.NO_ACTION, about="K04", label=every("Peruttu"))
        left = unanswered([blocker], {blocker.key: reason})
        assert left == ([] if reason.strip() else [blocker])


class TestKeysInTexts:
    def test_they_stand_in_braces(self) -> None:
        assert list(keys_in(Text(fi="Tasolla {I2} ja {B1}.", sv="{I2}"))) == ["I2", "B1", "I2"]

    @given(st.text(alphabet="abc {}1"))
    def test_any_text_is_read_without_an_error(self, text: str) -> None:
        assert set(unknown_keys(Text(fi=text), ())) == set(keys_in(Text(fi=text)))


class TestSections:
    def test_an_evaluation_has_eleven_and_a_comparison_eight(self) -> None:
        assert (len(SECTIONS["evaluation"]), len(SECTIONS["comparison"])) == (11, 8)

    def test_they_stand_in_the_report_in_their_order(self) -> None:
        assert tuple(section.key for section in CONTENT.sections) == SECTIONS["evaluation"]
