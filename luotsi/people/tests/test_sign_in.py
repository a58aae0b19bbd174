"""Signing in with e-mail and password, being refused, signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from luotsi.base.models import AuditEntry
from luotsi.people.adapters.backend import AccountBackend
from luotsi.people.models import Account, Person
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import (
    PASSWORD,
    browser_of,
    give_password,
    is_signed_in,
    last_mail,
    sign_in,
    verbs,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

ERROR = "The e-mail address or the password is wrong."


@pytest.fixture
def aino(cast: Cast) -> Account:
    """Aino, with a password."""
    return give_password(cast.aino)


class TestSigningIn:
    def test_it_opens_the_account_and_goes_to_the_start(self, aino: Account) -> None:
        client = browser_of()
        answer = sign_in(client, aino)
        assert (answer.status_code, answer["location"]) == (302, "/")
        assert is_signed_in(client)

    def test_it_does_not_care_about_the_case_of_the_address(self, aino: Account) -> None:
        client = browser_of()
        client.post(reverse("account_login"), {"login": aino.email.upper(), "password": PASSWORD})
        assert is_signed_in(client)

    def test_it_is_written_down_with_method_and_device(self, aino: Account) -> None:
        sign_in(browser_of(), aino)
        entry = AuditEntry.objects.get(verb="people.account.signed-in")
        assert entry.after == {"methods": ["password"], "device": "Firefox on Windows"}
        assert entry.actor_id == aino.pk

    def test_it_turns_the_pages_to_the_persons_language(self, aino: Account) -> None:
        Person.objects.filter(account=aino).update(language="sv")
        assert sign_in(browser_of(), aino).cookies["django_language"].value == "sv"

    def test_it_goes_on_to_the_page_that_was_asked_for(self, aino: Account) -> None:
        client = browser_of()
        asked = client.get(reverse("people:list-my-sessions"))
        assert asked["location"] == "/account/login/?next=/me/sessions/"
        answer = client.post(asked["location"], {"login": aino.email, "password": PASSWORD})
        assert answer["location"] == "/me/sessions/"

    def test_it_never_goes_on_to_another_site(self, aino: Account) -> None:
        given = {"login": aino.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
        assert browser_of().post(reverse("account_login"), given)["location"] == "/"

    def test_it_works_for_an_account_without_a_person(self, db: None) -> None:
        account = Account(email="nobody@luotsi.example")
        account.save(force_insert=True)
        EmailAddress(user=account, email=account.email, verified=True, primary=True).save()
        client = browser_of()
        sign_in(client, give_password(account))
        assert is_signed_in(client)


class TestBeingRefused:
    def test_a_wrong_password_is_told_and_written_down(self, aino: Account) -> None:
        client = browser_of()
        answer = sign_in(client, aino, "wrong")
        assert ERROR in answer.content.decode()
        assert not is_signed_in(client)
        assert verbs(aino)[-1] == "sign-in-failed"

    def test_what_was_typed_stays_except_the_password(self, aino: Account) -> None:
        page = sign_in(browser_of(), aino, "wrong password").content.decode()
        assert f'value="{aino.email}"' in page
        assert "wrong password" not in page.split("<form", 1)[1]

    def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(self, aino: Account) -> None:
        known = sign_in(browser_of(), aino, "wrong")
        unknown = sign_in(browser_of(), Account(email="who@luotsi.example"), "wrong")
        assert known.status_code == unknown.status_code
        assert ERROR in known.content.decode()
        assert ERROR in unknown.content.decode()

    def test_an_unknown_address_is_not_kept_in_clear(self, aino: Account) -> None:
        for address in ("who@luotsi.example", " Who@luotsi.example", "else@luotsi.example"):
            sign_in(browser_of(), Account(email=address), "wrong")
        entries = list(AuditEntry.objects.filter(verb="people.account.sign-in-failed").order_by("seq"))
        assert "luotsi.example" not in "".join(f"{e.target_label}{e.after}{e.before}{e.reason}" for e in entries)
        first, same, other = (entry.after["address_digest"] for entry in entries)
        assert first == same != other

    def test_after_five_wrong_passwords_the_right_one_must_wait(self, aino: Account) -> None:
        client = browser_of()
        for _ in range(5):
            sign_in(client, aino, "wrong")
        for _ in range(2):
            assert "Too many tries" in sign_in(client, aino).content.decode()
        assert not is_signed_in(client)
        assert verbs(aino)[-6:] == ["sign-in-failed"] * 5 + ["locked-out"]

    def test_too_many_tries_from_one_network_get_a_page_that_says_so(self, aino: Account, settings: Settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        client = browser_of()
        sign_in(client, aino, "wrong")
        answer = sign_in(client, aino)
        assert answer.status_code == 429
        assert "Wait five minutes" in answer.content.decode()

    def test_an_account_out_of_use_is_not_opened(self, aino: Account) -> None:
        Account.objects.filter(pk=aino.pk).update(is_active=False)
        client = browser_of()
        answer = sign_in(client, aino)
        assert answer["location"] == reverse("account_inactive")
        assert not is_signed_in(client)

    def test_an_unconfirmed_address_gets_a_link_instead(self, aino: Account) -> None:
        EmailAddress.objects.filter(user=aino).update(verified=False)
        client = browser_of()
        answer = sign_in(client, aino)
        assert answer["location"] == reverse("account_email_verification_sent")
        assert not is_signed_in(client)
        assert "/account/confirm-email/" in last_mail().body


class TestSessions:
    def test_an_account_put_out_of_use_is_signed_out_at_once(self, aino: Account) -> None:
        client = browser_of(aino)
        Account.objects.filter(pk=aino.pk).update(is_active=False)
        assert not is_signed_in(client)

    def test_account_and_person_come_in_one_query(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            account = AccountBackend().get_user(cast.aino.pk)
            assert account
            assert account.person.given_name == "Aino"


class TestSigningOut:
    def test_it_closes_the_account_and_is_written_down(self, aino: Account) -> None:
        client = browser_of(aino)
        answer = client.post(reverse("account_logout"))
        assert answer["location"] == reverse("account_login")
        assert not is_signed_in(client)
        assert verbs(aino)[-2:] == ["signed-in", "signed-out"]

    def test_it_asks_before_it_does(self, aino: Account) -> None:
        client = browser_of(aino)
        client.get(reverse("account_logout"))
        assert is_signed_in(client)


class TestSigningUp:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_closed_and_says_how_people_come(self, db: None, method: str) -> None:
        given = {"email": "new@luotsi.example", "password1": PASSWORD}
        answer = getattr(browser_of(), method)(reverse("account_signup"), given)
        assert "invitation" in answer.content.decode()
        assert not Account.objects.exists()


class TestPublicPages:
    @pytest.mark.parametrize(
        "name",
        [
            "account_login",
            "account_signup",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_email_verification_sent",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
        ],
    )
    def test_they_open_without_signing_in_and_have_one_heading(self, db: None, name: str) -> None:
        page = browser_of().get(reverse(name))
        assert page.status_code == (401 if name == "socialaccount_login_error" else 200)
        assert page.content.decode().count("<h1") == 1

    @pytest.mark.parametrize("name", ["mfa_index", "account_email", "people:see-my-account", "mfa_add_webauthn"])
    def test_the_others_send_to_sign_in(self, db: None, name: str) -> None:
        answer = Client().get(reverse(name))
        assert answer["location"].startswith(reverse("account_login"))


class TestSendingAFormAfterTheSessionHasEnded:
    HERE = "http://testserver"
    TOLD = "Your session had ended, so what you sent was not saved. Sign in and send it again."

    def send(self, client: Client, before: str, **headers: str) -> HttpResponse:
        """Send a form of somebody who is signed out, from the page before."""
        address = reverse("people:choose-language")
        sent = client.post(address, {"language": "sv"}, headers={"referer": before, **headers})
        return sent  # type: ignore[return-value]

    def test_it_leads_through_sign_in_back_to_the_page_that_held_the_form(self, aino: Account) -> None:
        client = browser_of()
        asked = self.send(client, f"{self.HERE}/me/?part=mine")
        assert asked["location"] == "/account/login/?next=/me/%3Fpart%3Dmine"
        answer = client.post(asked["location"], {"login": aino.email, "password": PASSWORD})
        assert answer["location"] == "/me/?part=mine"

    def test_the_page_of_signing_in_tells_that_nothing_was_saved(self, aino: Account) -> None:
        client = browser_of()
        asked = self.send(client, f"{self.HERE}/me/")
        assert self.TOLD in client.get(asked["location"]).content.decode()

    def test_what_htmx_sends_moves_the_whole_page_and_keeps_the_words_for_it(self, aino: Account) -> None:
        client = browser_of()
        asked = self.send(client, f"{self.HERE}/me/", hx_request="true")
        assert (asked.status_code, asked["hx-redirect"]) == (200, "/account/login/?next=/me/")
        assert self.TOLD in client.get(asked["hx-redirect"]).content.decode()

    @pytest.mark.parametrize(
        "before",
        [
            "https://elsewhere.example/me/",
            "http://testserver//elsewhere.example/",
            "http://testserver",
            "",
            "nonsense",
        ],
    )
    def test_it_never_leads_to_another_site(self, aino: Account, before: str) -> None:
        asked = self.send(browser_of(), before)
        assert asked["location"] == "/account/login/?next=/"

    def test_a_page_that_was_only_asked_for_tells_nothing(self, aino: Account) -> None:
        client = browser_of()
        asked = client.get(reverse("people:see-my-account"))
        assert self.TOLD not in client.get(asked["location"]).content.decode()
