"""The page of the own account: language, sessions, roles, who has looked, and a copy of one's data."""

from __future__ import annotations

import json

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from luotsi.base import privacy
from luotsi.base.models import AuditEntry
from luotsi.people.models import Account, Person
from luotsi.people.queries.devices import device_in_words
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import FIREFOX, browser_of, give_password, is_signed_in, verbs


@pytest.fixture
def aino(cast: Cast) -> Account:
    """Aino, with a password."""
    return give_password(cast.aino)


@pytest.fixture
def here(aino: Account) -> Client:
    """A browser where Aino is signed in."""
    return browser_of(aino)


def session_of(client: Client) -> UserSession:
    """Return the session of a browser, as the list of sessions knows it."""
    session: UserSession = UserSession.objects.get(session_key=client.session.session_key)
    return session


class TestSeeingMyAccount:
    def test_it_shows_name_roles_and_ways_to_sign_in(self, here: Client) -> None:
        page = here.get(reverse("people:see-my-account")).content.decode()
        assert "Aino Esimerkkilä" in page
        assert "Tampereen kaupunkiseutu" in page or "Tampere City Region" in page
        assert "A password alone opens your account." in page

    def test_it_says_when_nobody_has_looked(self, here: Client) -> None:
        assert "Nobody has opened your data." in here.get(reverse("people:see-my-account")).content.decode()

    def test_it_shows_who_has_looked(self, here: Client, cast: Cast) -> None:
        privacy.log_view(by=cast.bilal, person_id=cast.aino.person.pk, what="roles")
        assert cast.bilal.email in here.get(reverse("people:see-my-account")).content.decode()

    def test_it_works_without_a_person_and_without_roles(self, here: Client, aino: Account) -> None:
        Person.objects.filter(account=aino).update(account=None)
        page = here.get(reverse("people:see-my-account"))
        assert page.status_code == 200
        assert "You have no role yet." in page.content.decode()


class TestChoosingTheLanguage:
    def test_it_is_kept_on_the_person_and_in_the_browser(self, here: Client, aino: Account) -> None:
        answer = here.post(reverse("people:choose-language"), {"language": "sv"})
        assert answer.cookies["django_language"].value == "sv"
        assert Person.objects.get(account=aino).language == "sv"
        entry = AuditEntry.objects.latest("seq")
        assert (entry.verb, entry.before, entry.after) == (
            "people.person.changed",
            {"language": "en"},
            {"language": "sv"},
        )

    def test_a_language_not_in_the_list_changes_nothing(self, here: Client, aino: Account) -> None:
        here.post(reverse("people:choose-language"), {"language": "xx"})
        assert Person.objects.get(account=aino).language == "en"


class TestSessions:
    def test_they_are_listed_with_this_one_first(self, here: Client, aino: Account) -> None:
        browser_of(aino)
        rows = here.get(reverse("people:list-my-sessions")).context["sessions"]
        assert [row.is_this for row in rows] == [True, False]
        assert rows[0].device == "Firefox on Windows"

    def test_an_ended_session_really_ends_and_is_written_down(self, here: Client, aino: Account) -> None:
        elsewhere = browser_of(aino)
        here.post(reverse("people:end-session", args=[session_of(elsewhere).pk]))
        assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
        assert verbs(aino)[-1] == "session-ended"

    def test_ending_this_one_signs_out(self, here: Client, aino: Account) -> None:
        answer = here.post(reverse("people:end-session", args=[session_of(here).pk]))
        assert answer["location"] == reverse("account_login")
        assert not is_signed_in(here)
        assert verbs(aino)[-1] == "signed-out"

    def test_all_others_end_at_once(self, here: Client, aino: Account) -> None:
        others = [browser_of(aino), browser_of(aino)]
        here.post(reverse("people:end-other-sessions"))
        assert is_signed_in(here)
        assert not any(is_signed_in(other) for other in others)
        assert verbs(aino)[-2:] == ["session-ended", "session-ended"]

    def test_those_of_somebody_else_cannot_be_ended(self, here: Client, cast: Cast) -> None:
        bilal = browser_of(give_password(cast.bilal))
        answer = here.post(reverse("people:end-session", args=[session_of(bilal).pk]))
        assert answer.status_code == 404
        assert is_signed_in(bilal)

    def test_nothing_ends_by_opening_an_address(self, here: Client) -> None:
        assert here.get(reverse("people:end-other-sessions")).status_code == 405


class TestDownloadingMyData:
    def test_it_is_a_file_with_everything_but_secrets(self, here: Client, aino: Account) -> None:
        answer = here.post(reverse("people:download-my-data"))
        assert answer["content-disposition"] == 'attachment; filename="luotsi-my-data.json"'
        data = json.loads(answer.content)
        assert data["account"]["email"] == aino.email
        assert data["roles"][0]["role"] == "coordinator"
        assert data["log"]
        aino.refresh_from_db()
        assert aino.password not in answer.content.decode()
        assert str(here.session.session_key) not in answer.content.decode()

    def test_it_is_written_down(self, here: Client) -> None:
        here.post(reverse("people:download-my-data"))
        assert AuditEntry.objects.latest("seq").verb == "people.person.data-downloaded"


class TestDeviceInWords:
    @pytest.mark.parametrize(
        ("user_agent", "words"),
        [
            (FIREFOX, "Firefox on Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
            ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
            ("curl/8.0", "Unknown device"),
            ("", "Unknown device"),
        ],
    )
    def test_it_names_browser_and_system(self, user_agent: str, words: str) -> None:
        from django.utils import translation

        with translation.override("en"):
            assert device_in_words(user_agent) == words
