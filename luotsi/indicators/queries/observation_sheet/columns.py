"""The columns of a list of observations, and the headings by which they are recognised in three languages."""

from __future__ import annotations

import re

from django.utils.translation import get_language

# The first word of each language is the heading of the template in that language.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "indicator": {
        "fi": ("mittari", "mittarin tunnus"),
        "sv": ("indikator", "indikatorns kod"),
        "en": ("indicator", "key of the indicator"),
    },
    "unit": {
        "fi": ("yksikkö", "yksikön tunnus", "oppilaitosnumero"),
        "sv": ("enhet", "enhetens kod", "läroanstaltsnummer"),
        "en": ("unit", "key of the unit", "institution number"),
    },
    "period": {"fi": ("jakso", "ajankohta"), "sv": ("period", "tidpunkt"), "en": ("period", "time")},
    "first_day": {
        "fi": ("alkaa", "ensimmäinen päivä"),
        "sv": ("börjar", "första dag"),
        "en": ("first day", "from"),
    },
    "last_day": {
        "fi": ("päättyy", "viimeinen päivä"),
        "sv": ("slutar", "sista dag"),
        "en": ("last day", "to"),
    },
    "split": {"fi": ("jaottelu", "osa"), "sv": ("indelning", "del"), "en": ("split", "part")},
    "numerator": {"fi": ("osoittaja",), "sv": ("täljare",), "en": ("numerator",)},
    "denominator": {"fi": ("nimittäjä",), "sv": ("nämnare",), "en": ("denominator",)},
    "value": {"fi": ("arvo", "luku"), "sv": ("värde", "tal"), "en": ("value", "figure")},
    "persons": {
        "fi": ("henkilöitä", "henkilöiden määrä"),
        "sv": ("personer", "antal personer"),
        "en": ("persons", "number of persons"),
    },
    "source": {"fi": ("lähde",), "sv": ("källa",), "en": ("source",)},
    "source_place": {
        "fi": ("kohta lähteessä", "sivu"),
        "sv": ("ställe i källan", "sida"),
        "en": ("place in the source", "page"),
    },
    "note": {"fi": ("huomautus",), "sv": ("anmärkning",), "en": ("note",)},
}
FIELDS = tuple(HEADINGS)
NUMBERS = ("numerator", "denominator", "value", "persons")
NEEDED = ("indicator", "unit")


def bare(text: str) -> str:
    """Return a heading as it is compared: small letters, single blanks, no mark of a duty at its end."""
    return re.sub(r"\s+", " ", text).strip(" *:\n").casefold()


_KNOWN = {
    bare(word): field
    for field, words in HEADINGS.items()
    for language in words.values()
    for word in (*language, field)
}


def field_of(heading: str) -> str:
    """Return the field that a heading means; empty where it means none."""
    return _KNOWN.get(bare(heading), "")


def heading_of(field: str) -> str:
    """Return the heading of a field in the language of the moment."""
    words = HEADINGS[field]
    return words.get((get_language() or "fi")[:2], words["en"])[0]
