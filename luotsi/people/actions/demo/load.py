"""Loads the demo in one transaction, or takes it away and loads it again."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit
from luotsi.base.errors import Reason, Refused
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.actions.demo.history import add_history
from luotsi.people.actions.demo.staff import add_staff
from luotsi.people.actions.demo.units import add_tree
from luotsi.people.actions.reference import load_reference
from luotsi.people.models import Account, Invitation, Person, RoleAssignment, Unit, UnitImport
from luotsi.people.queries.demo import CAST, DEMO_PASSWORD, REGION

CAST_BEGAN = date(2023, 8, 1)


class DemoRefused(Refused):
    """The demo is not for this installation."""


def load_demo() -> bool:
    """Load the demo of every room; return False when all was there. Raises DemoRefused outside LUOTSI_DEMO.

    settings.LUOTSI_DEMO_STEPS names the modules of the rooms above, each with `load_demo() -> bool` and
    `clear_demo() -> None`; they are loaded in the order of the list and cleared the other way round.
    """
    _refuse_outside_demo()
    loaded = _load_people()
    for step in settings.LUOTSI_DEMO_STEPS:
        with translation.override("fi"):
            loaded = import_module(step).load_demo() or loaded
    return loaded


def _load_people() -> bool:
    if Unit.objects.filter(key=REGION).exists():
        return False
    with transaction.atomic(), translation.override("fi"):
        load_reference()
        tree = add_tree()
        password = make_password(DEMO_PASSWORD)
        units = {unit.key: unit for unit in Unit.objects.filter(key__in={member.unit for member in CAST})}
        cast = {
            member.given_name: add_cast_member(
                member=member, unit=units[member.unit], valid_from=_began(units[member.unit]), password=password
            )
            for member in CAST
        }
        add_staff(tree)
        add_history(tree, cast)
    return True


def _began(unit: Unit) -> date:
    return max(CAST_BEGAN, unit.valid_from)


@transaction.atomic
def reset_demo() -> None:
    """Take away every unit, person and account; the audit log stays, it is append-only."""
    _refuse_outside_demo()
    for step in reversed(settings.LUOTSI_DEMO_STEPS):
        import_module(step).clear_demo()
    Session.objects.all().delete()
    Invitation.objects.all().delete()
    UnitImport.objects.all().delete()
    RoleAssignment.objects.all().delete()
    Person.objects.all().delete()
    Account.objects.all().delete()
    region = Unit.objects.filter(key=REGION).first()
    for unit_kind in ("group", "institution", "provider", "region"):
        Unit.objects.filter(kind=unit_kind).delete()
    if region:
        audit.record(by=None, verb="people.demo.reset", target=region)


def _refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise DemoRefused(Reason(_("The demo has a known password: it is loaded only where LUOTSI_DEMO=1 is set.")))
