"""Founding a city region: providers that share a plan come below one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.people.actions.adding import provider_of
from luotsi.people.actions.units import UnitDetails, UnitRefused, add_unit, checked
from luotsi.people.models import Unit
from luotsi.people.models.units import path_below
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.base.names import Names
    from luotsi.people.models import Account, Municipality


@transaction.atomic
def found_region(*, names: Names, members: Sequence[Municipality], by: Account | None) -> Unit:
    """Add a city region and bring the education providers of its member municipalities below it.

    A provider that is not there yet is added; one that is there moves with its institutions, groups, roles and
    history. The region begins when the oldest of them did, but not after today. Everything or nothing is done.

    Raises:
        UnitRefused: no member, no name, or a provider that belongs to another region.
    """
    numbers = [member.number for member in members]
    there = Unit.objects.select_for_update(of=("self",)).select_related("parent")
    providers = list(there.filter(kind=Kind.PROVIDER, municipality_number__in=numbers, valid_to=None))
    if reasons := _reasons_to_refuse(members, providers):
        raise UnitRefused(*reasons)
    begins = min([clock.today(), *(provider.valid_from for provider in providers)])
    details = UnitDetails(name_fi=names.fi, name_sv=names.sv, name_en=names.en, valid_from=begins)
    region = add_unit(kind=Kind.REGION, parent=None, details=details, by=by)
    for provider in providers:
        _move(provider, region, by)
    for member in members:
        provider_of(municipality=member, below=region, by=by)
    return region


def _reasons_to_refuse(members: Sequence[Municipality], providers: list[Unit]) -> list[Reason]:
    reasons = [
        Reason(
            _("%(unit)s belongs to another region: %(region)s.") % {"unit": provider, "region": provider.parent},
            field="members",
        )
        for provider in providers
        if provider.parent
    ]
    if not members:
        reasons.append(Reason(_("A region needs at least one education provider."), field="members"))
    return reasons


def _move(provider: Unit, region: Unit, by: Account | None) -> None:
    """Put a provider below a region; the paths of everything below it, by which roles reach, follow at once."""
    before = audit.snapshot(provider, "parent")
    old = provider.path
    provider.parent, provider.path = region, path_below(region, provider.pk)
    checked(provider)
    below = Concat(Value(provider.path), Substr("path", len(old) + 1))
    Unit.objects.filter(path__startswith=old).update(path=below)
    provider.save(update_fields=["parent"])
    after = audit.snapshot(provider, "parent")
    audit.record(by=by, verb="people.unit.moved", target=provider, before=before, after=after, unit_id=provider.pk)
