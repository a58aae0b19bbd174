"""Own calls: what publishing needs, what stays as it is afterwards, how a closing is moved, what is copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.funding.actions.own_calls import (
    CriterionDetails,
    OfficerDetails,
    add_criterion,
    add_officer,
    begin_own_call,
    change_criterion,
    change_own_call,
    copy_own_call,
    criterion_details,
    discard_own_call,
    end_officer,
    move_closing,
    own_details_of,
    publish_call,
    remove_criterion,
    unpublish_call,
    withdraw_call,
)
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Call, CallOfficer, Criterion
from luotsi.funding.queries.checklist import point_rows, prepared
from luotsi.funding.rules.applicants import Applicants, Asked, NotEligible, why_not
from luotsi.funding.rules.publishing import (
    ADVISED,
    Point,
    Prepared,
    Weighed,
    Wrong,
    checklist,
    lacking,
    left_to_weigh,
    moving,
)
from luotsi.funding.tests.calling import CRITERIA, make_draft, make_open_call, own_details
from luotsi.funding.tests.making import make_officer
from luotsi.questionnaires.models import Collection

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
WHY = Names(fi="Lomake oli poikki.", sv="Blanketten var ur funktion.")
FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001 - the strategy adds the zone
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
languages = st.frozensets(st.sampled_from(["fi", "sv", "en"]))
weights = st.lists(st.decimals("0.01", 100, places=2), max_size=6)
drafts = st.builds(
    Prepared,
    name=languages,
    text=languages,
    eligibility=languages,
    applicants=st.sampled_from(["", "institutions"]),
    budget=st.none() | st.decimals(0, 10**6, places=2),
    opens_at=st.none() | moments,
    closes_at=st.none() | moments,
    has_form=st.booleans(),
    criteria=st.lists(st.builds(Weighed, languages=languages, weight=st.just(Decimal(50))), max_size=3).map(tuple),
    officers=st.integers(0, 2),
    share=st.booleans(),
)


class TestTheChecklist:
    """What keeps a call from being published, as a pure rule."""

    @given(drafts)
    def test_nothing_is_lacking_exactly_when_everything_needed_is_done(self, one: Prepared) -> None:
        points = checklist(one, NOW)
        assert lacking(one, NOW) == tuple(p.point for p in points if p.is_needed and not p.is_done)
        assert all(p.is_needed == (p.point not in ADVISED) for p in points)

    @given(drafts)
    def test_a_call_that_lacks_nothing_is_in_both_languages_and_weighs_100(self, one: Prepared) -> None:
        if not lacking(one, NOW):
            assert {"fi", "sv"} <= one.name & one.text & one.eligibility
            assert sum(criterion.weight for criterion in one.criteria) == 100
            assert one.closes_at is not None
            assert one.closes_at > NOW

    @given(weights)
    def test_what_is_left_and_the_weights_are_100(self, found: list[Decimal]) -> None:
        assert left_to_weigh(found) + sum(found, Decimal(0)) == 100

    def test_a_term_that_is_not_stated_does_not_keep_it_back(self) -> None:
        both = frozenset({"fi", "sv"})
        whole = Prepared(
            name=both,
            text=both,
            eligibility=both,
            applicants="institutions",
            budget=Decimal(1),
            opens_at=NOW,
            closes_at=NOW + timedelta(seconds=1),
            has_form=True,
            criteria=(Weighed(languages=both, weight=Decimal(100)),),
            officers=1,
        )
        assert lacking(whole, NOW) == ()
        assert lacking(whole, NOW + timedelta(seconds=1)) == (Point.AHEAD,)


class TestMovingAsARule:
    @given(was=moments, to=moments, now=moments)
    def test_an_open_call_never_closes_earlier(self, was: datetime, to: datetime, now: datetime) -> None:
        found = moving("open", opens_at=None, was=was, to=to, now=now)
        assert (found is None) == (to > was and to > now)

    @given(was=moments, to=moments, now=moments, state=st.sampled_from(["closed", "withdrawn", "draft"]))
    def test_a_call_that_is_over_or_a_draft_is_not_moved(
        self, was: datetime, to: datetime, now: datetime, state: str
    ) -> None:
        assert moving(state, opens_at=None, was=was, to=to, now=now) in {Wrong.OVER, Wrong.DRAFT}

    def test_before_it_opens_it_may_close_earlier_but_not_before_it_opens(self) -> None:
        opens, was = NOW + timedelta(days=2), NOW + timedelta(days=9)
        assert moving("coming", opens_at=opens, was=was, to=was - timedelta(days=1), now=NOW) is None
        assert moving("coming", opens_at=opens, was=was, to=opens, now=NOW) is Wrong.BEFORE_OPENING


class TestWhoMayApply:
    paths = st.lists(st.sampled_from(["a/", "a/b/", "c/"]), max_size=2).map(tuple)

    @given(paths=paths, kind=st.sampled_from(["institution", "provider"]), path=st.sampled_from(["a/b/x/", "c/y/"]))
    def test_a_unit_may_when_its_kind_and_its_place_are_asked(
        self, paths: tuple[str, ...], kind: str, path: str
    ) -> None:
        found = why_not(Asked(applicants=Applicants.INSTITUTIONS, paths=paths), kind, path)
        within = not paths or any(path.startswith(one) for one in paths)
        expected = NotEligible.KIND if kind == "provider" else None if within else NotEligible.ELSEWHERE
        assert found == expected


class TestADraft:
    def test_it_begins_with_its_funder_and_its_first_officer(self, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        call = make_draft(cast.tampere, officer)
        assert call.funder.unit == cast.tampere
        assert [one.person for one in call.officers.all()] == [officer.person]
        assert call.state_at(clock.now()) == "draft"

    def test_a_second_call_has_the_same_funder_and_another_address(self, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        first, second = make_draft(cast.tampere, officer), make_draft(cast.tampere, officer)
        assert first.funder == second.funder
        assert first.slug != second.slug

    def test_it_refuses_units_that_are_not_there(self, cast: Cast) -> None:
        details = own_details(cast.tampere)
        wrong = type(details)(terms=details.terms, applicants="institutions", eligible=("nowhere",))
        with pytest.raises(FundingRefused, match="nowhere"):
            begin_own_call(owner=cast.tampere, details=wrong, by=None)

    def test_what_has_not_changed_leaves_no_row_in_the_log(self, cast: Cast) -> None:
        call = make_draft(cast.tampere, make_officer(cast.tampere))
        change_own_call(call=call, details=own_details_of(call), by=None)
        assert not AuditEntry.objects.filter(verb="funding.owncall.changed").exists()

    def test_weights_never_go_over_100(self, cast: Cast) -> None:
        call = make_draft(cast.tampere, make_officer(cast.tampere))
        more = CriterionDetails(name=Names(fi="Lisää"), weight=Decimal("0.01"))
        with pytest.raises(FundingRefused, match="100"):
            add_criterion(call=call, details=more, by=None)
        first = call.criteria.all()[0]
        lighter = criterion_details(first)
        change_criterion(criterion=first, details=type(lighter)(**{**vars(lighter), "weight": Decimal(50)}), by=None)
        assert left_to_weigh(one.weight for one in prepared(call).criteria) == 10

    def test_it_can_be_taken_away_and_the_log_keeps_it(self, cast: Cast) -> None:
        call = make_draft(cast.tampere, make_officer(cast.tampere))
        discard_own_call(call=call, by=None)
        assert not Call.objects.filter(pk=call.pk).exists()
        assert AuditEntry.objects.get(verb="funding.owncall.discarded").before["slug"] == call.slug


class TestPublishing:
    def test_it_is_refused_with_everything_that_is_lacking(self, cast: Cast) -> None:
        details = own_details(cast.tampere, text=Names(fi="Vain suomeksi."), budget=None)
        call = begin_own_call(owner=cast.tampere, details=details, by=None)
        with pytest.raises(FundingRefused) as told:
            publish_call(call=call, by=None)
        words = str(told.value)
        for point in ("Swedish", "sum to be granted", "form of the application", "criteria", "officer"):
            assert point in words
        assert {row.key for row in point_rows(call) if row.mark == "bad"} == {
            "text",
            "budget",
            "form",
            "criteria",
            "weights",
            "officers",
        }

    def test_it_opens_the_form_to_the_second_for_the_units_it_asks(self, cast: Cast) -> None:
        call = make_open_call(cast)
        assert call.collection is not None
        assert (call.collection.opens_at, call.collection.closes_at) == (call.opens_at, call.closes_at)
        assert call.collection.answered_by == Collection.Answerer.INSTITUTIONS
        assert call.collection.version == call.form

    def test_what_it_says_stays_as_it_is(self, cast: Cast) -> None:
        call = make_open_call(cast)
        with pytest.raises(FundingRefused, match="published"):
            change_own_call(call=call, details=own_details(cast.tampere), by=None)
        with pytest.raises(FundingRefused, match="published"):
            remove_criterion(criterion=call.criteria.all()[0], by=None)
        with pytest.raises(FundingRefused, match="published"):
            publish_call(call=call, by=None)

    def test_it_can_be_taken_back_until_it_opens(self, cast: Cast) -> None:
        officer, now = make_officer(cast.tampere), clock.now()
        details = own_details(cast.tampere, opens_at=now + timedelta(days=1))
        call = publish_call(call=make_draft(cast.tampere, officer, details), by=officer)
        back = unpublish_call(call=call, by=officer)
        assert back.state_at(now) == "draft"
        assert publish_call(call=back, by=officer).state_at(now) == "coming"

    def test_an_open_call_is_not_taken_back(self, cast: Cast) -> None:
        with pytest.raises(FundingRefused, match="Withdraw"):
            unpublish_call(call=make_open_call(cast), by=None)


class TestMovingTheClosing:
    def test_it_moves_with_its_form_and_tells_why(self, cast: Cast) -> None:
        call = make_open_call(cast)
        was, to = call.closes_at, (call.closes_at or clock.now()) + timedelta(days=2)
        moved = move_closing(call=call, to=to, because=WHY, by=None)
        assert moved.closes_at == to
        assert Collection.objects.get(owner=call.owner).closes_at == to
        assert moved.postponed[0]["reason"] == {"fi": WHY.fi, "sv": WHY.sv}
        assert datetime.fromisoformat(moved.postponed[0]["closed_at"]) == was
        assert AuditEntry.objects.get(verb="funding.owncall.moved").reason == WHY.text

    def test_never_earlier_and_never_without_a_reason(self, cast: Cast) -> None:
        call = make_open_call(cast)
        closes = call.closes_at or clock.now()
        with pytest.raises(FundingRefused, match="never closes earlier"):
            move_closing(call=call, to=closes - timedelta(seconds=1), because=WHY, by=None)
        with pytest.raises(FundingRefused, match="reason"):
            move_closing(call=call, to=closes + timedelta(days=1), because=Names(), by=None)


class TestWithdrawing:
    def test_it_takes_no_answers_any_more_and_its_page_tells_why(self, cast: Cast) -> None:
        call = make_open_call(cast)
        withdrawn = withdraw_call(call=call, because=WHY, by=None)
        now = clock.now()
        assert withdrawn.state_at(now) == "withdrawn"
        assert Collection.objects.get(owner=call.owner).state_at(now) == "closed"
        with pytest.raises(FundingRefused, match="has not closed"):
            withdraw_call(call=call, because=WHY, by=None)

    def test_a_draft_is_not_withdrawn(self, cast: Cast) -> None:
        with pytest.raises(FundingRefused, match="published call"):
            withdraw_call(call=make_draft(cast.tampere, make_officer(cast.tampere)), because=WHY, by=None)


class TestCopying:
    def test_texts_terms_form_and_criteria_are_taken_days_are_not(self, cast: Cast) -> None:
        officer = make_officer(cast.tampere)
        earlier = make_open_call(cast, officer)
        made = copy_own_call(call=earlier, officer=officer.person, by=officer)
        assert made.state_at(clock.now()) == "draft"
        assert (made.name, made.text, made.budget, made.form) == (
            earlier.name,
            earlier.text,
            earlier.budget,
            earlier.form,
        )
        assert (made.opens_at, made.closes_at, made.collection) == (None, None, None)
        assert [one.weight for one in made.criteria.all()] == [one.weight for one in CRITERIA]
        assert {row.key for row in point_rows(made) if row.mark == "bad"} == {"opens", "closes"}


class TestOfficers:
    def test_only_those_with_the_role_handle_a_call(self, cast: Cast) -> None:
        call = make_draft(cast.tampere, make_officer(cast.tampere))
        details = OfficerDetails(since=clock.today())
        with pytest.raises(FundingRefused, match="no role"):
            add_officer(call=call, person=cast.bilal.person, details=details, by=None)
        other = make_officer(cast.region, "Orvokki")
        assert add_officer(call=call, person=other.person, details=details, by=None).pk is not None

    def test_a_published_call_keeps_somebody(self, cast: Cast) -> None:
        call = make_open_call(cast)
        only = CallOfficer.objects.get(call=call)
        with pytest.raises(FundingRefused, match="another officer"):
            end_officer(officer=only, by=None)
        other = make_officer(cast.region, "Orvokki")
        add_officer(call=call, person=other.person, details=OfficerDetails(since=clock.today()), by=None)
        assert end_officer(officer=only, by=None).until == clock.today() - timedelta(days=1)


@pytest.mark.django_db
def test_a_scale_that_falls_is_refused(cast: Cast) -> None:
    call = make_draft(cast.tampere, make_officer(cast.tampere))
    first = Criterion.objects.filter(call=call)[0]
    told = criterion_details(first)
    wrong = type(told)(**{**vars(told), "lowest": Decimal(5), "highest": Decimal(1), "threshold": None})
    with pytest.raises(FundingRefused, match="scale"):
        change_criterion(criterion=first, details=wrong, by=None)
