"""The page of somebody's preparatory studies: the plan, the registers beside it, what is missing, when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.learning.queries.tuva.registers import Kept, kept_of
from luotsi.learning.queries.tuva.timeline import Drawn, timeline
from luotsi.learning.queries.tuva.versions import VersionRow, change_words, version_rows, who_words
from luotsi.learning.queries.tuva.words import (
    addition_words,
    gap_words,
    part_bounds,
    part_name,
    permit_name,
    remark_words,
    state_words,
    studies_name,
    weeks,
    weeks_words,
)
from luotsi.learning.rules.tuva.changes import changes
from luotsi.learning.rules.tuva.completion import gaps
from luotsi.learning.rules.tuva.judging import judge, state_of
from luotsi.learning.rules.tuva.limits import CAPS, MOST_IN_ALL
from luotsi.learning.rules.tuva.paths import Item, Path, Registers, Studies
from luotsi.learning.rules.tuva.simulating import Outlook, PartRow, outlook, path_of, side_by_side
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.learning.access import Preparing
    from luotsi.learning.models import TuvaPlan


@dataclass(frozen=True)
class ItemRow:
    """An item as it stands on the page; `mark` and `word` tell where it stands today by its days."""

    name: str
    about: str
    weeks: str
    starts_on: date | None
    ends_on: date | None
    points: Decimal | None
    unit: str
    grades: str
    mark: str
    word: str


@dataclass(frozen=True)
class PartView:
    """A part with its items: bounds, the plan, eHOKS and KOSKI beside it, and where it stands."""

    row: PartRow
    name: str
    bounds: str
    items: tuple[ItemRow, ...]
    mark: str
    word: str

    @property
    def share(self) -> float:
        """What is planned of the cap, from 0 to 1."""
        return min(float(self.row.planned / self.row.most), 1.0)

    @property
    def is_used(self) -> bool:
        """True when the plan or a register has it."""
        return bool(self.row.planned or self.row.done or self.row.hoks)


@dataclass(frozen=True)
class Judged:
    """A path with all that is told of it."""

    path: Path
    outlook: Outlook
    parts: tuple[PartView, ...]
    wrong: tuple[str, ...]
    remarks: tuple[str, ...]
    missing: tuple[str, ...]
    still: tuple[str, ...]
    least: str
    least_weeks: str
    is_ready: bool
    along: tuple[str, ...]
    breaks: tuple[tuple[date, date, str], ...]

    @property
    def can_complete(self) -> bool:
        """True when studies by this plan can be completed."""
        return not self.missing


@dataclass(frozen=True)
class TuvaPage:
    """All that the page shows."""

    held: Preparing
    registers: Registers
    permit: str
    plan: TuvaPlan | None
    judged: Judged
    proposal: TuvaPlan | None
    proposed_by: str
    changes: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    pictures: tuple[Drawn, ...]
    total_most: Decimal = MOST_IN_ALL

    @property
    def done(self) -> Decimal:
        """All weeks that KOSKI tells as done."""
        return sum(self.registers.done.values(), Decimal(0))


def tuva_page(held: Preparing, today: date) -> TuvaPage | None:
    """Return the page; None for a learner without preparatory studies."""
    if held.right is None:
        return None
    kept = kept_of(held.right)
    base = base_of(kept, today)
    found = judged(base, kept.registers, today)
    drawn = [(one.name, one.starts_on, one.ends_on, one.mark) for part in found.parts for one in part.items]
    return TuvaPage(
        held=held,
        registers=kept.registers,
        permit=permit_name(kept.registers.permit),
        plan=kept.plan,
        judged=found,
        proposal=kept.proposal,
        proposed_by=who_words(kept.proposal.saved_by) if kept.proposal else "",
        changes=tuple(change_words(one) for one in changes(base, kept.proposal.path)) if kept.proposal else (),
        versions=tuple(version_rows(kept)),
        pictures=timeline(base, drawn, today, found.outlook.by_pace),
    )


def base_of(kept: Kept, today: date) -> Path:
    """Return the plan in force, or what the registers tell where there is none."""
    return kept.plan.path if kept.plan else path_of(kept.registers, today)


def judged(path: Path, registers: Registers, today: date) -> Judged:
    """Return a path with all that is told of it on a day."""
    said, found = judge(path, registers), outlook(path, registers, today)
    missing = [gap_words(one) for one in gaps(path.weeks)]
    least = found.least or {}
    return Judged(
        path=path,
        outlook=found,
        parts=tuple(_part(one, path, today) for one in side_by_side(path, registers)),
        wrong=tuple(dict.fromkeys(remark_words(one) for one in said if one.is_wrong)),
        remarks=tuple(
            dict.fromkeys(text for one in said if not one.is_wrong and (text := remark_words(one)) not in missing)
        ),
        missing=tuple(missing),
        still=tuple(gap_words(one) for one in gaps(registers.done)),
        least=addition_words(least),
        least_weeks=weeks_words(sum(least.values(), Decimal(0))),
        is_ready=found.least == {},
        along=tuple(_along(path)),
        breaks=tuple((one.starts_on, one.ends_on, state_words(state_of(one, path.permit))) for one in path.breaks),
    )


def _part(row: PartRow, path: Path, today: date) -> PartView:
    mark, word = _standing(row)
    items = tuple(_item(one, row, today) for one in path.items if one.part == row.part)
    return PartView(row, part_name(row.part), part_bounds(row.part), items, mark, word)


def _standing(row: PartRow) -> tuple[str, str]:
    if row.done >= max(row.planned, CAPS[row.part].least):
        return "done", _("done")
    if row.done:
        return "run", _("begun")
    if row.planned:
        return "coming", _("planned")
    return "none", _("not in the plan")


def _item(one: Item, row: PartRow, today: date) -> ItemRow:
    mark, word = _place(one, today, row)
    units = {Studies.VOCATIONAL: _("competence points"), Studies.GENERAL: _("credits")}
    grades = f"{one.grade_from} → {one.grade_to}" if one.grade_from and one.grade_to else ""
    return ItemRow(
        name=one.name or part_name(one.part),
        about=", ".join(filter(None, (part_name(one.part) if one.name else "", _kind(one)))),
        weeks=weeks_words(one.weeks),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        points=one.points,
        unit=units.get(one.studies, ""),
        grades=grades,
        mark=mark,
        word=word,
    )


def _kind(one: Item) -> str:
    return "" if one.studies is Studies.OWN else studies_name(one.studies)


def _place(one: Item, today: date, row: PartRow) -> tuple[str, str]:
    """Return where an item stands: the register knows parts, so that days tell the rest."""
    if row.done >= row.planned:
        return "done", _("done")
    if one.ends_on is None or one.starts_on is None:
        return "none", _("no days yet")
    if one.ends_on < today:
        told = {"done": weeks(row.done), "planned": weeks_words(row.planned)}
        return "late", _("%(done)s of %(planned)s done") % told if row.done else _("not told as done")
    return ("run", _("now")) if one.starts_on <= today else ("coming", _("coming"))


def _along(path: Path) -> Iterator[str]:
    """Yield what of the plan goes along to later studies."""
    if points := path.points(Studies.VOCATIONAL):
        yield _("%(n)s competence points of vocational studies") % {"n": formatting.number(points)}
    if points := path.points(Studies.GENERAL):
        yield _("%(n)s credits of general upper secondary studies") % {"n": formatting.number(points)}
    for one in path.items:
        if one.studies is Studies.RAISED and one.grade_from and one.grade_to:
            yield _("%(name)s from %(low)s to %(high)s") % {
                "name": one.name,
                "low": one.grade_from,
                "high": one.grade_to,
            }
