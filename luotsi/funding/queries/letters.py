"""What a letter of decision says, in Finnish and in Swedish, as plain data for its template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.funding.models import Call
from luotsi.funding.queries.answers import answers_of
from luotsi.funding.rules.letters import Law, correction
from luotsi.funding.rules.shares import parted
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Application, DecisionBatch, DecisionLetter, GrantDecision

LANGUAGES = ("fi", "sv")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Words:
    """A text in its language."""

    text: str
    lang: str
    strong: bool = False


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs, a list and perhaps a table; `sums` = the last row is a sum."""

    heading: str
    paragraphs: tuple[Words, ...] = ()
    items: tuple[Words, ...] = ()
    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sums: bool = False


def content_of(letter: DecisionLetter) -> dict[str, Any]:
    """Return what a letter says as {fi, sv}, ready for the template and for its hash.

    Args:
        letter: its decision with application, call, funder, unit and instalments may be fetched before.
    """
    return {language: _in(letter, language) for language in LANGUAGES}


def _in(letter: DecisionLetter, language: str) -> dict[str, Any]:
    with translation.override(language):
        decision = letter.decision
        application = decision.application
        return {
            "language": language,
            "title": _("Decision on an application for a grant"),
            "author": application.call.funder.names.best(language)[0],
            "sender": asdict(_named(application.call.funder.names, language)),
            "about": [{"label": label, **asdict(words)} for label, words in _about(decision, application, language)],
            "parts": [asdict(part) for part in _parts(letter, decision, application, language)],
        }


def _named(names: Names, language: str) -> Words:
    return Words(*names.best(language))


def _plain(text: str) -> Words:
    return Words(text, translation.get_language()[:2])


def _about(decision: GrantDecision, application: Application, language: str) -> Iterator[tuple[str, Words]]:
    yield _("Applicant:"), _named(application.unit.names, language)
    yield _("Project:"), _named(application.names, language)
    yield _("Call:"), _named(application.call.names, language)
    if decision.register_number:
        yield _("Register number:"), _plain(decision.register_number)
    if decision.decided_on:
        yield _("Day of the decision:"), _plain(formatting.day(decision.decided_on))


def _parts(letter: DecisionLetter, decision: GrantDecision, application: Application, language: str) -> Iterator[Part]:
    batch = letter.batch
    yield Part(_("Decision"), tuple(_decided(decision, application, language)))
    if letter.grounds.text:
        yield Part(_("Reasons"), _lines(letter.grounds, language))
    if decision.is_granted:
        yield _sums(decision, application)
        yield from _use(decision)
        if batch.terms.text:
            yield Part(_("Conditions"), items=_lines(batch.terms, language))
    yield Part(_("Legal ground"), (_plain(_ground(batch)),))
    yield Part(_("How to ask for a correction"), tuple(_plain(text) for text in _correcting(batch, application)))
    yield Part(_("Officer who decides"), (_named(batch.signers, language),))


def _lines(names: Names, language: str) -> tuple[Words, ...]:
    text, code = names.best(language)
    return tuple(Words(line.strip(), code) for line in text.splitlines() if line.strip())


def _decided(decision: GrantDecision, application: Application, language: str) -> Iterator[Words]:
    told = {
        "funder": application.call.funder.names.best(language)[0],
        "applicant": application.unit.names.best(language)[0],
        "project": application.names.best(language)[0],
        "applied": formatting.euros(application.applied, 2),
        "granted": formatting.euros(decision.granted, 2),
    }
    if not decision.is_granted:
        yield Words(_("The application of %(applicant)s is refused: no grant is given.") % told, language, strong=True)
        yield Words(_("Applied for: %(applied)s for the project %(project)s.") % told, language)
        return
    yield Words(_("%(funder)s grants %(applicant)s at most %(granted)s.") % told, language, strong=True)
    yield Words(_("The grant is for the project %(project)s. Applied for: %(applied)s.") % told, language)


def _sums(decision: GrantDecision, application: Application) -> Part:
    rows = [
        *_costs(decision, application),
        (_("Total cost"), _euros(application.total), _euros(decision.total)),
        (_("Other funding"), _euros(application.other), _euros(application.other)),
        (_("Own share"), _euros(application.own_share), _euros(decision.own_share)),
        (_("Grant"), _euros(application.applied), _euros(decision.granted)),
    ]
    return Part(
        _("Sums"),
        tuple(_plain(text) for text in _share(decision, application)),
        caption=_("Applied for and decided, by class of cost"),
        head=(_("What"), _("Applied for"), _("Decided")),
        rows=tuple(row for row in rows if row[1] or row[2]),
        sums=True,
    )


def _euros(value: Decimal | None) -> str:
    return "" if value is None else formatting.euros(value, 2)


def _costs(decision: GrantDecision, application: Application) -> Iterator[tuple[str, str, str]]:
    """Yield each line of cost as it was applied for and, in proportion, as it is accepted."""
    costs = costs_of(application)
    applied = [sum_ for _label, sum_ in costs]
    if not costs or not any(applied):
        return
    is_whole = decision.total is None or decision.total == sum(applied, NOTHING)
    decided: Sequence[Decimal] = applied if is_whole or decision.total is None else parted(decision.total, applied)
    for (label, sum_), accepted in zip(costs, decided, strict=True):
        yield label, _euros(sum_), _euros(accepted)


def costs_of(application: Application) -> list[tuple[str, Decimal]]:
    """Return the lines of cost of an application with their sums, in the active language; none without a form."""
    answers = answers_of(application)
    if answers is None:
        return []
    return [
        (answers.label(one.name), Decimal(one.value))
        for one in answers.given
        if one.role == "cost" and not one.summary and isinstance(one.value, int | Decimal) and one.value
    ]


def _share(decision: GrantDecision, application: Application) -> Iterator[str]:
    if decision.percent is None:
        yield _("The grant is a ceiling. It is never more than the cost less other funding.")
        return
    percent = formatting.percent(decision.percent / 100, 0 if decision.percent % 1 == 0 else 2)
    if application.call.share_base == Call.Base.ELIGIBLE:
        words = _("The grant is at most %(percent)s of the eligible cost that comes about, never more than granted.")
    else:
        words = _("The grant is at most %(percent)s of the total cost that comes about, never more than granted.")
    yield words % {"percent": percent}


def _use(decision: GrantDecision) -> Iterator[Part]:
    if decision.starts_on and decision.ends_on:
        days = {"start": formatting.day(decision.starts_on), "end": formatting.day(decision.ends_on)}
        words = _("The grant is used from %(start)s to %(end)s. Cost outside this time is not accepted.") % days
        yield Part(_("Period of use"), (_plain(words),))
    rows = [
        (f"{one.number}.", formatting.day(one.due_on) if one.due_on else _("day told later"), _euros(one.amount))
        for one in decision.instalments.all()
    ]
    if rows:
        together = (_("Together"), "", _euros(decision.granted))
        yield Part(
            _("Instalments"),
            caption=_("The grant is paid in instalments"),
            head=(_("Instalment"), _("To be paid on"), _("Amount")),
            rows=(*rows, together),
            sums=True,
        )
    reports = tuple(_plain(text) for text in _reports(decision))
    if reports:
        intro = _plain(_("Use of the grant is reported to the funder:"))
        yield Part(_("Reports to be given"), (intro,), items=reports)


def _reports(decision: GrantDecision) -> Iterator[str]:
    for one in decision.reports:
        words = _("Final report") if one["is_final"] else _("Interim report")
        due = formatting.day(date.fromisoformat(one["due_on"])) if one["due_on"] else _("day told later")
        yield _("%(report)s at the latest on %(day)s") % {"report": words, "day": due}


def _ground(batch: DecisionBatch) -> str:
    if batch.law == Law.STATE:
        return _("Act on Discretionary Government Transfers (688/2001).")
    return _("Own grant of a municipality. The decision is corrected under the Local Government Act (410/2015).")


def _correcting(batch: DecisionBatch, application: Application) -> Iterator[str]:
    right = correction(Law(batch.law))
    told = {
        "funder": application.call.funder.names.text,
        "days": right.days,
        "after": right.notified_after,
    }
    yield (
        _("Whoever is not content with this decision may ask %(funder)s in writing to correct it.") % told
        + " "
        + _("The request must be with the funder within %(days)s days from being notified of the decision.") % told
    )
    yield (
        _(
            "This letter is sent electronically. The applicant counts as notified on the %(after)s. day after it was "
            "sent, unless something else is shown. The day of the notice is not counted; a time that ends on a day "
            "off goes on to the next working day."
        )
        % told
    )
    yield _("Tell in the request which decision it is about, what should be changed and why, who asks, and sign it.")
    yield _("A correction has to be asked for first; only then can one appeal to the administrative court.")
