"""What a project earns is no cost that a grant covers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from luotsi.base.models import AuditEntry
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.spending import write_income
from luotsi.funding.models import Application
from luotsi.funding.queries.spending import spending_of
from luotsi.funding.rules.payable import Bound
from luotsi.funding.tests.granting import make_application
from luotsi.funding.tests.spent import imported, make_grant

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant(cast: Cast) -> Application:
    """A grant of the school whose ledger has not been imported."""
    return make_grant(cast.school, cast.eeva)


class TestIncome:
    def test_it_is_taken_off_the_deficit(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        before = spending_of(grant).payable.amount
        assert before == Decimal("2430.00"), "the percentage binds: nine tenths of 2,700"
        write_income(application=grant, earned=Decimal("300.50"), by=cast.eeva)
        grant.refresh_from_db()
        found = spending_of(grant)
        assert dict(found.payable.bounds)[Bound.DEFICIT] == 2399, "2,399.50 in whole euros, as the call counts"
        assert found.payable.amount == 2399

    def test_it_is_in_the_log_once_and_can_be_unknown_again(self, cast: Cast, grant: Application) -> None:
        for _twice in range(2):
            write_income(application=grant, earned=Decimal(0), by=cast.eeva)
        assert AuditEntry.objects.filter(verb="funding.income.written").count() == 1
        write_income(application=grant, earned=None, by=cast.eeva)
        grant.refresh_from_db()
        assert grant.earned is None

    def test_below_zero_and_without_a_grant_it_is_refused(self, cast: Cast, grant: Application) -> None:
        with pytest.raises(FundingRefused, match="negative"):
            write_income(application=grant, earned=Decimal(-1), by=cast.eeva)
        waiting = make_application(cast.school).application
        with pytest.raises(FundingRefused, match="Nothing has been granted"):
            write_income(application=waiting, earned=Decimal(1), by=cast.eeva)
