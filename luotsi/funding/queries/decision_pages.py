"""The decision of a funder on a page: what was read with its place in the text, and applied beside granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.funding.models import Call, DecisionLetter, GrantDecision, ReportCheck
from luotsi.funding.queries.appeals import AppealRow, appeal_rows
from luotsi.funding.queries.because_words import REMARKS, all_words
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.obligation_pages import gaps_of
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.decision_text import Certainty, Found, Item, Outcome, Reading
from luotsi.funding.rules.rights import Right
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Application

OUTCOME_MARKS = {Outcome.GRANTED: "done", Outcome.PARTLY: "done", Outcome.REFUSED: "late"}


@dataclass(frozen=True)
class Evidence:
    """Where in the text a value stands: its mark, the words, how sure it is and what else it may be."""

    number: int
    quoted: str
    is_doubtful: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A piece of a text; with a number it is where the value of that number stands."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class ReadPage:
    """What was read of one decision of a text: what the form begins with, and where each value stands."""

    initial: Mapping[str, Any]
    evidence: Mapping[str, Evidence]
    pieces: tuple[Piece, ...]
    places: Mapping[str, tuple[int, int]]
    remarks: tuple[str, ...]
    instalments: int
    reports: int


def read_page(reading: Reading, place: int, application: Application | None = None) -> ReadPage:
    """Return one decision of a text for its confirmation, beside what was applied for; nothing of it is stored."""
    item = reading.items[place]
    found = dict(_found(item))
    places = {name: (one.start, one.end) for name, one in found.items()}
    numbers = {
        name: number for number, (name, _place) in enumerate(sorted(places.items(), key=lambda one: one[1]), start=1)
    }
    evidence = {name: _evidence(one, numbers[name]) for name, one in found.items()}
    remarks = (*all_words([*reading.reasons, *item.remarks], REMARKS), *_beside(item, application))
    return ReadPage(
        initial=dict(_initial(item)),
        evidence=evidence,
        pieces=tuple(pieces(reading.text, places, numbers)),
        places=places,
        remarks=remarks,
        instalments=len(item.instalments),
        reports=len(item.final_reports) + len(item.interim_reports),
    )


def _beside(item: Item, application: Application | None) -> Iterator[str]:
    """Yield what the text tells otherwise than the application."""
    asked = figures_of(application).applied if application is not None else None
    if asked is not None and item.applied is not None and item.applied.value != asked:
        told = {"told": formatting.euros(item.applied.value), "asked": formatting.euros(asked)}
        yield _("The text says that %(told)s was applied for; the application asks for %(asked)s.") % told


def _found(item: Item) -> Iterator[tuple[str, Found[Any]]]:
    """Yield every value that was found under the name of its field."""
    named: dict[str, Found[Any] | None] = {
        "outcome": item.outcome,
        "granted": item.granted,
        "percent": item.grant_percent,
        "total": item.total,
        "own_share": item.own,
        "decided_on": item.decided_on,
        "register_number": item.registers[0] if item.registers else None,
        "starts_on": item.period_start,
        "ends_on": item.period_end,
        "reasons": item.grounds,
    }
    yield from ((name, one) for name, one in named.items() if one is not None)
    for number, instalment in enumerate(item.instalments):
        yield f"instalment_{number}", instalment
    for number, report in enumerate([*item.interim_reports, *item.final_reports]):
        yield f"report_{number}", report
    for number, condition in enumerate(item.conditions):
        yield f"condition_{number}", condition


def _initial(item: Item) -> Iterator[tuple[str, Any]]:
    for name, one in _found(item):
        if name == "outcome":
            yield name, one.value if one.value in OUTCOME_MARKS else ""
        elif name == "register_number":
            yield name, one.value.number
        elif name.startswith("instalment_"):
            yield f"{name}_amount", one.value.amount
            yield f"{name}_on", one.value.due_on
        elif name.startswith("report_"):
            yield f"{name}_kind", "final" if int(name[7:]) >= len(item.interim_reports) else "interim"
            yield f"{name}_on", one.value
        elif not name.startswith("condition_"):
            yield name, one.value
    yield "conditions", "\n".join(one.value for one in item.conditions)


def _evidence(one: Found[Any], number: int) -> Evidence:
    quoted = " ".join(one.quoted.split())
    others = tuple(dict.fromkeys(f"{_shown(other.value)} (“{' '.join(other.quoted.split())[:120]}”)"
                                 for other in one.alternatives))  # fmt: skip
    return Evidence(number, quoted[:300], one.certainty == Certainty.DOUBTFUL, others)


def _shown(value: object) -> str:
    match value:
        case Outcome():
            return str(dict(GrantDecision.OUTCOMES).get(value, value))
        case Decimal():
            return formatting.number(value, 0 if value == value.to_integral_value() else 2)
        case date():
            return formatting.day(value)
        case _:
            return str(getattr(value, "number", value))


def pieces(
    text: str, places: Mapping[str, Sequence[int]], numbers: Mapping[str, int] | None = None
) -> Iterator[Piece]:
    """Yield a text in pieces, marked where values stand; a place inside another one is left to the outer."""
    ordered = sorted((int(start), -int(end), name) for name, (start, end) in places.items())
    at = 0
    for place, (start, minus_end, name) in enumerate(ordered, start=1):
        end = -minus_end
        if start < at or not 0 <= start < end <= len(text):
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], numbers[name] if numbers else place)
        at = end
    if at < len(text):
        yield Piece(text[at:])


@dataclass(frozen=True)
class Pair:
    """One thing as it was applied for, and as it was granted."""

    label: str
    applied: str
    granted: str
    is_other: bool


@dataclass(frozen=True)
class DecisionPage:
    """The decision that was recorded, or that none was."""

    decision: GrantDecision | None
    mark: str
    word: str
    pairs: tuple[Pair, ...]
    gaps: tuple[str, ...]
    instalments: tuple[tuple[int, Decimal, date | None], ...]
    instalment_sum: Decimal | None
    reports: tuple[tuple[str, date | None], ...]
    conditions: tuple[str, ...]
    appeals: tuple[AppealRow, ...]
    pieces: tuple[Piece, ...]
    recorded_by: str
    may_record: bool
    sha256: str = ""
    checks: tuple[ReportCheck, ...] = ()


def decision_page(held: Held) -> DecisionPage:
    """Return what the page of the funder's decision shows."""
    application, decision = held.application, decision_of(held.application)
    rows = [(one.number, one.amount, one.due_on) for one in decision.instalments.all()] if decision else []
    person = getattr(decision.recorded_by, "person", None) if decision and decision.recorded_by else None
    return DecisionPage(
        decision=decision,
        mark=OUTCOME_MARKS[Outcome(decision.outcome)] if decision else "none",
        word=str(decision.get_outcome_display()) if decision else "",
        pairs=tuple(_pairs(application, decision)) if decision else (),
        gaps=(*_missing(decision), *gaps_of(application)) if decision else (),
        instalments=tuple(rows),
        instalment_sum=sum((row[1] for row in rows), Decimal(0)) if rows else None,
        reports=tuple(_reports(decision.reports)) if decision else (),
        conditions=tuple(line for line in decision.conditions.splitlines() if line.strip()) if decision else (),
        appeals=tuple(appeal_rows(application)),
        pieces=tuple(pieces(decision.text, decision.places)) if decision and decision.text else (),
        recorded_by=str(person or ""),
        may_record=held.may(Right.COMMIT) and application.call.kind != Call.Kind.OWN,
        sha256=_seal_of(decision),
        checks=tuple(
            ReportCheck.objects.filter(report__application=application).select_related("report").order_by("checked_at")
        )
        if decision and decision.law
        else (),
    )


def _seal_of(decision: GrantDecision | None) -> str:
    """Return the hash of the letter of a decision that was made here; "" of another."""
    if decision is None or not decision.law:
        return ""
    letters = DecisionLetter.objects.filter(decision=decision, sent_at__isnull=False)
    return letters.values_list("sha256", flat=True).first() or ""


def _missing(decision: GrantDecision) -> Iterator[str]:
    """Yield what a decision should tell and does not."""
    if decision.decided_on is None:
        yield _("The day of the decision is not known.")
    if decision.outcome == Outcome.REFUSED and not decision.reasons:
        yield _("The reasons of the decision are not known.")


def _pairs(application: Application, decision: GrantDecision) -> Iterator[Pair]:
    refused = decision.outcome == Outcome.REFUSED
    granted, figures = Decimal(0) if refused else decision.granted, figures_of(application)
    yield _pair(_("Grant"), formatting.euros(figures.applied), formatting.euros(granted))
    if refused:
        return
    yield _pair(_("Own share"), formatting.euros(figures.own_share), formatting.euros(decision.own_share))
    yield _pair(_("Total cost"), formatting.euros(figures.total), formatting.euros(decision.total))
    of_call = application.call.grant_percent
    yield _pair(_("Grant of the total cost, at most"), _percent(of_call), _percent(decision.percent))
    yield _pair(_("Use from"), formatting.day(figures.starts_on), formatting.day(decision.starts_on))
    yield _pair(_("Use until"), formatting.day(figures.ends_on), formatting.day(decision.ends_on))


def _pair(label: str, applied: str, granted: str) -> Pair:
    return Pair(label, applied, granted, formatting.MISSING not in {applied, granted} and applied != granted)


def _percent(value: Decimal | None) -> str:
    return formatting.MISSING if value is None else formatting.percent(value / 100, 0 if value % 1 == 0 else 2)


def _reports(reports: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, date | None]]:
    for one in reports:
        words = _("Final report") if one["is_final"] else _("Interim report")
        yield words, date.fromisoformat(one["due_on"]) if one.get("due_on") else None


def initial_of(decision: GrantDecision) -> dict[str, Any]:
    """Return what the form of a decision that is to be corrected begins with."""
    plain = (
        "outcome", "granted", "percent", "total", "own_share", "decided_on", "register_number", "starts_on", "ends_on",
        "conditions", "reasons", "notice", "given_on",
    )  # fmt: skip
    found: dict[str, Any] = {name: getattr(decision, name) for name in plain}
    for number, one in enumerate(decision.instalments.order_by("number")):
        found |= {f"instalment_{number}_amount": one.amount, f"instalment_{number}_on": one.due_on}
    for number, report in enumerate(decision.reports):
        found[f"report_{number}_kind"] = "final" if report["is_final"] else "interim"
        found[f"report_{number}_on"] = date.fromisoformat(report["due_on"]) if report["due_on"] else None
    return found | {"seen": decision.changed_at.isoformat()}


def seen_moment(text: str) -> datetime | None:
    """Return the moment that a page was made at, from its hidden field; None where somebody meddled with it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
