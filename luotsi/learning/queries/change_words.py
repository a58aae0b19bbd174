"""What a plan changed, in words: which days moved by how much, and what else was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.learning.rules.slips import Beside, Change, Move, Note
from luotsi.ui.formatting import day, number

WEEK, MOST = 7, 8


@dataclass(frozen=True)
class MoveWords:
    """One day that moved."""

    name: str
    words: str
    is_later: bool


@dataclass(frozen=True)
class ChangeWords:
    """What was changed on one day; `notes` stand beside it and claim no cause."""

    told_on: date
    title: str
    moves: tuple[MoveWords, ...]
    more: int
    notes: tuple[str, ...]


def change_words(changes: Sequence[Change]) -> list[ChangeWords]:
    """Return changes in words, the end of it all first in each."""
    return [_change(one) for one in changes]


def _change(one: Change) -> ChangeWords:
    moves = [*([_move(one.end, _("Estimated end of the studies"))] if one.end else [])]
    moves += [_move(move, move.name or move.key) for move in one.moves]
    later = sum(move.is_later for move in moves)
    if later == len(moves):
        title = ngettext("%(n)s date moved later", "%(n)s dates moved later", later)
    elif later:
        title = _("%(n)s dates moved, %(later)s of them later")
    else:
        title = ngettext("%(n)s date came forward", "%(n)s dates came forward", len(moves))
    words = title % {"n": number(len(moves)), "later": number(later)}
    notes = tuple(_note(note) for note in one.notes)
    return ChangeWords(one.told_on, words, tuple(moves[:MOST]), max(0, len(moves) - MOST), notes)


def _move(move: Move, name: str) -> MoveWords:
    return MoveWords(name, moved_words(move), move.is_later)


def moved_words(move: Move) -> str:
    """Return from which day to which, and by how much."""
    days = move.days
    if move.now is None or days is None:
        return _("was %(was)s, now without a day") % {"was": day(move.was)}
    told = {"was": day(move.was), "now": day(move.now), "by": span_words(abs(days))}
    if days > 0:
        return _("%(was)s → %(now)s, %(by)s later") % told
    return _("%(was)s → %(now)s, %(by)s earlier") % told


def span_words(days: int) -> str:
    """Return a number of days as weeks, where it is two weeks or more."""
    weeks = round(days / WEEK)
    if days < 2 * WEEK:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": number(days)}
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": number(weeks)}


def _note(note: Note) -> str:
    told = {"first": day(note.first), "last": day(note.last), "name": note.name}
    match note.kind:
        case Beside.AWAY if note.last is None:
            return _("Studies were interrupted from %(first)s.") % told
        case Beside.AWAY:
            return _("Studies were interrupted from %(first)s to %(last)s.") % told
        case Beside.UNFINISHED:
            return _("“%(name)s” was planned by %(last)s and was not done yet.") % told
    return _("A period at work was prolonged from %(first)s to %(last)s.") % told
