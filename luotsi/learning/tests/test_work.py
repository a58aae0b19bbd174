"""Learning at work: what the register tells in three lists is read with its places, and each period counts once."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules import koski
from luotsi.learning.rules.work import AGREEMENT, APPRENTICE, AT_WORK, Period, Span, Workplace, each_once
from luotsi.learning.tests.documents import changed, right_of, vocational

S = "/opiskeluoikeudet/0/suoritukset/0"
days = st.none() | st.dates(date(2024, 8, 1), date(2024, 8, 12))
places = st.sampled_from((None, Workplace("", "", ""), Workplace("", "1234567-1", ""), Workplace("", "0737546-2", "")))
periods = st.builds(
    Period,
    code=st.sampled_from((AGREEMENT, APPRENTICE, "oppilaitosmuotoinenkoulutus")),
    span=st.builds(Span, starts_on=days, ends_on=days, at=st.just("")),
    workplace=places,
)
lists = st.lists(periods, max_size=6)


def study_with(**lists: Any) -> koski.Study:
    """Return the studies of the vocational learner with some lists of theirs."""
    data = vocational()
    for name, value in lists.items():
        data = changed(data, f"{S}/{name}", value)
    (study,) = right_of(data).studies
    return study


def way(code: str, start: str, **more: Any) -> dict[str, Any]:
    """Return a way of acquiring competence as the register tells it."""
    contract = {"oppisopimus": more.pop("oppisopimus")} if "oppisopimus" in more else {}
    return {"alku": start, "osaamisenHankkimistapa": {"tunniste": {"koodiarvo": code}, **contract}, **more}


class TestReading:
    def test_an_agreement_has_its_days_and_its_workplace(self) -> None:
        told = {"alku": "2026-08-10", "loppu": "2026-12-18", "työssäoppimispaikka": {"sv": "Exempelarbete"}}
        study = study_with(koulutussopimukset=[told | {"työssäoppimispaikanYTunnus": "1234567-1"}])
        (one,) = study.at_work
        assert (one.code, one.business_id) == (AGREEMENT, "1234567-1")
        assert (one.span.starts_on, one.span.ends_on) == (date(2026, 8, 10), date(2026, 12, 18))
        assert one.span.at == f"{S}/koulutussopimukset/0"
        assert one.workplace
        assert one.workplace.name == "Exempelarbete"

    def test_a_contract_of_apprenticeship_has_an_employer_and_ends_when_it_is_cancelled(self) -> None:
        contract = {"työnantaja": {"nimi": {"fi": "Esimerkkityö"}, "yTunnus": "1234567-1"}}
        cancelled = contract | {"oppisopimuksenPurkaminen": {"päivä": "2026-10-02", "purettuKoeajalla": False}}
        ways = [
            way(APPRENTICE, "2026-08-10", loppu="2027-06-04", oppisopimus=cancelled),
            way(APPRENTICE, "2026-10-05", oppisopimus=contract),
        ]
        ended, runs = study_with(osaamisenHankkimistavat=ways).at_work
        assert (ended.span.ends_on, ended.business_id) == (date(2026, 10, 2), "1234567-1")
        assert runs.span.ends_on is None

    def test_a_day_of_cancelling_before_the_beginning_tells_nothing_of_the_period(self) -> None:
        cancelled = {"oppisopimuksenPurkaminen": {"päivä": "2013-03-20", "purettuKoeajalla": True}}
        (one,) = study_with(osaamisenHankkimistavat=[way(APPRENTICE, "2026-08-10", oppisopimus=cancelled)]).at_work
        assert one.span.ends_on is None

    def test_forms_of_arrangement_until_2018_tell_of_apprentices(self) -> None:
        forms = [
            {"alku": "2016-09-01", "järjestämismuoto": {"tunniste": {"koodiarvo": "10"}}},
            {"alku": "2017-01-09", "järjestämismuoto": {"tunniste": {"koodiarvo": "20"}}},
        ]
        (one,) = study_with(järjestämismuodot=forms).at_work
        assert (one.code, one.span.starts_on, one.span.at) == (
            APPRENTICE,
            date(2017, 1, 9),
            f"{S}/järjestämismuodot/1",
        )

    def test_studies_at_school_are_no_period_at_work(self) -> None:
        assert right_of(vocational()).studies[0].at_work == ()


class TestEachOnce:
    def test_agreements_stand_for_the_way_that_tells_the_same_less_exactly(self) -> None:
        study = study_with(
            osaamisenHankkimistavat=[way(AGREEMENT, "2026-08-10", loppu="2027-06-04")],
            koulutussopimukset=[
                {"alku": "2026-08-10", "loppu": "2026-10-16"},
                {"alku": "2027-01-11", "loppu": "2027-03-05"},
            ],
        )
        assert [one.span.starts_on for one in study.at_work] == [date(2026, 8, 10), date(2027, 1, 11)]

    @given(lists, st.lists(periods.filter(lambda one: one.code == AGREEMENT), max_size=4))
    def test_every_period_is_there_and_none_twice(self, ways: list[Period], agreements: list[Period]) -> None:
        found = each_once(ways, agreements)
        keys = [(one.code, one.business_id, one.span.starts_on, one.span.ends_on) for one in found]
        assert len(keys) == len(set(keys))
        for one in (*agreements, *(one for one in ways if one.code in AT_WORK)):
            is_told = (one.code, one.business_id, one.span.starts_on, one.span.ends_on) in keys
            assert is_told or (one.code == AGREEMENT and any(one.is_same(each) for each in agreements))
        assert each_once(ways, (*agreements, *agreements)) == found

    @given(periods, periods)
    def test_being_the_same_goes_both_ways(self, one: Period, other: Period) -> None:
        assert one.is_same(other) == other.is_same(one)

    def test_the_same_days_at_two_workplaces_are_two_periods(self) -> None:
        span = Span(date(2026, 8, 10), date(2026, 12, 18), "")
        one, other = (Period(AGREEMENT, span, Workplace("", number, "")) for number in ("1234567-1", "0737546-2"))
        assert not one.is_same(other)
        assert len(each_once([], [one, other])) == 2
        assert one.is_same(Period(AGREEMENT, span))
