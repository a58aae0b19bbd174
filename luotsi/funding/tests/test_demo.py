"""The demo: the application to the ministry with its faults, its corrected copy, and the calls of other years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from luotsi.funding.actions import demo
from luotsi.funding.actions.demo import grants, spending
from luotsi.funding.models import Application, Call, LedgerEntry
from luotsi.funding.queries.check_pages import findings_of
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.doubles import doubles_of
from luotsi.funding.queries.spending import judged_of, spending_of
from luotsi.funding.rules.checks import Severity
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.models import Unit
from luotsi.people.queries.demo import CAST, SCHOOL
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import LONG_AGO, Cast, make_unit
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.queries.authoring.packaged import packaged


@pytest.fixture
def loaded(cast: Cast) -> None:
    """The room's part of the demo, with the units and the form that it stands on."""
    helsinki = make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091")
    pihla = next(member for member in CAST if member.given_name == "Pihla")
    by = add_cast_member(member=pihla, unit=helsinki, valid_from=LONG_AGO)
    publish_version(owner=helsinki, definition=packaged("strategy-form"), by=by)
    with translation.override("fi"):
        assert demo.load_demo()


def _named(word: str) -> Application:
    return next(one for one in Application.objects.all() if word in one.names.fi)


@pytest.mark.usefixtures("loaded")
class TestTheDemo:
    """Real sums, found wrong where they are wrong."""

    def test_it_is_loaded_once_and_taken_away(self) -> None:
        assert not demo.load_demo()
        demo.clear_demo()
        assert not Application.objects.exists()
        assert not Call.objects.exists()

    def test_the_draft_has_the_swapped_rows_and_counts_its_sums(self) -> None:
        draft = _named("luonnos")
        figures = figures_of(draft)
        assert (figures.applied, figures.own_share, figures.total) == (
            Decimal(3316950),
            Decimal(328050),
            Decimal(3645000),
        )
        found, _made, unreadable, _grants = findings_of(draft)
        assert unreadable == ()
        assert {(one.rule, one.severity) for one in found if one.severity is Severity.BLOCK} == {
            ("M2", Severity.BLOCK)
        }

    def test_the_corrected_copy_has_neither_errors_nor_warnings_and_a_hash(self) -> None:
        corrected = _named("korjattu")
        found, _made, unreadable, _grants = findings_of(corrected)
        assert unreadable == ()
        assert [one for one in found if one.severity is not Severity.INFO] == []
        assert corrected.response is not None
        assert len(corrected.response.submissions.get().sha256) == 64
        assert (corrected.state, corrected.applied) == ("submitted", Decimal(3316950))

    def test_the_lab_ends_before_it_begins(self) -> None:
        lab = _named("InnoLab")
        assert (lab.starts_on, lab.ends_on) == (date(2020, 10, 1), date(2020, 7, 31))
        found, _made, _unreadable, _grants = findings_of(lab)
        assert {"D1", "M4"} <= {one.rule for one in found if one.severity is not Severity.INFO}


@pytest.mark.django_db
class TestTheLedgerOfTheDemo:
    """A grant with a year's ledger, beside a small one."""

    def test_it_has_what_ledgers_have_and_is_taken_away(self, cast: Cast, loaded: None) -> None:
        school = Unit.objects.get(pk=cast.school.pk)
        Unit.objects.filter(pk=school.pk).update(key=SCHOOL)
        grants._network(Unit.objects.get(pk=school.pk))
        assert spending.load_demo()
        assert not spending.load_demo()
        application = Application.objects.granted().get(name__fi=grants.NETWORK.fi)
        found = judged_of(application)[0]
        assert {"duplicate", "before_period", "no_class", "refused_by_person"} == set(found.refused)
        assert found.unconverted == {"SEK": Decimal(4200)}
        assert spending_of(application).rule.percent == 10
        assert [str(one.kind) for one in doubles_of(cast.eeva, cast.tampere)] == ["cost", "device"]
        spending.clear_demo()
        assert not LedgerEntry.objects.exists()
