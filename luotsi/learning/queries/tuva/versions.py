"""Versions of a plan of preparatory studies, and how one differs from another, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.learning.queries.tuva.words import part_name, weeks_words
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.learning.models import TuvaPlan
    from luotsi.learning.queries.tuva.registers import Kept
    from luotsi.learning.rules.tuva.changes import Change
    from luotsi.people.models import Account


@dataclass(frozen=True)
class VersionRow:
    """A version of the plan: who saved it when, what they said, and what became of it."""

    version: int
    who: str
    at: datetime
    words: str
    weeks: str
    ends_on: date | None
    mark: str
    word: str
    answer: str


def change_words(change: Change) -> str:
    """Return how one path differs from another, in a sentence."""
    one, other = change.before, change.after
    if change.what == "weeks":
        told = {
            "part": part_name(change.part),
            "before": _weeks(one),
            "after": _weeks(other),
        }
        return _("%(part)s: %(after)s instead of %(before)s.") % told
    if change.what == "ends_on":
        days = {
            "part": part_name(change.part),
            "before": _day(one),
            "after": _day(other),
        }
        return _("%(part)s: until %(after)s instead of %(before)s.") % days
    if change.what == "weekly":
        return _("Pace: %(after)s in a week instead of %(before)s.") % {
            "before": _weeks(one),
            "after": _weeks(other),
        }
    words = {
        "aim": _("The aim after this has changed."),
        "breaks": _("Breaks have changed."),
        "starts_on": _("The beginning has changed."),
        "content": _("%(part)s: other content.") % {"part": part_name(change.part)},
    }
    return words[change.what]


def _weeks(value: object) -> str:
    return weeks_words(value) if isinstance(value, Decimal) else ""


def _day(value: object) -> str:
    return formatting.day(value) if isinstance(value, date) else _("no day")


def version_rows(kept: Kept) -> Iterator[VersionRow]:
    """Yield the versions of a plan, the latest first."""
    for one in kept.versions:
        path = one.path
        mark, word = version_state(one, kept)
        yield VersionRow(
            version=one.version,
            who=who_words(one.saved_by),
            at=one.saved_at,
            words=one.words,
            weeks=weeks_words(path.total),
            ends_on=path.ends_on,
            mark=mark,
            word=word,
            answer=one.answer,
        )


def version_state(one: TuvaPlan, kept: Kept) -> tuple[str, str]:
    """Return what became of a version: a mark and a word."""
    if one.is_agreed is None:
        return "risk", _("waits for an answer")
    if not one.is_agreed:
        return "none", _("turned down") if one.answer else _("replaced")
    in_force = kept.plan is not None and kept.plan.pk == one.pk
    return ("done", _("in force")) if in_force else ("none", _("earlier plan"))


def who_words(account: Account | None) -> str:
    """Return who somebody is, in words."""
    if account is None:
        return _("somebody whose account is gone")
    person = getattr(account, "person", None)
    return person.full_name if person else str(account)
