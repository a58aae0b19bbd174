"""What a person sees of the own account: ways to sign in, sessions, roles, who has looked, and a copy of it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.models import AuditEntry, PersonalDataView
from luotsi.base.names import Names
from luotsi.people.models import Invitation, RoleAssignment
from luotsi.people.queries.devices import device_in_words

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person

MOST_VIEWS = 20


@dataclass(frozen=True)
class SessionRow:
    """One place where the person is signed in; `is_this` = the one that asks."""

    id: int
    device: str
    ip: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class RoleRow:
    """One role of the person; state is current, coming or ended."""

    role: str
    unit: Names
    url: str
    valid_from: date
    valid_to: date | None
    state: str


@dataclass(frozen=True)
class SignIn:
    """The ways in which the person can sign in."""

    has_password: bool
    passkeys: int
    has_app: bool
    recovery_codes: int
    identities: int
    address_confirmed: bool

    @property
    def has_second_factor(self) -> bool:
        """True when a password alone does not open the account."""
        return bool(self.passkeys or self.has_app)


@dataclass(frozen=True)
class MyAccount:
    """Everything the page "my account" shows; `person` is None for an account that belongs to nobody."""

    account: Account
    person: Person | None
    sign_in: SignIn
    sessions: list[SessionRow]
    roles: list[RoleRow]
    views: list[PersonalDataView]
    views_total: int


def my_account(account: Account, session_key: str | None) -> MyAccount:
    """Return the page of the own account; at most eight queries."""
    person = getattr(account, "person", None)
    seen = PersonalDataView.objects.filter(person_id=person.pk) if person else PersonalDataView.objects.none()
    views = list(seen[: MOST_VIEWS + 1])
    return MyAccount(
        account=account,
        person=person,
        sign_in=ways_to_sign_in(account),
        sessions=my_sessions(account, session_key),
        roles=my_roles(person) if person else [],
        views=views[:MOST_VIEWS],
        views_total=len(views) if len(views) <= MOST_VIEWS else seen.count(),
    )


def ways_to_sign_in(account: Account) -> SignIn:
    """Return how the account can be signed in to, in three queries."""
    factors = list(Authenticator.objects.filter(user=account))
    kinds = [factor.type for factor in factors]
    codes = next((factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    return SignIn(
        has_password=account.has_usable_password(),
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in kinds,
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
        identities=SocialAccount.objects.filter(user=account).count(),
        address_confirmed=EmailAddress.objects.filter(user=account, primary=True, verified=True).exists(),
    )


def my_sessions(account: Account, session_key: str | None) -> list[SessionRow]:
    """Return where the person is signed in, this place first, then by what was seen last."""
    known = list(UserSession.objects.filter(user=account))
    alive = _alive(account, [session.session_key for session in known])
    rows = [
        SessionRow(
            id=session.pk,
            device=device_in_words(session.user_agent),
            ip=session.ip,
            started_at=session.created_at,
            seen_at=session.last_seen_at,
            is_this=session.session_key == session_key,
        )
        for session in known
        if session.session_key in alive
    ]
    return sorted(rows, key=lambda row: (not row.is_this, -row.seen_at.timestamp()))


def _alive(account: Account, keys: list[str]) -> set[str]:
    """Return which sessions still open the account: not expired, and begun with the present password."""
    password = account.get_session_auth_hash()
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    return {row.session_key for row in found if row.get_decoded().get(HASH_SESSION_KEY) == password}


def my_session(account: Account, pk: int) -> UserSession:
    """Return one of the own sessions. Raises Http404 for those of others and for ended ones."""
    session: UserSession | None = UserSession.objects.filter(user=account, pk=pk).first()
    if session is None:
        raise Http404(_("The session has ended already."))
    return session


def my_other_sessions(account: Account, session_key: str | None) -> list[UserSession]:
    """Return the own sessions except the one that asks."""
    return list(UserSession.objects.filter(user=account).exclude(session_key=session_key))


def my_roles(person: Person) -> list[RoleRow]:
    """Return all roles of the person, those in force first; one query."""
    today = clock.today()
    rows = [
        RoleRow(
            role=held.role_name,
            unit=held.unit.names,
            url=reverse("people:see-unit", args=[held.unit.key]),
            valid_from=held.valid_from,
            valid_to=held.valid_to,
            state="current" if held.is_in_force(today) else "coming" if held.valid_from > today else "ended",
        )
        for held in RoleAssignment.objects.filter(person=person).select_related("unit").order_by("-valid_from")
    ]
    return sorted(rows, key=lambda row: ["current", "coming", "ended"].index(row.state))


def my_data(account: Account) -> dict[str, Any]:
    """Return a copy of what Luotsi holds of the person, ready for JSON; without secrets (GDPR art. 15 and 20)."""
    person = getattr(account, "person", None)
    about = Q(target_type="people.account", target_id=str(account.pk))
    roles = RoleAssignment.objects.filter(person=person).select_related("unit") if person else []
    views = PersonalDataView.objects.filter(person_id=person.pk) if person else []
    if person:
        about |= Q(target_type="people.person", target_id=str(person.pk))
    return {
        "written_at": audit.safe(clock.now()),
        "account": audit.snapshot(account, "id", "email", "is_active", "created_at", "last_login"),
        "person": audit.snapshot(person) if person else None,
        "addresses": [
            audit.snapshot(address, "email", "verified", "primary")
            for address in EmailAddress.objects.filter(user=account)
        ],
        "second_factors": [
            audit.snapshot(factor, "type", "created_at", "last_used_at")
            for factor in Authenticator.objects.filter(user=account)
        ],
        "linked_identities": [
            audit.snapshot(identity, "provider", "uid", "date_joined", "extra_data")
            for identity in SocialAccount.objects.filter(user=account)
        ],
        "sessions": [
            audit.snapshot(session, "ip", "user_agent", "created_at", "last_seen_at")
            for session in UserSession.objects.filter(user=account)
        ],
        "roles": [
            audit.snapshot(held, "role", "valid_from", "valid_to") | {"unit": held.unit.names.text} for held in roles
        ],
        "invitations": [
            audit.snapshot(invitation, "email", "role", "invited_at", "expires_at", "accepted_at", "withdrawn_at")
            for invitation in Invitation.objects.filter(email__iexact=account.email)
        ],
        "looked_at_by": [audit.snapshot(view, "at", "actor_label", "what") for view in views],
        "log": [
            audit.snapshot(entry, "at", "actor_label", "verb", "target_label", "before", "after", "reason")
            for entry in AuditEntry.objects.filter(about | Q(actor_id=account.pk))
        ],
        **_of_rooms(person),
    }


def _of_rooms(person: Person | None) -> dict[str, Any]:
    """Return what the rooms above hold of the person (`settings.LUOTSI_OWN_DATA`), each under its own names."""
    if person is None:
        return {}
    offered = [import_string(dotted)(person) for dotted in settings.LUOTSI_OWN_DATA]
    return {name: told for one in offered for name, told in one.items()}
