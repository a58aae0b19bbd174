"""The pages of an import of a ledger: its dry run over what is known now, its result, earlier imports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.funding.models import LedgerEntry, LedgerImport
from luotsi.funding.queries.cost_classes import class_choices, class_words
from luotsi.funding.queries.ledger_files import planned
from luotsi.funding.queries.ledger_words import FAULTS, HEADINGS

if TYPE_CHECKING:
    from luotsi.funding.models import Application

SHOWN = 100
ALL = 1_000_000


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and the cell it stands in; `is_taken` when the row counts all the same."""

    row: int
    cell: str
    value: str
    message: str
    is_taken: bool


@dataclass(frozen=True)
class NewLine:
    """An entry that would be added."""

    row: int
    voucher: str
    booked_on: date
    account: str
    cost_class: str
    text: str
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class DryRun:
    """What an import would do."""

    rows: int
    new: int
    same: int
    refused: int
    total: Decimal
    gone: int
    gone_sum: Decimal
    problems: tuple[Problem, ...]
    told: int
    corrections: tuple[tuple[int, int | None], ...]
    corrected: int
    remarks: tuple[str, ...]
    lines: tuple[NewLine, ...]
    sheet: str

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """The rows of the file by what becomes of them."""
        return [
            ("done", self.new, _("are added")),
            ("none", self.same, _("are there already")),
            ("late", self.refused, _("are left out")),
        ]

    @property
    def in_words(self) -> str:
        """The parts in words."""
        return ", ".join(f"{count} {word}" for _mark, count, word in self.parts)


def dry_run(found: LedgerImport, most: int = SHOWN) -> DryRun:
    """Return what an import would do with the ledger as it is now; at most `most` problems and rows."""
    plan, told = planned(found), found.told
    names = class_words(found.application.call, {one.cost_class for one in plan.new[:most]})
    return DryRun(
        rows=told["rows"],
        new=len(plan.new),
        same=plan.same,
        refused=told["refused"],
        total=sum((Decimal(one.amount) for one in plan.new if one.currency == "EUR"), Decimal("0.00")),
        gone=plan.gone,
        gone_sum=plan.gone_sum,
        problems=tuple(problems_of(found))[:most],
        told=sum(told["by_code"].values()),
        corrections=tuple((row, of) for row, of in told["corrections"][:most]),
        corrected=told["corrected"],
        remarks=tuple(_remarks(told["reasons"])),
        lines=tuple(
            NewLine(
                row=one.row,
                voucher=one.voucher,
                booked_on=date.fromisoformat(one.booked_on),
                account=one.account,
                cost_class=names[one.cost_class],
                text=one.text,
                amount=Decimal(one.amount),
                currency=one.currency,
            )
            for one in plan.new[:most]
        ),
        sheet=told["sheet"],
    )


def problems_of(found: LedgerImport) -> Iterator[Problem]:
    """Yield what is wrong with rows of a file; first those that are left out."""
    faults = sorted(found.told["faults"], key=lambda fault: (fault[5], fault[0]))
    for row, column, code, value, other, is_taken in faults:
        words = str(FAULTS.get(code, code)) % {"other": other}
        yield Problem(row, f"{column}{row}" if column else "", value, words, is_taken)


def _remarks(reasons: Sequence[Sequence[Any]]) -> Iterator[str]:
    for code, about, params in reasons:
        yield str(HEADINGS.get(code, code)) % {**params, "about": about}


def imports_of(application: Application) -> list[LedgerImport]:
    """Return the imports of a ledger, newest first, without their rows; one query."""
    return list(application.ledger_imports.select_related("uploaded_by").defer("data", "told")[:20])


def left_of(found: LedgerImport) -> tuple[int, int]:
    """Return how many entries of an import there are, and of how many of them a person has decided."""
    mine = LedgerEntry.objects.filter(source=found)
    return mine.count(), mine.ruled().count()


def settings_of(application: Application) -> dict[str, Any]:
    """Return how the last ledger of the grant was read, else that of another grant of the unit, else nothing."""
    mine = application.ledger_imports.order_by("-uploaded_at").values_list("settings", flat=True).first()
    if mine is not None:
        return dict(mine)
    others = LedgerImport.objects.filter(application__unit=application.unit_id, state=LedgerImport.State.DONE)
    found = others.order_by("-uploaded_at").values_list("settings", flat=True).first()
    known = {key for key, _label in class_choices(application.call)}
    told = dict(found or {})
    if known:
        told["classes"] = {start: key for start, key in told.get("classes", {}).items() if key in known}
    return told
