"""Adding, changing, ending and reopening units."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.base.models import AuditEntry
from luotsi.people.actions import units as actions
from luotsi.people.actions.adding import add_with_leader
from luotsi.people.actions.invitations import Invitee
from luotsi.people.actions.units import UnitDetails, UnitRefused
from luotsi.people.models import Invitation, Unit
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
NEW = UnitDetails(name_fi="Uusi esimerkkikoulu", valid_from=clock.today())


def fields(refused: pytest.ExceptionInfo[UnitRefused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


class TestAddingAUnit:
    def test_it_stands_below_its_parent_with_an_audit_row(self, cast: Cast) -> None:
        unit = actions.add_unit(kind=Kind.INSTITUTION, parent=cast.tampere, details=NEW, by=cast.aino)
        assert unit.path.startswith(cast.tampere.path)
        assert unit.ancestor_ids == [cast.region.pk, cast.tampere.pk]
        entry = AuditEntry.objects.latest("seq")
        assert (entry.verb, entry.target_id, entry.actor_id) == ("people.unit.added", str(unit.pk), cast.aino.pk)
        assert entry.after["name_fi"] == "Uusi esimerkkikoulu"

    def test_it_gets_an_address_of_its_own_when_the_name_is_taken(self, cast: Cast) -> None:
        first = actions.add_unit(kind=Kind.INSTITUTION, parent=cast.tampere, details=NEW, by=cast.aino)
        second = actions.add_unit(kind=Kind.INSTITUTION, parent=cast.tampere, details=NEW, by=cast.aino)
        third = actions.add_unit(kind=Kind.INSTITUTION, parent=cast.tampere, details=NEW, by=cast.aino)
        assert len({first.key, second.key, third.key}) == 3

    def test_it_refuses_a_school_without_a_provider(self, cast: Cast) -> None:
        with pytest.raises(UnitRefused) as refused:
            actions.add_unit(kind=Kind.INSTITUTION, parent=cast.region, details=NEW, by=cast.aino)
        assert fields(refused) == {"parent"}

    def test_it_tells_every_reason_at_once(self, cast: Cast) -> None:
        details = UnitDetails(institution_number="99001", valid_from=LONG_AGO - timedelta(days=1))
        with pytest.raises(UnitRefused) as refused:
            actions.add_unit(kind=Kind.INSTITUTION, parent=cast.tampere, details=details, by=cast.aino)
        assert len(refused.value.reasons) >= 3
        assert "valid_from" in fields(refused)

    def test_a_refusal_leaves_nothing_behind(self, cast: Cast) -> None:
        before = (Unit.objects.count(), AuditEntry.objects.count(), Invitation.objects.count())
        invitee = Invitee(email="not an address", given_name="Oona", family_name="Esimerkki")
        with pytest.raises(Refused):
            add_with_leader(kind=Kind.INSTITUTION, parent=cast.tampere, details=NEW, invitee=invitee, by=cast.aino)
        assert before == (Unit.objects.count(), AuditEntry.objects.count(), Invitation.objects.count())

    def test_the_database_is_the_last_witness(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(pk=cast.school.pk).update(valid_to=LONG_AGO - timedelta(days=1))


class TestChangingAUnit:
    def test_it_writes_before_and_after_of_what_changed_only(self, cast: Cast) -> None:
        details = UnitDetails(
            name_fi=cast.school.name_fi, name_sv="Ny", institution_number="99001", valid_from=LONG_AGO
        )
        actions.change_unit(unit=cast.school, details=details, by=cast.aino)
        entry = AuditEntry.objects.latest("seq")
        assert (entry.before, entry.after) == ({"name_sv": "Hackspettens exempelskola"}, {"name_sv": "Ny"})

    def test_it_leaves_no_audit_row_when_nothing_changed(self, cast: Cast) -> None:
        count = AuditEntry.objects.count()
        same = {name: getattr(cast.school, name) for name in UnitDetails.__dataclass_fields__}
        actions.change_unit(unit=cast.school, details=UnitDetails(**same), by=cast.aino)
        assert AuditEntry.objects.count() == count

    def test_it_refuses_the_number_of_another_school(self, cast: Cast) -> None:
        details = UnitDetails(name_fi="X", institution_number="99002", valid_from=LONG_AGO)
        with pytest.raises(UnitRefused) as refused:
            actions.change_unit(unit=cast.school, details=details, by=cast.aino)
        assert [str(reason.message) for reason in refused.value.reasons] == [
            "Another unit has this institution number."
        ]


class TestEndingAUnit:
    def test_it_stays_readable_and_leaves_the_lists(self, cast: Cast) -> None:
        yesterday = clock.today() - timedelta(days=1)
        actions.end_unit(unit=cast.school, last_day=yesterday, reason="Merged", by=cast.aino)
        assert cast.school not in Unit.objects.in_force(clock.today())
        assert cast.school in Unit.objects.ended(clock.today())
        assert AuditEntry.objects.latest("seq").reason == "Merged"

    def test_it_refuses_while_units_below_go_on(self, cast: Cast) -> None:
        with pytest.raises(UnitRefused) as refused:
            actions.end_unit(unit=cast.tampere, last_day=clock.today(), reason="", by=cast.aino)
        assert "Saukon esimerkkikoulu" in str(refused.value)

    def test_it_can_be_taken_back(self, cast: Cast) -> None:
        actions.end_unit(unit=cast.school, last_day=clock.today(), reason="", by=cast.aino)
        actions.reopen_unit(unit=cast.school, by=cast.aino)
        assert Unit.objects.get(pk=cast.school.pk).valid_to is None

    def test_a_unit_is_not_reopened_under_one_that_has_ended(self, cast: Cast) -> None:
        yesterday = clock.today() - timedelta(days=1)
        for unit in (cast.school, cast.other_school, cast.tampere):
            actions.end_unit(unit=unit, last_day=yesterday, reason="", by=cast.aino)
        cast.school.refresh_from_db()
        with pytest.raises(UnitRefused):
            actions.reopen_unit(unit=cast.school, by=cast.aino)

    def test_only_an_ended_unit_is_reopened(self, cast: Cast) -> None:
        with pytest.raises(UnitRefused):
            actions.reopen_unit(unit=cast.school, by=cast.aino)
