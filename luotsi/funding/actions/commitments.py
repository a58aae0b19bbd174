"""The own-share ledger: writing an entry, mending it, taking it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Commitment

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.models import Account
    from luotsi.programme.models import BudgetLine


@dataclass(frozen=True, kw_only=True)
class CommitmentDetails:
    """What can be written of an entry; `amount` None = the decision gives no sum, which is not zero."""

    deed: str
    decider: str
    amount: Decimal | None = None
    decided_on: date | None = None
    section: str = ""
    budget_line: BudgetLine | None = None
    replaces: Commitment | None = None
    note: str = ""


@transaction.atomic
def add_commitment(*, application: Application, details: CommitmentDetails, by: Account | None) -> Commitment:
    """Write an entry into the ledger. Raises FundingRefused when its day, line or earlier entry does not fit."""
    _refuse(application, details, None)
    entry = checked(Commitment(application=application, written_by=by, written_at=clock.now(), **vars(details)))
    entry.save(force_insert=True)
    _record(entry, "funding.commitment.added", by, None, audit.snapshot(entry))
    return entry


@transaction.atomic
def change_commitment(*, entry: Commitment, details: CommitmentDetails, by: Account | None) -> Commitment:
    """Mend an entry; of one that a matter made only line and note. No audit row when nothing changed."""
    _refuse(entry.application, details, entry)
    names = ["budget_line", "note"] if entry.item_id else list(vars(details))
    before = audit.snapshot(entry, *names)
    for name in names:
        setattr(entry, name, getattr(details, name))
    after = audit.snapshot(checked(entry), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        entry.save(update_fields=changed)
        old, new = ({name: state[name] for name in changed} for state in (before, after))
        _record(entry, "funding.commitment.changed", by, old, new)
    return entry


@transaction.atomic
def remove_commitment(*, entry: Commitment, by: Account | None) -> None:
    """Take away an entry that was written by mistake; the log keeps it. Raises FundingRefused for one of a matter."""
    if entry.item_id:
        raise FundingRefused(_("This entry was made by the decision on a matter. Take back the decision there."))
    _record(entry, "funding.commitment.removed", by, audit.snapshot(entry), None)
    entry.delete()


def _refuse(application: Application, details: CommitmentDetails, entry: Commitment | None) -> None:
    reasons = []
    if details.decided_on and details.decided_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="decided_on"))
    line = details.budget_line
    if line is not None and line.programme.owner_id not in [*application.unit.ancestor_ids, application.unit_id]:
        reasons.append(Reason(_("This line belongs to the programme of another unit."), field="budget_line"))
    earlier = details.replaces
    if earlier is not None:
        if earlier.application_id != application.pk:
            reasons.append(Reason(_("The earlier entry is of another application."), field="replaces"))
        elif entry is not None and _leads_to(earlier, entry):
            reasons.append(Reason(_("An entry cannot take the place of itself."), field="replaces"))
    if reasons:
        raise FundingRefused(*reasons)


def _leads_to(entry: Commitment, sought: Commitment) -> bool:
    """Return True when the entry is the sought one or takes its place, directly or through others."""
    seen: set[object] = set()
    at: Commitment | None = entry
    while at is not None and at.pk not in seen:
        if at.pk == sought.pk:
            return True
        seen.add(at.pk)
        at = at.replaces
    return False


def _record(
    entry: Commitment,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    audit.record(by=by, verb=verb, target=entry, before=before, after=after, unit_id=entry.application.unit_id)
