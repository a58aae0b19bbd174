"""Sentences in every language at once, so that a frozen report keeps its words whatever becomes of the catalogues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.programme.rules.values import LANGUAGES, Text
from luotsi.ui import formatting


def said(message: str | Promise, **params: object) -> Text:
    """Return a message (marked with gettext_noop, or lazy) in every language, its parameters in the same language.

    Parameters are texts in three languages, days, or plain values.
    """
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            words = gettext(str(message)) if isinstance(message, str) else str(message)
            given = {name: _plain(value, language) for name, value in params.items()}
            found[language] = words % given if given else words
    return Text(**found)


def _plain(value: object, language: str) -> str:
    match value:
        case Text():
            return best(value, language)[0]
        case Decimal():
            return formatting.number(value)
        case date():
            return formatting.day(value)
    return str(value)


def best(text: Text, language: str) -> tuple[str, str]:
    """Return a text in the asked language with that language, or in the first that it has with its own."""
    for code in (language, *LANGUAGES):
        if given := getattr(text, code):
            return given, code
    return "", language


def every(text: str) -> Text:
    """Return a text that is the same in every language, such as a code."""
    return Text(fi=text, sv=text, en=text)


def joined(texts: list[Text], between: str = ", ") -> Text:
    """Return texts one after the other, in the languages that all of them have; in each where none has all."""
    given = [text for text in texts if text]
    whole = [code for code in LANGUAGES if all(getattr(text, code) for text in given)]
    return Text(**{code: between.join(best(text, code)[0] for text in given) for code in whole or LANGUAGES})


def text_of(names: Names) -> Text:
    """Return names as a text of a report."""
    return Text(fi=names.fi, sv=names.sv, en=names.en)


def kept(given: dict[str, str] | None) -> Text:
    """Return a text as a record keeps it."""
    return text_of(names_of(given))
