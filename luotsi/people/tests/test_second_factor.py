"""Second factors: authenticator app, recovery codes, and what is written down of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.people.adapters.traces import State, differences
from luotsi.people.models import Account
from luotsi.people.queries.factors import is_strong
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import (
    add_app,
    browser_of,
    code_of_app,
    give_password,
    is_signed_in,
    last_mail,
    prove_again,
    sign_in,
    verbs,
)


@pytest.fixture(autouse=True)
def held_clock() -> Iterator[None]:
    """Hold the clock still: a code must not run out between the test and the page."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def aino(cast: Cast) -> Account:
    """Aino, with a password."""
    return give_password(cast.aino)


def second_step(client: Client, code: str) -> bool:
    """Give a code as the second step; returns whether the account is open then."""
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_signed_in(client)


def codes_of(client: Client) -> list[str]:
    """Return the recovery codes as the page shows them."""
    codes: list[str] = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    return codes


class TestAddingAnApp:
    def test_it_asks_for_the_password_once_more(self, aino: Account) -> None:
        answer = browser_of(aino).get(reverse("mfa_activate_totp"))
        assert answer["location"].startswith(reverse("account_reauthenticate"))

    def test_it_gives_recovery_codes_and_both_are_written_down(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        assert len(codes_of(client)) == 10
        assert sorted(verbs(aino)[-2:]) == ["authenticator-app-added", "recovery-codes-added"]
        assert is_strong(Account.objects.get(pk=aino.pk))

    def test_no_secret_is_written_down(self, aino: Account) -> None:
        client = browser_of(aino)
        secret = add_app(client)
        log = str(list(AuditEntry.objects.values_list("before", "after")))
        assert secret not in log
        assert not any(code in log for code in codes_of(client))

    def test_a_wrong_code_adds_nothing(self, aino: Account) -> None:
        client = browser_of(aino)
        prove_again(client)
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert "The code is wrong" in answer.content.decode()
        assert not Authenticator.objects.exists()

    def test_the_owner_is_told_by_mail(
        self, aino: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            add_app(browser_of(aino))
        assert last_mail().subject == "Authenticator app added"


class TestTheSecondStep:
    @pytest.fixture
    def secret(self, aino: Account) -> str:
        """The secret of Aino's authenticator app."""
        return add_app(browser_of(aino))

    @pytest.fixture
    def half_way(self, aino: Account, secret: str) -> Client:
        """A browser where the password has been given."""
        client = browser_of()
        assert sign_in(client, aino)["location"] == reverse("mfa_authenticate")
        return client

    def test_the_password_alone_opens_nothing(self, half_way: Client) -> None:
        assert not is_signed_in(half_way)

    def test_the_code_opens_the_account_and_both_are_written_down(
        self, aino: Account, half_way: Client, secret: str
    ) -> None:
        assert second_step(half_way, code_of_app(secret))
        entry = AuditEntry.objects.filter(verb="people.account.signed-in").latest("seq")
        assert entry.after["methods"] == ["password", "totp"]

    def test_a_wrong_code_is_refused_and_written_down(self, aino: Account, half_way: Client) -> None:
        assert not second_step(half_way, "000000")
        assert verbs(aino)[-1] == "second-factor-failed"

    def test_a_code_works_once(self, aino: Account, half_way: Client, secret: str) -> None:
        code = code_of_app(secret)
        assert second_step(half_way, code)
        another = browser_of()
        sign_in(another, aino)
        assert not second_step(another, code)

    def test_a_code_of_some_minutes_ago_is_refused(self, half_way: Client, secret: str) -> None:
        assert not second_step(half_way, code_of_app(secret, steps=-10))

    def test_after_five_wrong_codes_the_right_one_must_wait(self, half_way: Client, secret: str) -> None:
        for _ in range(5):
            second_step(half_way, "000000")
        assert not second_step(half_way, code_of_app(secret))

    def test_giving_up_goes_back_to_the_password(self, half_way: Client) -> None:
        half_way.post(reverse("account_logout"), {"next": reverse("account_login")})
        assert half_way.get(reverse("mfa_authenticate"))["location"] == reverse("account_login")


class TestRecoveryCodes:
    def test_each_opens_the_account_once(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        code = codes_of(client)[0]
        for opens in (True, False):
            another = browser_of()
            sign_in(another, aino)
            assert second_step(another, code) is opens

    def test_new_ones_replace_the_old(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        old = codes_of(client)
        client.post(reverse("mfa_generate_recovery_codes"))
        assert not set(old) & set(codes_of(client))
        assert sorted(verbs(aino)[-2:]) == ["recovery-codes-added", "recovery-codes-removed"]

    def test_they_can_be_kept_as_a_file(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        answer = client.get(reverse("mfa_download_recovery_codes"))
        assert all(code in answer.content.decode() for code in codes_of(client))

    def test_showing_them_later_asks_for_the_password_again(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        with time_machine.travel("2099-01-01T12:00:00Z"):
            another = browser_of()
            sign_in(another, aino)
            assert another.get(reverse("mfa_view_recovery_codes")).status_code == 302


class TestRemovingTheApp:
    def test_it_takes_the_recovery_codes_along_and_is_written_down(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(user=aino).exists()
        assert sorted(verbs(aino)[-2:]) == ["authenticator-app-removed", "recovery-codes-removed"]
        assert not is_strong(Account.objects.get(pk=aino.pk))


class TestDifferences:
    def test_what_stays_as_it_is_is_not_told(self) -> None:
        state: State = {("passkey", 1): {"name": "Phone"}}
        assert list(differences(state, dict(state))) == []

    def test_added_removed_and_changed_are_told_apart(self) -> None:
        before: State = {("passkey", 1): {"name": "Phone"}, ("identity", 1): {"provider": "entra"}}
        after: State = {("passkey", 1): {"name": "Old phone"}, ("passkey", 2): {"name": "New phone"}}
        told = {difference.verb for difference in differences(before, after)}
        assert told == {"passkey-changed", "passkey-added", "identity-removed"}


class TestPages:
    @pytest.mark.parametrize(
        "name",
        [
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate",
            "account_reauthenticate",
            "account_email",
            "account_change_password",
            "socialaccount_connections",
        ],
    )
    def test_each_opens_and_has_one_heading(self, aino: Account, name: str) -> None:
        client = browser_of(aino)
        if name == "mfa_activate_totp":
            prove_again(client)
        else:
            add_app(client)
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert answer.content.decode().count("<h1") == 1
