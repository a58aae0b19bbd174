"""Finding words in a field whatever their case, on both databases.

SQLite knows the cases of a–z only, so "ähtäri" would not find "Ähtäri" there; PostgreSQL knows them as far as the
locale of its cluster does.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Q


def contains(field: str, text: str) -> Q:
    """Return the condition that the field (a lookup path such as `unit__name_fi`) contains the text in any case.

    A text with other letters than a–z is asked for as typed, in small letters, in capitals, and with a capital at
    its beginning or at the beginning of each word: names are written in one of these ways.
    """
    found = Q()
    for form in forms_of(text):
        found |= Q(**{f"{field}__icontains": form})
    return found


def with_words(text: str, *fields: str) -> Q:
    """Return the condition that each word of the text is somewhere in the fields: a full name is in two of them."""
    found = Q()
    for word in text.split():
        somewhere = Q()
        for field in fields:
            somewhere |= contains(field, word)
        found &= somewhere
    return found


def forms_of(text: str) -> tuple[str, ...]:
    """Return the ways of writing the text that a database which knows only a–z would tell apart; no form twice."""
    typed = unicodedata.normalize("NFC", text)
    if typed.isascii():
        return (typed,)
    titled = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), typed)
    return tuple(dict.fromkeys((typed, typed.lower(), typed.upper(), typed.capitalize(), titled)))
