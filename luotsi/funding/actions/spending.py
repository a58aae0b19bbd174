"""The spending of a grant: what a person decides of an entry, the budget, and what the project has earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, BudgetRow, LedgerEntry

if TYPE_CHECKING:
    from luotsi.people.models import Account

type Budget = Mapping[tuple[str, int | None], Decimal]


@dataclass(frozen=True, kw_only=True)
class RulingDetails:
    """What somebody decides of an entry: `ruling` refused, accepted or "" (the rules decide), and its class."""

    ruling: str
    reason: str = ""
    cost_class: str


@transaction.atomic
def rule_entry(*, entry: LedgerEntry, details: RulingDetails, by: Account | None) -> LedgerEntry:
    """Decide about an entry, or leave it to the rules again; no row in the log when nothing changed.

    Raises:
        FundingRefused: no reason is given, or the entry is in another currency and can be in no sum.
    """
    names = ("ruling", "ruling_reason", "cost_class")
    kept = LedgerEntry.objects.select_for_update(of=("self",)).select_related("application").get(pk=entry.pk)
    if details.ruling and not details.reason.strip():
        raise FundingRefused(Reason(_("Tell why."), field="reason"))
    if details.ruling == "accepted" and kept.currency != "EUR":
        raise FundingRefused(
            Reason(_("This entry is in another currency. Have it booked in euros first."), field="ruling")
        )
    before = audit.snapshot(kept, *names)
    kept.ruling, kept.cost_class = details.ruling, details.cost_class
    kept.ruling_reason = details.reason.strip() if details.ruling else ""
    after = audit.snapshot(checked(kept), *names)
    if before == after:
        return kept
    kept.ruled_by, kept.ruled_at = (by, clock.now()) if kept.ruling else (None, None)
    kept.save(update_fields=[*names, "ruled_by", "ruled_at"])
    unit_id = kept.application.unit_id
    audit.record(
        by=by, verb="funding.entry.ruled", target=kept, before=before, after=after, unit_id=unit_id,
        reason=kept.ruling_reason,
    )  # fmt: skip
    return kept


@transaction.atomic
def write_budget(*, application: Application, budget: Budget, by: Account | None) -> None:
    """Write the budget of a grant anew: euros by class and year, or by class and None for the whole time.

    Without any sum the budget is that of the application's form again.

    Raises:
        FundingRefused: a sum is below zero, or a class has sums both by years and for the whole time.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    if not held.is_granted:
        raise FundingRefused(_("Nothing has been granted, so there is nothing to spend."))
    mixed = {key for key, year in budget if year is None} & {key for key, year in budget if year is not None}
    if mixed:
        raise FundingRefused(
            _("Give the sums of %(name)s by years or for the whole time, not both.") % {"name": sorted(mixed)[0]}
        )
    before = {_key(one.cost_class, one.year): one.amount for one in held.budget_rows.all()}
    after = {_key(cost_class, year): amount for (cost_class, year), amount in budget.items()}
    if before == after:
        return
    held.budget_rows.all().delete()
    for (cost_class, year), amount in budget.items():
        row = BudgetRow(application=held, cost_class=cost_class, year=year, amount=amount)
        checked(row).save(force_insert=True)
    audit.record(by=by, verb="funding.budget.written", target=held, before=before, after=after, unit_id=held.unit_id)


@transaction.atomic
def write_income(*, application: Application, earned: Decimal | None, by: Account | None) -> None:
    """Write what the project has earned so far, in euros; None is not known. No row in the log when it was the same.

    Raises:
        FundingRefused: nothing was granted, or the sum is below zero.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    if not held.is_granted:
        raise FundingRefused(_("Nothing has been granted, so there is nothing to spend."))
    if earned is not None and earned < 0:
        raise FundingRefused(Reason(_("The sum cannot be negative."), field="earned"))
    if held.earned == earned:
        return
    before, held.earned = {"earned": held.earned}, earned
    checked(held).save(update_fields=["earned"])
    after = {"earned": earned}
    audit.record(by=by, verb="funding.income.written", target=held, before=before, after=after, unit_id=held.unit_id)


def _key(cost_class: str, year: int | None) -> str:
    return f"{cost_class} {year}" if year else cost_class
