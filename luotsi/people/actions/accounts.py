"""What a person changes in the own account, and what is written down of every sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from luotsi.base import audit
from luotsi.base.errors import Reason, Refused
from luotsi.people.models import Account, Person
from luotsi.people.models.accounts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class AccountRefused(Refused):
    """A change of the own account that was not done."""


@transaction.atomic
def write_down(
    *,
    verb: str,
    account: Account,
    by: Account | None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Add an audit row about an account; `verb` is the last part, such as "signed-in"."""
    audit.record(by=by, verb=f"people.account.{verb}", target=account, before=before, after=after)


@transaction.atomic
def write_down_failed_sign_in(*, account: Account | None, address: str, device: str) -> None:
    """Write down a wrong password; of an address that nobody has, only a keyed digest is kept."""
    after: dict[str, object] = {"device": device}
    if account is None:
        account = Account()
        after["address_digest"] = digest_of_address(address)
    audit.record(by=None, verb="people.account.sign-in-failed", target=account, after=after)


def digest_of_address(address: str) -> str:
    """Return a digest that tells whether two tries used the same address, without keeping the address."""
    return salted_hmac("luotsi.people.sign-in", address.strip().casefold(), algorithm="sha256").hexdigest()[:16]


@transaction.atomic
def change_password(*, account: Account, password: str, by: Account | None) -> None:
    """Set the password of an account; `by` None means somebody who proved the address with a link."""
    account.set_password(password)
    account.save(update_fields=["password"])
    audit.record(by=by, verb="people.account.password-changed", target=account)


@transaction.atomic
def choose_language(*, person: Person, language: str, by: Account) -> Person:
    """Keep the language in which a person reads the pages and gets mails. Raises AccountRefused."""
    if language not in dict(LANGUAGES):
        raise AccountRefused(Reason(_("Choose one of the languages in the list."), field="language"))
    before = audit.snapshot(person, "language")
    person.language = language
    person.save(update_fields=["language"])
    after = audit.snapshot(person, "language")
    audit.record(by=by, verb="people.person.changed", target=person, before=before, after=after)
    return person


@transaction.atomic
def follow_new_address(*, account: Account, by: Account | None) -> None:
    """Write to the person at the address with which they sign in, once that has changed."""
    person = Person.objects.filter(account=account).exclude(email=account.email).first()
    if person is None:
        return
    before = audit.snapshot(person, "email")
    person.email = account.email
    person.save(update_fields=["email"])
    after = audit.snapshot(person, "email")
    audit.record(by=by, verb="people.person.changed", target=person, before=before, after=after)


@transaction.atomic
def end_sessions(*, sessions: Iterable[UserSession], by: Account) -> int:
    """Sign a person out where the given sessions, all the person's own, are open; return how many were ended."""
    count = 0
    for session in sessions:
        started = session.created_at
        session.end()
        write_down(verb="session-ended", account=by, by=by, before={"started_at": started})
        count += 1
    return count


@transaction.atomic
def write_down_download(*, person: Person, by: Account) -> None:
    """Write down that a person has taken a copy of the own data."""
    audit.record(by=by, verb="people.person.data-downloaded", target=person)
