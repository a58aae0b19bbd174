"""Finding words whatever their case, on the database of the run: SQLite knows a–z only, PostgreSQL more."""

from __future__ import annotations

import unicodedata
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import OutboxMail
from luotsi.base.wording import contains, forms_of, with_words

words = st.text(alphabet="abköåäöÅÄÖéš -", min_size=1, max_size=12)


class TestFormsOfAText:
    @given(st.text(alphabet=ascii_letters + digits + " -", max_size=12))
    def test_one_is_enough_for_plain_letters(self, text: str) -> None:
        assert forms_of(text) == (text,)

    @given(words)
    def test_what_was_typed_comes_first_and_none_comes_twice(self, text: str) -> None:
        forms = forms_of(text)
        assert forms[0] == unicodedata.normalize("NFC", text)
        assert len(set(forms)) == len(forms) <= 5

    @given(words)
    def test_all_are_the_same_word(self, text: str) -> None:
        assert len({form.casefold() for form in forms_of(text)}) == 1

    @given(words)
    def test_they_cover_small_letters_and_capitals_whatever_was_typed(self, text: str) -> None:
        plain = unicodedata.normalize("NFC", text)
        if not plain.isascii():
            assert {plain.lower(), plain.upper(), plain.capitalize()} <= set(forms_of(text))

    def test_each_part_of_a_name_may_have_its_capital(self) -> None:
        assert "Ähtäri-Äänekoski Åbo" in forms_of("ähtäri-äänekoski åbo")


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize("typed", ["ähtäri", "ÄHTÄRI", "Ähtäri", "htäri", "a\u0308hta\u0308ri", "ähtärin lukio"])
    def test_it_does_not_ask_for_the_case(self, typed: str) -> None:
        now = clock.now()
        for subject in ("Ähtärin lukio", "Ylöjärven lukio"):
            mail = OutboxMail(to="aino@example.org", subject=subject, body="", created_at=now, not_before=now)
            mail.save(force_insert=True)
        assert [mail.subject for mail in OutboxMail.objects.filter(contains("subject", typed))] == ["Ähtärin lukio"]

    def test_signs_with_a_meaning_of_their_own_are_found_as_such(self) -> None:
        now = clock.now()
        for subject in ("ÅBO 50 %", "ÅBO 50 kpl"):
            mail = OutboxMail(to="aino@example.org", subject=subject, body="", created_at=now, not_before=now)
            mail.save(force_insert=True)
        assert [mail.subject for mail in OutboxMail.objects.filter(contains("subject", "åbo 50 %"))] == ["ÅBO 50 %"]


@pytest.mark.django_db
class TestFindingEveryWord:
    @pytest.fixture(autouse=True)
    def mails(self) -> None:
        now = clock.now()
        for subject, body in (("Aino", "Äkäslompolo"), ("Aino", "Lehto"), ("Lehto", "Äkäslompolo")):
            mail = OutboxMail(to="aino@example.org", subject=subject, body=body, created_at=now, not_before=now)
            mail.save(force_insert=True)

    @pytest.mark.parametrize("typed", ["Aino Äkäslompolo", "äkäs  aino", " aino lompolo "])
    def test_a_full_name_in_any_order_is_in_two_fields(self, typed: str) -> None:
        found = OutboxMail.objects.filter(with_words(typed, "subject", "body"))
        assert [(mail.subject, mail.body) for mail in found] == [("Aino", "Äkäslompolo")]

    def test_one_word_that_is_nowhere_finds_nothing(self) -> None:
        assert not OutboxMail.objects.filter(with_words("Aino Äkäslompolo Oy", "subject", "body"))

    def test_no_word_leaves_all(self) -> None:
        assert OutboxMail.objects.filter(with_words("  ", "subject", "body")).count() == 3
