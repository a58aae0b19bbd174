"""What has happened in the demo before you came: invitations in every state, changes, roles given and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from allauth.account.models import EmailAddress

from luotsi.base import clock
from luotsi.people.actions.demo.units import Tree
from luotsi.people.actions.invitations import Invitee, accept_with_account, invite_person, withdraw_invitation
from luotsi.people.actions.roles import continue_role, end_role, give_role
from luotsi.people.actions.units import UnitDetails, change_unit
from luotsi.people.models import Account, Invitation, Person, RoleAssignment, Unit
from luotsi.people.queries.demo import SCHOOL
from luotsi.people.rules import Role


def add_history(tree: Tree, cast: dict[str, Account]) -> None:
    """Let the cast do things, through the same actions as everybody."""
    schools = [school.unit for school in tree.schools["837"]]
    aino, bilal = cast["Aino"], cast["Bilal"]
    _invite("Riikka", "Kuvitelmaranta", Role.PRINCIPAL, schools[4], aino)
    _invite("Sten", "Exempelvik", Role.PRINCIPAL, schools[7], aino, language="sv")
    _invite("Tommi", "Näyteniemi", Role.TEACHER, schools[0], bilal)
    _expire(_invite("Vilma", "Luonnoskoski", Role.TUTOR_TEACHER, schools[0], bilal), days=3)
    _expire(_invite("Walid", "Mallijärvi", Role.COORDINATOR, tree.providers["922"], aino), days=9)
    withdraw_invitation(
        invitation=_invite("Ylva", "Skissander", Role.SECRETARY, schools[0], bilal, language="sv"), by=bilal
    )
    _accept(_invite("Zacharias", "Tekaisuranta", Role.TEACHER, schools[0], bilal))
    _accept(_invite("Unto", "Sepiteniemi", Role.IT, tree.providers["604"], aino))
    _rename(schools[2], aino)
    _end_and_continue(bilal)
    celia = Person.objects.get(account=cast["Celia"])
    last_day = clock.today() + timedelta(days=24)
    tutoring = give_role(
        person=celia,
        role=Role.TUTOR_TEACHER,
        unit=schools[0],
        valid_from=clock.today() - timedelta(days=100),
        by=bilal,
    )
    end_role(held=tutoring, last_day=last_day, reason="Tutorointijakso päättyy lukukauden mukana.", by=bilal)


def _invite(given: str, family: str, role: Role, unit: Unit, by: Account, language: str = "fi") -> Invitation:
    invitee = Invitee(email=f"{given.lower()}@luotsi.example", given_name=given, family_name=family, language=language)
    return invite_person(invitee=invitee, role=role, unit=unit, by=by)


def _expire(invitation: Invitation, *, days: int) -> None:
    """Move the invitation into the past, as if it had been sent 14 days before it ran out."""
    invitation.expires_at = clock.now() - timedelta(days=days)
    invitation.invited_at = invitation.expires_at - timedelta(days=14)
    invitation.save(update_fields=["expires_at", "invited_at"])


def _accept(invitation: Invitation) -> None:
    account = Account(email=invitation.email)
    account.set_unusable_password()
    account.save(force_insert=True)
    EmailAddress(user=account, email=account.email, verified=True, primary=True).save(force_insert=True)
    accept_with_account(invitation=invitation, account=account)


def _rename(unit: Unit, by: Account) -> None:
    now = UnitDetails(**{name: getattr(unit, name) for name in UnitDetails.__dataclass_fields__})
    change_unit(unit=unit, details=replace(now, name_en="Liverwort Example School"), by=by)


def _end_and_continue(by: Account) -> None:
    held = RoleAssignment.objects.filter(unit__key=SCHOOL, role=Role.TEACHER, valid_to=None)
    held = held.select_related("person", "unit").order_by("person__family_name").exclude(person__account=None)
    if teacher := held.first():
        ended = end_role(held=teacher, last_day=clock.today(), reason="Kirjattu väärälle henkilölle.", by=by)
        continue_role(held=ended, by=by)
