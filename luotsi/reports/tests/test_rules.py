"""States, blockers and keys in texts, as the rules decide them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules.blockers import Blocker, Deviation, Seen, Why, blockers, unanswered
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


def deviation(code: str, *, has_action: bool = True, has_owner: bool = True, has_due_day: bool = True) -> Deviation:
    return Deviation(
        code=code, label=every("Erot"), has_action=has_action, has_owner=has_owner, has_due_day=has_due_day
    )


class TestBlockers:
    def test_a_finding_without_an_action_and_a_missing_appendix_are_two(self) -> None:
        bare = deviation("K04", has_action=False, has_owner=False, has_due_day=False)
        answered = deviation("K01")
        appendix = Seen(code="L1", label=every("Kustannukset"), is_there=False)
        found = blockers([bare, answered], [appendix], CONTENT)
        assert [(one.why, one.about) for one in found] == [(Why.NO_ACTION, "K04"), (Why.NO_APPENDIX, "L1")]

    def test_actions_that_lack_an_owner_are_one_and_those_without_a_due_day_another(self) -> None:
        asked = [deviation("K01", has_owner=False), deviation("K02", has_owner=False, has_due_day=False)]
        found = blockers(asked, [], CONTENT)
        assert [(one.why, one.about) for one in found] == [(Why.NO_OWNER, "K01, K02"), (Why.NO_DUE_DAY, "K02")]
        assert [one.key for one in found] == ["no_owner-K01+K02", "no_due_day-K02"]

    @given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=8))
    def test_nothing_is_missing_only_where_each_finding_has_action_owner_and_due_day(
        self, asked: list[tuple[bool, bool, bool]]
    ) -> None:
        found = blockers(
            [
                deviation(f"K{at}", has_action=action, has_owner=owner, has_due_day=due)
                for at, (action, owner, due) in enumerate(asked)
            ],
            [],
            CONTENT,
        )
        told = {code for one in found for code in one.about.split(", ")}
        assert told == {f"K{at}" for at, has in enumerate(asked) if not all(has)}

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
