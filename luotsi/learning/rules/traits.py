"""Broad classes of what the law protects, for the audit of models only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luotsi.learning.rules.codes import birth_in

FEMALE, MALE = "female", "male"
ADULT, GROWN = 18, 25
LANGUAGES = frozenset({"fi", "sv"})
NUMBER_OF = slice(7, 10)  # of an identity code: odd for men (Act 661/2009)


@dataclass(frozen=True)
class Traits:
    """Classes of one learner; "" = not known."""

    gender: str = ""
    language: str = ""
    age: str = ""
    support: str = ""


def traits_of(
    *, identity: str, language: str, birth: date | None, begun: date | None, has_support: bool | None
) -> Traits:
    """Return the classes of a learner.

    Args:
        identity: the identity code, "" where it is not told.
        language: a code of the mother tongue, "" where it is not told.
        birth: the day of birth where it is told beside the identity code.
        begun: the first day of the first right to study.
        has_support: whether a right or a plan tells of special support or support for learning.
    """
    born = birth_in(identity) or birth
    return Traits(
        gender=_gender(identity) if birth_in(identity) else "",
        language=_language(language),
        age=_age(born, begun),
        support="" if has_support is None else "support" if has_support else "none",
    )


def _gender(identity: str) -> str:
    return MALE if int(identity.strip()[NUMBER_OF]) % 2 else FEMALE


def _language(code: str) -> str:
    plain = code.strip().lower()
    return plain if plain in LANGUAGES else "other" if plain else ""


def _age(born: date | None, begun: date | None) -> str:
    if born is None or begun is None:
        return ""
    years = begun.year - born.year - ((begun.month, begun.day) < (born.month, born.day))
    return "under_18" if years < ADULT else "18_to_24" if years < GROWN else "over_24"
