"""Choosing a new password: by a link in a mail, or when signed in; confirming and changing the address."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.people.models import Account, Person
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import (
    PASSWORD,
    add_app,
    browser_of,
    give_password,
    is_signed_in,
    last_mail,
    link_in,
    prove_again,
    sign_in,
    verbs,
)

NEW = "quite another row of words"
CHOSEN = {"password1": NEW, "password2": NEW}


@pytest.fixture
def aino(cast: Cast) -> Account:
    """Aino, with a password."""
    return give_password(cast.aino)


def ask_for_link(email: str) -> None:
    """Ask for a link to choose a new password."""
    answer = browser_of().post(reverse("account_reset_password"), {"email": email})
    assert answer["location"] == reverse("account_reset_password_done")


class TestAskingForALink:
    def test_it_comes_by_mail_with_the_sites_own_address(self, aino: Account) -> None:
        client = browser_of()
        client.post(reverse("account_reset_password"), {"email": aino.email}, headers={"host": "localhost"})
        mail = last_mail()
        assert mail.to == aino.email
        assert f"{settings.SITE_URL}/account/password/reset/key/" in mail.body
        assert "localhost/" not in mail.body

    def test_the_mail_is_in_the_receivers_language(self, aino: Account) -> None:
        Person.objects.filter(account=aino).update(language="sv")
        ask_for_link(aino.email)
        assert last_mail().language == "sv"

    def test_an_unknown_address_gets_the_same_page_and_a_mail_that_explains(self, db: None) -> None:
        ask_for_link("who@luotsi.example")
        mail = last_mail()
        assert mail.to == "who@luotsi.example"
        assert "/key/" not in mail.body

    def test_an_account_out_of_use_gets_no_link(self, aino: Account) -> None:
        Account.objects.filter(pk=aino.pk).update(is_active=False)
        ask_for_link(aino.email)
        assert "/key/" not in last_mail().body


class TestOpeningTheLink:
    @pytest.fixture
    def link(self, aino: Account) -> str:
        """The path of a fresh link."""
        ask_for_link(aino.email)
        return link_in(last_mail())

    def test_it_leads_to_an_address_without_the_secret(self, link: str) -> None:
        assert browser_of().get(link)["location"].endswith("-set-password/")

    def test_a_new_password_replaces_the_old_and_is_written_down(self, aino: Account, link: str) -> None:
        client = browser_of()
        answer = client.post(client.get(link)["location"], CHOSEN)
        assert answer["location"] == reverse("account_reset_password_from_key_done")
        assert not is_signed_in(client)
        assert verbs(aino)[-1] == "password-changed"
        sign_in(client, aino, PASSWORD)
        assert not is_signed_in(client)
        sign_in(client, aino, NEW)
        assert is_signed_in(client)

    def test_it_signs_out_everywhere(self, aino: Account) -> None:
        elsewhere, client = browser_of(aino), browser_of()
        ask_for_link(aino.email)
        client.post(client.get(link_in(last_mail()))["location"], CHOSEN)
        assert not is_signed_in(elsewhere)

    def test_the_owner_is_told_by_mail(self, aino: Account, link: str) -> None:
        client = browser_of()
        client.post(client.get(link)["location"], CHOSEN)
        assert "Firefox on Windows" in last_mail().body

    def test_a_used_link_offers_a_new_one(self, link: str) -> None:
        client = browser_of()
        client.post(client.get(link)["location"], CHOSEN)
        page = browser_of().get(link).content.decode()
        assert "The link has expired or has been used already." in page
        assert reverse("account_reset_password") in page

    def test_a_link_older_than_three_days_offers_a_new_one(self, link: str) -> None:
        with time_machine.travel(clock.now() + timedelta(days=3, hours=3)):
            page = browser_of().get(link).content.decode()
        assert "The link has expired or has been used already." in page

    def test_a_weak_password_is_refused_at_the_field(self, link: str) -> None:
        client = browser_of()
        weak = {"password1": "password", "password2": "password"}
        answer = client.post(client.get(link)["location"], weak)
        assert answer.context["form"].errors["password1"]


class TestChangingThePassword:
    def test_it_needs_the_present_one(self, aino: Account) -> None:
        client = browser_of(aino)
        answer = client.post(reverse("account_change_password"), {"oldpassword": "wrong", **CHOSEN})
        assert "The present password is wrong." in answer.content.decode()

    def test_it_stays_signed_in_here_and_nowhere_else(self, aino: Account) -> None:
        here, elsewhere = browser_of(aino), browser_of(aino)
        answer = here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **CHOSEN})
        assert answer["location"] == reverse("people:see-my-account")
        assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
        entry = AuditEntry.objects.get(verb="people.account.password-changed")
        assert entry.actor_id == aino.pk


class TestChangingTheAddress:
    NEW = "aino.new@luotsi.example"

    def test_the_new_one_is_confirmed_and_then_used(self, aino: Account) -> None:
        client = browser_of(aino)
        prove_again(client)
        client.post(reverse("account_email"), {"email": self.NEW, "action_add": ""})
        link = link_in(last_mail())
        assert browser_of().get(link).status_code == 200
        client.post(link)
        client.post(reverse("account_email"), {"email": self.NEW, "action_primary": ""})
        aino.refresh_from_db()
        assert aino.email == aino.person.email == self.NEW
        expected = ["address-added", "address-confirmed", "address-changed", "address-changed"]
        assert [verb for verb in verbs(aino) if verb.startswith("address")] == expected

    def test_the_old_address_is_told(self, aino: Account) -> None:
        client, old = browser_of(aino), aino.email
        prove_again(client)
        EmailAddress(user=aino, email=self.NEW, verified=True).save()
        client.post(reverse("account_email"), {"email": self.NEW, "action_primary": ""})
        assert (last_mail().to, self.NEW in last_mail().body) == (old, True)

    def test_it_works_with_a_second_factor_too(self, aino: Account) -> None:
        client = browser_of(aino)
        add_app(client)
        client.post(reverse("account_email"), {"email": self.NEW, "action_add": ""})
        assert OutboxMail.objects.filter(to=self.NEW).exists()

    def test_the_address_of_somebody_else_is_not_given_away(self, aino: Account, cast: Cast) -> None:
        client = browser_of(aino)
        prove_again(client)
        answer = client.post(reverse("account_email"), {"email": cast.bilal.email, "action_add": ""})
        assert answer.status_code == 302

    def test_the_address_in_use_cannot_be_removed(self, aino: Account) -> None:
        client = browser_of(aino)
        prove_again(client)
        client.post(reverse("account_email"), {"email": aino.email, "action_remove": ""})
        assert EmailAddress.objects.filter(user=aino, primary=True).exists()
