"""Gives the members of the standing cast their accounts and roles; the tests call this too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from luotsi.people.actions.roles import give_role
from luotsi.people.models import Account, Person, Unit

if TYPE_CHECKING:
    from luotsi.people.queries.demo import CastMember


@transaction.atomic
def add_cast_member(*, member: CastMember, unit: Unit, valid_from: date, password: str = "") -> Account:
    """Add one of the cast with an account and the role at the unit; the audit row is that of the role.

    `password` is a finished hash, so that one slow hashing serves the whole cast; empty = unusable.
    """
    account = Account(email=member.email)
    if password:
        account.password = password
    else:
        account.set_unusable_password()
    account.save(force_insert=True)
    EmailAddress(user=account, email=account.email, verified=True, primary=True).save(force_insert=True)
    person = Person(
        account=account,
        given_name=member.given_name,
        family_name=member.family_name,
        email=member.email,
        language=member.language,
    )
    person.save(force_insert=True)
    give_role(person=person, role=member.role, unit=unit, valid_from=valid_from, by=None)
    return account
