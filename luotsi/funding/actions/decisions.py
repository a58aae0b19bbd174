"""The decision of a funder: recorded once, after a person has seen every value; corrected where it was misread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.obligations import renew_obligations
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, Call, GrantDecision, Instalment
from luotsi.funding.rules.decision_text import Outcome
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.people.models import Account

STATES = {
    Outcome.GRANTED: Application.State.GRANTED,
    Outcome.PARTLY: Application.State.PARTLY,
    Outcome.REFUSED: Application.State.REFUSED,
}
WAITING = (Application.State.SUBMITTED,)


@dataclass(frozen=True, kw_only=True)
class InstalmentDetails:
    """An instalment that a decision promises."""

    amount: Decimal
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReportDetails:
    """A report that a decision asks for; no day where it gives none."""

    is_final: bool
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionDetails:
    """What a decision says; None and empty = it does not say so. `text` and `places` are those of a text read."""

    outcome: str
    granted: Decimal | None = None
    percent: Decimal | None = None
    total: Decimal | None = None
    own_share: Decimal | None = None
    decided_on: date | None = None
    register_number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    conditions: str = ""
    reasons: str = ""
    notice: str = ""
    given_on: date | None = None
    text: str = ""
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    instalments: tuple[InstalmentDetails, ...] = ()
    reports: tuple[ReportDetails, ...] = ()


@transaction.atomic
def record_decision(*, application: Application, details: DecisionDetails, by: Account | None) -> GrantDecision:
    """Record what the funder decided, and bring the application into its state.

    The same decision sent twice is recorded once. Raises FundingRefused when another one is there, when the
    application waits for none, or when the values do not agree with each other.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    if Call.objects.own().filter(pk=held.call_id).exists():
        raise FundingRefused(_("The officers of this call decide; their decision comes here by itself."))
    there = GrantDecision.objects.filter(application=held).first()
    if there is not None:
        if _written(there) == _kept(details):
            return there
        told = {"when": formatting.moment(there.recorded_at)}
        raise FundingRefused(
            _("A decision that tells something else was recorded %(when)s. Open it and correct it, if it is wrong.")
            % told
        )
    if held.state not in WAITING:
        raise FundingRefused(
            _("This application does not wait for a decision: it has not been handed in, or has ended.")
        )
    _refuse(details)
    now = clock.now()
    decision = GrantDecision(application=held, recorded_at=now, changed_at=now, recorded_by=by, **fields_of(details))
    checked(decision).save(force_insert=True)
    _write_instalments(decision, details)
    follow(held, decision)
    _record(decision, "funding.decision.recorded", by, None, _told(decision))
    return decision


@transaction.atomic
def correct_decision(
    *, decision: GrantDecision, details: DecisionDetails, seen: datetime | None = None, by: Account | None
) -> GrantDecision:
    """Correct what was recorded of a decision; no audit row when nothing changed.

    Raises FundingRefused when somebody else has corrected it since `seen`.
    """
    held = GrantDecision.objects.select_for_update().get(pk=decision.pk)
    if held.law:
        raise FundingRefused(_("This decision was made here; only its funder can correct it."))
    if seen is not None and held.changed_at != seen:
        told = {"when": formatting.moment(held.changed_at)}
        raise FundingRefused(_("Somebody else corrected this decision %(when)s. Look at it before you go on.") % told)
    details = details if details.text else replace(details, text=held.text, places=held.places)
    if _written(held) == _kept(details):
        return held
    _refuse(details)
    before = _told(held)
    fields = fields_of(details)
    for name, value in fields.items():
        setattr(held, name, value)
    held.changed_at = clock.now()
    checked(held).save(update_fields=[*fields, "changed_at"])
    _write_instalments(held, details)
    follow(Application.objects.select_for_update().get(pk=held.application_id), held)
    _record(held, "funding.decision.corrected", by, before, _told(held))
    return held


def _refuse(details: DecisionDetails) -> None:
    reasons = []
    if details.outcome != Outcome.REFUSED and details.granted is None:
        reasons.append(Reason(_("Tell how much was granted."), field="granted"))
    if details.outcome != Outcome.REFUSED and details.granted == 0:
        reasons.append(Reason(_("Nothing granted is a refusal."), field="outcome"))
    today = clock.today()
    for name in ("decided_on", "given_on"):
        if (day := getattr(details, name)) and day > today:
            reasons.append(Reason(_("The day has not come yet."), field=name))
    if bool(details.notice) != (details.given_on is not None):
        words = _("Give both how and when the decision was made known, or neither.")
        reasons.append(Reason(words, field="given_on" if details.notice else "notice"))
    if reasons:
        raise FundingRefused(*reasons)


def fields_of(details: DecisionDetails) -> dict[str, Any]:
    """Return what is kept of a decision in its own row, without its instalments."""
    made = {name: value for name, value in vars(details).items() if name not in {"instalments", "reports"}}
    return made | {"reports": _reports(details), "places": {key: list(place) for key, place in details.places.items()}}


def _reports(details: DecisionDetails) -> list[dict[str, Any]]:
    """Return the reports as they are kept: each with a key of its kind and number, which stays."""
    made, counts = [], {True: 0, False: 0}
    for one in details.reports:
        counts[one.is_final] += 1
        key = f"{'final' if one.is_final else 'interim'}-{counts[one.is_final]}"
        due = one.due_on.isoformat() if one.due_on else None
        made.append({"key": key, "is_final": one.is_final, "due_on": due})
    return made


def _kept(details: DecisionDetails) -> dict[str, object]:
    """Return what would be kept, to be compared with what is; where in the text values stand does not count."""
    fields = {name: value for name, value in fields_of(details).items() if name not in {"text", "places"}}
    return fields | {"instalments": [(one.amount, one.due_on) for one in details.instalments]}


def _written(decision: GrantDecision) -> dict[str, object]:
    names = [name for name in vars(DecisionDetails(outcome="")) if name not in {"text", "places", "instalments"}]
    rows = decision.instalments.order_by("number").values_list("amount", "due_on")
    return {name: getattr(decision, name) for name in names} | {"instalments": list(rows)}


def _write_instalments(decision: GrantDecision, details: DecisionDetails) -> None:
    rows = list(decision.instalments.order_by("number"))
    for number, one in enumerate(details.instalments, 1):
        row = rows.pop(0) if rows else Instalment(decision=decision)
        row.number, row.amount, row.due_on = number, one.amount, one.due_on
        checked(row)
        if row._state.adding:
            row.save(force_insert=True)
        else:
            row.save(update_fields=["number", "amount", "due_on"])
    for row in rows:
        row.delete()


def follow(application: Application, decision: GrantDecision) -> None:
    """Bring the application into the state of its decision, and write the obligations."""
    application.state = STATES[Outcome(decision.outcome)]
    application.granted = decision.granted if decision.is_granted else None
    application.decided_on = decision.decided_on
    application.save(update_fields=["state", "granted", "decided_on"])
    renew_obligations(application=application)


def _told(decision: GrantDecision) -> dict[str, object]:
    """Return what the log tells: everything but the text, which is kept with the decision."""
    told = {name: value for name, value in audit.snapshot(decision).items() if name not in {"text", "places"}}
    return told | {"instalments": [[one.amount, one.due_on] for one in decision.instalments.order_by("number")]}


def _record(
    decision: GrantDecision,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object],
) -> None:
    unit_id = decision.application.unit_id
    audit.record(by=by, verb=verb, target=decision, before=before, after=after, unit_id=unit_id)
