"""Who may fetch what: strangers find nothing, those who may look only are told so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from luotsi.indicators import access
from luotsi.indicators.actions.targets import TargetRefused, set_target, withdraw_target
from luotsi.indicators.models import Indicator, Target
from luotsi.indicators.queries.search import found_by
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.tests.telling import make_indicator, tell
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(cast: Cast) -> Indicator:
    """A share that the region follows."""
    return make_indicator("share", cast.region)


class TestIndicators:
    def test_everybody_in_the_region_follows_what_the_region_follows(self, cast: Cast, share: Indicator) -> None:
        for visitor, unit in ((cast.aino, cast.region), (cast.bilal, cast.school), (cast.celia, cast.school)):
            assert access.indicator_for(visitor, unit, "share") == share

    def test_strangers_find_nothing(self, cast: Cast, share: Indicator) -> None:
        for visitor, unit in ((cast.farid, cast.elsewhere), (cast.farid, cast.region), (cast.bilal, cast.nokia)):
            with pytest.raises(Http404):
                access.indicator_for(visitor, unit, "share")

    def test_one_of_everybody_is_nobodys_to_define(self, cast: Cast) -> None:
        make_indicator("common", None)
        with pytest.raises(PermissionDenied):
            access.indicator_for(cast.aino, cast.region, "common", Right.DEFINE)

    def test_the_owner_defines(self, cast: Cast, share: Indicator) -> None:
        assert access.indicator_for(cast.aino, cast.tampere, "share", Right.DEFINE) == share
        with pytest.raises(PermissionDenied):
            access.indicator_for(cast.bilal, cast.school, "share", Right.DEFINE)

    def test_a_search_finds_them_by_name_and_leads_where_the_visitor_may_go(
        self, cast: Cast, share: Indicator
    ) -> None:
        assert [hit.url for hit in found_by(cast.aino, "SHARE")] == [f"/u/{cast.region.key}/indicators/share/"]
        assert [hit.url for hit in found_by(cast.bilal, "share")] == [f"/u/{cast.school.key}/indicators/share/"]
        assert found_by(cast.farid, "share") == []


class TestObservations:
    def test_those_who_work_with_figures_see_them_as_they_were_entered(self, cast: Cast, share: Indicator) -> None:
        told = tell(share, cast.school, "2024", 2, 40)
        for visitor in (cast.aino, cast.bilal, cast.daniel):
            assert access.observation_for(visitor, cast.school, told.pk) == told
            assert told in access.observations_visible_to(visitor, cast.school)

    def test_others_see_protected_figures_only(self, cast: Cast, share: Indicator) -> None:
        told = tell(share, cast.school, "2024", 2, 40)
        for visitor in (cast.celia, cast.eeva, cast.hilkka):
            with pytest.raises(PermissionDenied):
                access.observation_for(visitor, cast.school, told.pk)
            assert not access.observations_visible_to(visitor, cast.school).exists()

    def test_strangers_and_those_of_another_unit_find_nothing(self, cast: Cast, share: Indicator) -> None:
        told = tell(share, cast.other_school, "2024", 2, 40)
        for visitor, scope in (
            (cast.farid, cast.elsewhere),
            (cast.bilal, cast.other_school),
            (cast.aino, cast.school),
        ):
            with pytest.raises(Http404):
                access.observation_for(visitor, scope, told.pk)

    def test_a_principal_enters_but_does_not_approve(self, cast: Cast, share: Indicator) -> None:
        told = tell(share, cast.school, "2024", 20, 40)
        assert access.observation_for(cast.bilal, cast.school, told.pk, Right.ENTER) == told
        with pytest.raises(PermissionDenied):
            access.observation_for(cast.bilal, cast.school, told.pk, Right.APPROVE)


class TestTargets:
    def test_those_below_see_the_target_of_the_whole_but_not_those_of_their_neighbours(
        self, cast: Cast, share: Indicator
    ) -> None:
        whole = set_target(indicator=share, unit=cast.region, period="2027", value=Decimal(80), by=None)
        other = set_target(indicator=share, unit=cast.other_school, period="2027", value=Decimal(80), by=None)
        assert access.target_for(cast.bilal, cast.school, whole.pk) == whole
        for scope in (cast.school, cast.region):
            with pytest.raises(Http404):
                access.target_for(cast.bilal, scope, other.pk)
        with pytest.raises(PermissionDenied):
            access.target_for(cast.bilal, cast.school, whole.pk, Right.DEFINE)

    def test_a_new_target_takes_the_place_of_the_old_one_which_is_kept(self, cast: Cast, share: Indicator) -> None:
        old = set_target(indicator=share, unit=cast.region, period="2027", value=Decimal(80), by=None)
        new = set_target(indicator=share, unit=cast.region, period="2027", value=Decimal(90), by=None)
        assert list(Target.objects.in_force()) == [new]
        old.refresh_from_db()
        assert old.withdrawn_at is not None

    def test_it_refuses_points_that_make_no_path_and_a_withdrawal_without_a_reason(
        self, cast: Cast, share: Indicator
    ) -> None:
        from luotsi.indicators.rules.values import PathKind

        for points in ((), (("2028", Decimal(1)),), (("2026", Decimal(1)), ("2026", Decimal(2)))):
            with pytest.raises(TargetRefused):
                set_target(
                    indicator=share,
                    unit=cast.region,
                    period="2027",
                    value=Decimal(80),
                    path=PathKind.POINTS,
                    points=points,
                    by=None,
                )
        target = set_target(indicator=share, unit=cast.region, period="2027", value=Decimal(80), by=None)
        with pytest.raises(TargetRefused):
            withdraw_target(target=target, reason="", by=None)
