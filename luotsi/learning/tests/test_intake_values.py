"""Values of study data on their way in: periods at work each once, what nobody could keep, what is kept and found."""

from __future__ import annotations

import json
from datetime import date

import pytest

from luotsi.learning.actions.intake import IntakeRefused, take_in
from luotsi.learning.engine.deliveries import contents_of
from luotsi.learning.models import Learner, QualityFinding, StudyLine, WorkPeriod
from luotsi.learning.tests import documents
from luotsi.learning.tests.documents import SCHOOL, TODAY, changed
from luotsi.learning.tests.test_intake import EARLIER, LATER, bring
from luotsi.people.tests.cast import Cast

STUDY = "/opiskeluoikeudet/0/suoritukset/0"
DEEP = "[" * 5000 + "]" * 5000


@pytest.fixture
def college(cast: Cast) -> Cast:
    """The cast, whose school has the OID of the documents."""
    cast.school.oid = SCHOOL
    cast.school.save(update_fields=["oid"])
    return cast


def raw(value: object) -> str:
    """Return a value as JSON; what is JSON already stays as it is."""
    return str(value) if isinstance(value, int) or value == DEEP else json.dumps(value)


class TestWork:
    def test_an_agreement_of_the_register_and_the_period_of_the_plan_are_one_row(self, college: Cast) -> None:
        agreement = {"alku": "2026-08-10", "loppu": "2027-03-05", "työssäoppimispaikanYTunnus": "1234567-1"}
        way = {"alku": "2026-08-10", "osaamisenHankkimistapa": {"tunniste": {"koodiarvo": "koulutussopimus"}}}
        told = changed(documents.vocational(), f"{STUDY}/koulutussopimukset", [agreement])
        told = changed(told, f"{STUDY}/osaamisenHankkimistavat", [way])
        bring(college, told, on=EARLIER)
        alone = WorkPeriod.objects.get()
        assert (alone.starts_on, alone.ends_on) == (date(2026, 8, 10), date(2027, 3, 5))
        assert (alone.business_id, alone.in_register, alone.in_plan) == ("1234567-1", True, False)
        bring(college, documents.plan())
        both = WorkPeriod.objects.known().get()
        assert (both.in_register, both.in_plan, both.business_id) == (True, True, "1234567-1")
        assert WorkPeriod.objects.known(EARLIER).get() == alone

    def test_an_agreement_that_ends_earlier_is_known_before_and_after(self, college: Cast) -> None:
        agreement = {"alku": "2026-08-10", "loppu": "2027-03-05"}
        bring(college, changed(documents.vocational(), f"{STUDY}/koulutussopimukset", [agreement]), on=EARLIER)
        agreement = agreement | {"loppu": "2026-11-20"}
        bring(college, changed(documents.vocational(), f"{STUDY}/koulutussopimukset", [agreement]))
        assert WorkPeriod.objects.known(EARLIER).get().ends_on == date(2027, 3, 5)
        assert WorkPeriod.objects.known().get().ends_on == date(2026, 11, 20)

    def test_an_agreement_that_cannot_be_read_keeps_everything_out(self, college: Cast) -> None:
        agreement = {"alku": "2026-02-31", "loppu": "2027-03-05", "työssäoppimispaikanYTunnus": 7}
        told = changed(documents.vocational(), f"{STUDY}/koulutussopimukset", [{"loppu": "2026-09-01"}, agreement])
        with pytest.raises(IntakeRefused) as caught:
            bring(college, told)
        place = "/opiskeluoikeudet/0/suoritukset/0/koulutussopimukset"
        assert {(one["at"], one["code"]) for one in caught.value.faults} == {
            (f"{place}/0/alku", "missing"),
            (f"{place}/1/alku", "not_day"),
            (f"{place}/1/työssäoppimispaikanYTunnus", "not_text"),
        }
        assert not WorkPeriod.objects.exists()


class TestValues:
    @pytest.mark.parametrize(
        ("place", "value", "at", "code"),
        [
            ("/henkilö/sukunimi", "a\x00b", "/henkilö/sukunimi", "not_signs"),
            ("/henkilö/kutsumanimi", "\ud800", "/henkilö/kutsumanimi", "not_signs"),
            (f"{STUDY}/muu", DEEP, STUDY, "too_deep"),
            (f"{STUDY}/osasuoritukset/0/koulutusmoduuli/laajuus/arvo", 10**400, "", "not_number"),
            ("/opiskeluoikeudet/0/arvioituPäättymispäivä", "9999-12-31", "", "not_day"),
        ],
    )
    def test_what_nobody_could_keep_is_told_with_its_place(
        self, college: Cast, place: str, value: object, at: str, code: str
    ) -> None:
        text = json.dumps(changed(documents.vocational(), place, "@")).replace('"@"', raw(value))
        with pytest.raises(IntakeRefused) as caught:
            take_in(
                unit=college.school,
                filename="a.json",
                contents=contents_of("a.json", text.encode()),
                extract_on=TODAY,
                by=college.bilal,
            )
        assert [(one["at"], one["code"]) for one in caught.value.faults] == [(at or place, code)]
        assert not Learner.objects.exists()

    def test_another_permit_is_found_for_as_long_as_it_is_told(self, college: Cast) -> None:
        other = changed(documents.tuva(), "/opiskeluoikeudet/0/järjestämislupa/koodiarvo", "lukio")
        bring(college, documents.tuva(), on=EARLIER)
        bring(college, other)
        bring(college, changed(other, "/opiskeluoikeudet/0/versionumero", 8), on=LATER)
        found = QualityFinding.objects.get(code="X12")
        assert (found.params, found.since) == ({"permit": "lukio", "before": "ammatillinen"}, TODAY)
        assert found.gone_on is None

    def test_an_extent_below_nothing_is_found_and_in_no_sum(self, college: Cast) -> None:
        told = changed(documents.vocational(), f"{STUDY}/osasuoritukset/0/koulutusmoduuli/laajuus/arvo", -45)
        bring(college, told)
        assert StudyLine.objects.get(key="900001").amount is None
        found = QualityFinding.objects.get(code="K25")
        assert found.params == {"extent": "-45"}

    def test_a_code_that_no_list_has_is_kept_and_marked(self, college: Cast) -> None:
        grade = {"koodiarvo": "E10", "koodistoUri": "arviointiasteikkoammatillinen15"}
        bring(college, changed(documents.vocational(), f"{STUDY}/osasuoritukset/0/arviointi/0/arvosana", grade))
        assert StudyLine.objects.get(key="900001").grade == "E10"
        assert QualityFinding.objects.get(code="K26").params == {"value": "E10"}
