"""Every word of the interface is said in Finnish and Swedish: our own messages, and those of libraries.

The messages of the source are collected afresh, so that a new or changed one cannot be forgotten.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import allauth
import django
import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from luotsi.people.adapters import AccountAdapter, IdentityAdapter, SecondFactorAdapter

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(__file__).parents[2]
LANGUAGES = ["fi", "sv"]
PLACEHOLDER = re.compile(r"%\([\w.]+\)[sdr]|%[sdn]\b|\{\w*\}|</?\w[^>]*>")
ALLAUTH = Path(allauth.__file__).parent / "locale"
DJANGO = Path(django.__file__).parent / "conf" / "locale"
DJANGO_AUTH = Path(django.__file__).parent / "contrib" / "auth" / "locale"
# What a form of allauth, a validator of passwords, or a field of a form can say to people. What the adapters of
# allauth say is read from them.
NEEDED = [
    "You must type the same password each time.",
    "The password is too similar to the %(verbose_name)s.",
    "This password is too short. It must contain at least %d character.",
    "This password is too common.",
    "This field is required.",
    "Enter a valid email address.",
    "Enter a valid date.",
    "Enter a whole number.",
    "Enter a valid value.",
    "Null characters are not allowed.",
    "No file was submitted. Check the encoding type on the form.",
    "No file was submitted.",
    "The submitted file is empty.",
    "Ensure this filename has at most %(max)d character (it has %(length)d).",
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
]

type Texts = tuple[str, ...]
type Key = tuple[str | None, Texts]


def texts(said: str | list[str] | tuple[str, ...]) -> Texts:
    """Return the forms of a message: one, or as many as the language has plurals."""
    return (said,) if isinstance(said, str) else tuple(said)


def read(path: Path, language: str) -> Catalog:
    """Return a catalogue."""
    from babel.messages.pofile import read_po

    with path.open("rb") as text:
        return read_po(text, locale=language)


def ours(language: str) -> Catalog:
    """Return our catalogue of a language."""
    return read(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po", language)


def said_in(catalogue: Catalog) -> dict[Key, Texts]:
    """Return what a catalogue says for each message, by context and forms; empty where it is fuzzy or says nothing."""
    found: dict[Key, Texts] = {}
    for message in catalogue:
        if message.id:
            answer = texts(message.string) if message.string and not message.fuzzy else ()
            found[message.context, texts(message.id)] = answer if all(answer) else ()
    return found


def placeholders(text: str) -> list[str]:
    """Return what a text leaves open, and its tags, in the order of the alphabet."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def broken(said: dict[Key, Texts]) -> Iterator[tuple[str, str]]:
    """Yield each form of a message beside a translation that leaves open something else."""
    for (_context, source), answer in said.items():
        # A language may have other plurals than English; all but the first are held to the plural.
        for number, form in enumerate(answer):
            asked = source[min(number, len(source) - 1)]
            if placeholders(asked) != placeholders(form):
                yield asked, form


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """Collect the messages from a copy of the source: `makemessages` writes beside the pages that it reads."""
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed (gettext collects the messages)")
    copy = tmp_path_factory.mktemp("messages") / "luotsi"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "locale", "migrations"))
    (copy / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[copy / "locale"]):
        patch.chdir(copy)
        call_command("makemessages", locale=["fi"], add_location="file", verbosity=0)
    found = set(said_in(read(copy / "locale" / "fi" / "LC_MESSAGES" / "django.po", "fi")))
    assert len(found) > 500
    return found


@pytest.mark.parametrize("language", LANGUAGES)
class TestOurMessages:
    def test_each_of_the_source_is_said(self, language: str, source: set[Key]) -> None:
        said = said_in(ours(language))
        assert [key for key in sorted(source, key=str) if not said.get(key)] == []

    def test_none_is_left_over(self, language: str, source: set[Key]) -> None:
        catalogue = ours(language)
        assert sorted(set(said_in(catalogue)) - source, key=str) == []
        assert list(catalogue.obsolete) == []

    def test_each_leaves_open_what_the_source_does(self, language: str) -> None:
        assert list(broken(said_in(ours(language)))) == []

    def test_has_a_clean_heading(self, language: str) -> None:
        catalogue = ours(language)
        heading = dict(catalogue.mime_headers)
        assert not catalogue.fuzzy
        assert heading["Project-Id-Version"].strip() == "Luotsi"
        assert heading["Language"] == language
        assert not re.search("DESCRIPTIVE TITLE|FIRST AUTHOR|PACKAGE", catalogue.header_comment)


class TestBroken:
    def test_finds_a_lost_placeholder_and_a_changed_tag(self) -> None:
        assert list(broken({(None, ("From %(name)s",)): ("Från %(namn)s",)}))
        assert list(broken({(None, ("%(n)s row", "%(n)s rows")): ("%(n)s rad", "rader")}))
        assert list(broken({(None, ('<a href="%(url)s">here</a>',)): ('<a href="%(url)s">här',)}))

    def test_lets_them_stand_in_another_order(self) -> None:
        assert not list(broken({(None, ("%(a)s of %(b)s, 5% each",)): ("%(b)s: %(a)s, 5 % var",)}))
        assert not list(broken({(None, ("one row", "%(n)s rows")): ("en rad", "%(n)s rader")}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_of_libraries_that_people_meet_are_said(language: str) -> None:
    library = [
        read(folder / language / "LC_MESSAGES" / "django.po", language) for folder in (ALLAUTH, DJANGO, DJANGO_AUTH)
    ]
    said = {
        forms[0] for catalogue in (*library, ours(language)) for (_, forms), text in said_in(catalogue).items() if text
    }
    with translation.override(None):
        spoken = {
            str(word)
            for hook in (AccountAdapter, IdentityAdapter, SecondFactorAdapter)
            for word in hook.error_messages.values()
        }
    assert sorted({*NEEDED, *spoken} - said) == []
