"""Inviting somebody to a role by mail, and what becomes of the invitation."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason, Refused
from luotsi.base.records import reasons_from
from luotsi.people.actions.roles import give_role, reasons_to_refuse, refuse_unless_givable
from luotsi.people.models import Account, Invitation, Person, Unit
from luotsi.people.rules import Reach, Role

OPEN_FOR = timedelta(days=14)


class InvitationRefused(Refused):
    """An invitation that cannot be sent, accepted or withdrawn."""


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """Whom to invite, and in which language to write."""

    email: str
    given_name: str
    family_name: str
    language: str = "fi"


@dataclass(frozen=True)
class Issued:
    """An invitation just made, with the link that is told only once; a digest of its secret is all that is kept."""

    invitation: Invitation
    link: str


def digest_of(token: str) -> str:
    """Return what is kept of the secret in the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite_person(
    *, invitee: Invitee, role: Role, unit: Unit, by: Account | None, reach: Reach | None = None
) -> Invitation:
    """Invite somebody to a role; the mail leaves after the transaction. Raises InvitationRefused or RoleRefused."""
    return issue_invitation(invitee=invitee, role=role, unit=unit, by=by, reach=reach).invitation


@transaction.atomic
def issue_invitation(
    *, invitee: Invitee, role: Role, unit: Unit, by: Account | None, reach: Reach | None = None
) -> Issued:
    """Do what `invite_person` does, and return the link too: for whoever runs the installation and has no mail yet."""
    refuse_unless_givable(reach=reach, role=role, unit=unit)
    today = clock.today()
    reasons = reasons_to_refuse(role=role, unit=unit, valid_from=today, valid_to=None, held=[])
    if Invitation.objects.open(clock.now()).filter(email__iexact=invitee.email, role=role, unit=unit).exists():
        reasons.append(Reason(_("This person has an open invitation to this role already."), field="email"))
    held = Person.objects.filter(account__email__iexact=invitee.email, roles__role=role, roles__unit=unit)
    if held.filter(roles__valid_to=None).exists():
        reasons.append(Reason(_("This person has this role here already."), field="email"))
    if reasons:
        raise InvitationRefused(*reasons)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        **vars(invitee),
        role=role,
        unit=unit,
        digest=digest_of(token),
        invited_by=by,
        invited_at=clock.now(),
        expires_at=clock.now() + OPEN_FOR,
    )
    try:
        invitation.full_clean(exclude=["unit", "invited_by"])
    except ValidationError as error:
        raise InvitationRefused(*reasons_from(error)) from None
    invitation.save(force_insert=True)
    link = _write(invitation, token, by)
    after = audit.snapshot(invitation, "email", "given_name", "family_name", "role", "unit", "expires_at")
    audit.record(by=by, verb="people.invitation.sent", target=invitation, after=after, unit_id=unit.pk)
    return Issued(invitation, link)


def _write(invitation: Invitation, token: str, by: Account | None) -> str:
    """Put the mail into the outbox, in the language of the invited; return the link in it."""
    link = settings.SITE_URL + reverse("people:accept-invitation", args=[token])
    inviter = str(getattr(by, "person", None) or "Luotsi")
    with translation.override(invitation.language):
        context = {
            "invitation": invitation,
            "inviter": inviter,
            "role": invitation.role_name,
            "unit": invitation.unit.names.text,
            "link": link,
        }
        outbox.post(
            to=invitation.email,
            subject=_("Invitation to Luotsi: %(role)s, %(unit)s") % {"role": context["role"], "unit": context["unit"]},
            body=render_to_string("people/mail/invitation.txt", context),
            language=invitation.language,
        )
    return link


@transaction.atomic
def send_again(*, invitation: Invitation, by: Account | None, reach: Reach | None = None) -> Invitation:
    """Send a pending invitation again with a new link and a new time; the old link stops working."""
    refuse_unless_givable(reach=reach, role=Role(invitation.role), unit=invitation.unit)
    _refuse_ended(invitation)
    before = audit.snapshot(invitation, "expires_at")
    token = secrets.token_urlsafe(32)
    invitation.digest = digest_of(token)
    invitation.expires_at = clock.now() + OPEN_FOR
    invitation.save(update_fields=["digest", "expires_at"])
    _write(invitation, token, by)
    audit.record(
        by=by,
        verb="people.invitation.sent-again",
        target=invitation,
        before=before,
        after=audit.snapshot(invitation, "expires_at"),
        unit_id=invitation.unit_id,
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Account | None, reach: Reach | None = None) -> Invitation:
    """Withdraw a pending invitation; its link stops working."""
    refuse_unless_givable(reach=reach, role=Role(invitation.role), unit=invitation.unit)
    _refuse_ended(invitation)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(
        by=by,
        verb="people.invitation.withdrawn",
        target=invitation,
        before={"withdrawn_at": None},
        after=audit.snapshot(invitation, "withdrawn_at"),
        unit_id=invitation.unit_id,
    )
    return invitation


def _refuse_ended(invitation: Invitation) -> None:
    state = invitation.state_at(clock.now())
    if state == "accepted":
        raise InvitationRefused(Reason(_("The invitation has been accepted.")))
    if state == "withdrawn":
        raise InvitationRefused(Reason(_("The invitation has been withdrawn.")))


def open_invitation(token: str) -> Invitation:
    """Return the invitation behind a link. Raises InvitationRefused with the reason when it cannot be accepted."""
    found = Invitation.objects.select_related("unit", "invited_by__person").filter(digest=digest_of(token)).first()
    if found is None:
        raise InvitationRefused(Reason(_("The link is not known. It may have been replaced by a newer invitation.")))
    _refuse_ended(found)
    if found.state_at(clock.now()) == "expired":
        raise InvitationRefused(Reason(_("The invitation has expired. Ask for a new one from whoever sent it.")))
    return found


def has_account(invitation: Invitation) -> bool:
    """Return True when the invited address belongs to an account already, so that signing in is the way."""
    return Account.objects.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def accept_with_account(*, invitation: Invitation, account: Account) -> Account:
    """Accept with the account that is signed in; its address must be the invited one."""
    if account.email.casefold() != invitation.email.casefold():
        raise InvitationRefused(
            Reason(_("The invitation was sent to another address. Sign out first, then open the link again."))
        )
    _accept(invitation, account)
    return account


@transaction.atomic
def accept_with_password(*, invitation: Invitation, given_name: str, family_name: str, password: str) -> Account:
    """Accept as a new user: makes the account, whose address the link has proved.

    Raises InvitationRefused when the password is weak or the address already has an account.
    """
    if Account.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationRefused(Reason(_("You have an account already. Sign in to accept the invitation.")))
    account = Account(email=invitation.email)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvitationRefused(*(Reason(text, field="password") for text in error.messages)) from None
    account.set_password(password)
    account.save(force_insert=True)
    EmailAddress(user=account, email=account.email, verified=True, primary=True).save(force_insert=True)
    invitation.given_name, invitation.family_name = given_name, family_name
    _accept(invitation, account)
    return account


def _person_of(invitation: Invitation, account: Account) -> Person:
    """Return the person of the account: its own, a known one with the address, or a new one."""
    person = Person.objects.filter(account=account).first()
    if person is None:
        person = Person.objects.filter(account=None, email__iexact=invitation.email).first()
        if person:
            person.account = account
            person.save(update_fields=["account"])
    if person is None:
        person = Person(
            account=account,
            given_name=invitation.given_name,
            family_name=invitation.family_name,
            email=invitation.email,
            language=invitation.language,
        )
        person.save(force_insert=True)
    return person


def _accept(invitation: Invitation, account: Account) -> None:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _refuse_ended(locked)
    person = _person_of(invitation, account)
    if not person.roles.filter(role=invitation.role, unit=invitation.unit, valid_to=None).exists():
        give_role(
            person=person,
            role=Role(invitation.role),
            unit=invitation.unit,
            valid_from=clock.today(),
            by=invitation.invited_by,
        )
    invitation.accepted_at, invitation.accepted_by = clock.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        by=account,
        verb="people.invitation.accepted",
        target=invitation,
        before={"accepted_at": None},
        after=audit.snapshot(invitation, "accepted_at", "accepted_by"),
        unit_id=invitation.unit_id,
    )
