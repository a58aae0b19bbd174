"""The columns of a list of units, and the headings by which they are recognised in three languages."""

from __future__ import annotations

import re

# The first word of each language is the heading of the template file in that language.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": {
        "fi": ("laji", "yksikön laji", "taso"),
        "sv": ("slag", "enhetens slag", "nivå"),
        "en": ("kind", "kind of unit", "level"),
    },
    "name_fi": {
        "fi": ("nimi suomeksi", "nimi", "suomenkielinen nimi", "yksikön nimi"),
        "sv": ("namn på finska", "finskt namn", "finskspråkigt namn"),
        "en": ("name in Finnish", "name", "finnish name"),
    },
    "name_sv": {
        "fi": ("nimi ruotsiksi", "ruotsinkielinen nimi"),
        "sv": ("namn på svenska", "namn", "svenskt namn", "svenskspråkigt namn"),
        "en": ("name in Swedish", "swedish name"),
    },
    "name_en": {
        "fi": ("nimi englanniksi", "englanninkielinen nimi"),
        "sv": ("namn på engelska", "engelskt namn"),
        "en": ("name in English", "english name"),
    },
    "parent": {
        "fi": ("yläyksikkö", "ylempi yksikkö", "kuuluu yksikköön", "järjestäjä", "koulutuksen järjestäjä"),
        "sv": ("överordnad enhet", "hör till enhet", "anordnare", "utbildningsanordnare"),
        "en": ("parent", "parent unit", "unit above", "education provider"),
    },
    "municipality_number": {
        "fi": ("kuntanumero", "kunnan numero", "kuntakoodi"),
        "sv": ("kommunnummer", "kommunens nummer", "kommunkod"),
        "en": ("municipality number", "municipality code"),
    },
    "institution_number": {
        "fi": ("oppilaitosnumero", "oppilaitoksen numero", "oppilaitoskoodi", "oppilaitostunnus"),
        "sv": ("läroanstaltsnummer", "läroanstaltens nummer", "läroanstaltskod"),
        "en": ("institution number", "institution code", "school number"),
    },
    "institution_type": {
        "fi": ("oppilaitostyyppi", "oppilaitoksen tyyppi"),
        "sv": ("läroanstaltstyp", "typ av läroanstalt"),
        "en": ("institution type", "type of institution"),
    },
    "oid": {
        "fi": ("OID", "oid-tunnus", "organisaatio-oid", "organisaation oid"),
        "sv": ("OID", "oid-kod", "organisationens oid"),
        "en": ("OID", "organisation oid"),
    },
    "valid_from": {
        "fi": ("voimassa alkaen", "alkaa", "alkaen", "alkupäivä", "ensimmäinen päivä"),
        "sv": ("giltig från", "börjar", "från och med", "första dag"),
        "en": ("valid from", "first day", "start date"),
    },
    "valid_to": {
        "fi": ("voimassa asti", "päättyy", "loppupäivä", "viimeinen päivä"),
        "sv": ("giltig till", "slutar", "till och med", "sista dag"),
        "en": ("valid to", "last day", "end date"),
    },
    "key": {
        "fi": ("tunnus Luotsissa", "osoite", "yksikön osoite"),
        "sv": ("adress i Luotsi", "adress", "enhetens adress"),
        "en": ("address in Luotsi", "address", "key"),
    },
}
FIELDS = tuple(HEADINGS)

# The columns of the national list of schools (Vipunen, perusopetus_oppilaat_lukuvuosi_oppilaitos).
NATIONAL = {
    "lukuvuosi": "school_year",
    "opetuksen_jarjestaja": "provider_name",
    "koodit_opetuksen_jarjestaja": "provider_code",
    "oppilaitos": "name_fi",
    "koodit_oppilaitos": "institution_number",
}


def plain(heading: str) -> str:
    """Return a heading without case, underscores, marks of a required column and double blanks."""
    return " ".join(re.sub(r"[_*:\-–()]+", " ", heading.casefold()).split())


_BY_HEADING = {
    plain(word): name
    for name, languages in HEADINGS.items()
    for word in (name, *(word for words in languages.values() for word in words))
}
_NATIONAL_BY_HEADING = {plain(heading): name for heading, name in NATIONAL.items()}


def field_of(heading: str) -> str:
    """Return the field that a heading of a list of units means, or ""."""
    return _BY_HEADING.get(plain(heading), "")


def national_field_of(heading: str) -> str:
    """Return the field that a heading of the national list means, or ""."""
    return _NATIONAL_BY_HEADING.get(plain(heading), "")


def is_known(heading: str) -> bool:
    """Return True for a heading of either list; decides which sheet and row hold the headings."""
    return bool(field_of(heading) or national_field_of(heading))


def titles(language: str) -> dict[str, str]:
    """Return the heading of every column in the language, as the template file has it, with a capital letter."""
    chosen = language if language in {"fi", "sv", "en"} else "en"
    words = {name: languages[chosen][0] for name, languages in HEADINGS.items()}
    return {name: word[0].upper() + word[1:] for name, word in words.items()}
