"""What changed from one version of a plan to another, item by item, codes as the names they stand for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.differences import Change, Deed, difference
from luotsi.programme.rules.plan import Item, Milestone, coded
from luotsi.programme.rules.values import LANGUAGES, PERCENT, Figure, Span, Text
from luotsi.ui.formatting import day, number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from luotsi.programme.models import PlanVersion
    from luotsi.programme.rules.plan import Plan

DEEDS: dict[Deed, tuple[str, _StrPromise]] = {
    Deed.ADDED: ("done", gettext_lazy("Added")),
    Deed.REMOVED: ("bad", gettext_lazy("Removed")),
    Deed.CHANGED: ("run", gettext_lazy("Changed")),
    Deed.MOVED: ("use", gettext_lazy("Moved")),
}
SHAPES: dict[str, _StrPromise] = {
    "Plan": gettext_lazy("The whole plan"),
    "Section": gettext_lazy("Sections"),
    "Responsibility": gettext_lazy("Responsibilities"),
    "Measure": gettext_lazy("Measures"),
    "Milestone": gettext_lazy("Milestones"),
    "Indicator": gettext_lazy("Indicators"),
    "Target": gettext_lazy("Targets"),
    "Baseline": gettext_lazy("Baselines"),
    "Observation": gettext_lazy("Observations"),
    "Finding": gettext_lazy("Findings"),
    "BudgetLine": gettext_lazy("Lines of money"),
    "Decision": gettext_lazy("Decisions"),
    "Participant": gettext_lazy("The members"),
    "Actor": gettext_lazy("Actors"),
    "Goal": gettext_lazy("Goals"),
    "BaselineRemark": gettext_lazy("Remarks on the beginning"),
    "Level": gettext_lazy("Levels of governance"),
    "ReportingLine": gettext_lazy("Reporting"),
    "Communication": gettext_lazy("Communication"),
    "Population": gettext_lazy("Populations"),
    "Derived": gettext_lazy("Derived values"),
    "Trigger": gettext_lazy("Limits"),
    "Appendix": gettext_lazy("Appendices"),
    "Document": gettext_lazy("Documents"),
    "Owner": gettext_lazy("Owner"),
}
KEYS: dict[str, _StrPromise] = {
    "names": gettext_lazy("name"),
    "text": gettext_lazy("text"),
    "aim": gettext_lazy("aim"),
    "owner": gettext_lazy("owner"),
    "due": gettext_lazy("due day"),
    "number": gettext_lazy("number"),
    "unit": gettext_lazy("unit"),
    "baseline": gettext_lazy("baseline"),
    "period": gettext_lazy("period"),
    "value": gettext_lazy("value"),
    "amount": gettext_lazy("sum"),
    "responsibility": gettext_lazy("responsibility"),
    "implementers": gettext_lazy("implementers"),
    "accountable": gettext_lazy("accountable"),
    "indicators": gettext_lazy("indicators"),
    "matter": gettext_lazy("matter"),
    "note": gettext_lazy("note"),
    "source": gettext_lazy("source"),
    "action": gettext_lazy("corrective action"),
    "evidence": gettext_lazy("evidence"),
    "rhythm": gettext_lazy("rhythm"),
    "kind": gettext_lazy("kind"),
    "rule": gettext_lazy("rule of counting"),
    "method": gettext_lazy("method"),
    "population": gettext_lazy("population"),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "direction": gettext_lazy("direction"),
    "state": gettext_lazy("state"),
    "day": gettext_lazy("day"),
    "body": gettext_lazy("body"),
    "fund": gettext_lazy("from which source"),
    "cause": gettext_lazy("cause"),
    "effect": gettext_lazy("effect in words"),
    "version": gettext_lazy("version"),
}


@dataclass(frozen=True)
class ChangeRow:
    """One difference in words."""

    title: str
    code: str
    mark: str
    word: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeGroup:
    """Differences in items of one kind."""

    label: str
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class DifferencePage:
    """What changed from one version to another."""

    title: str
    groups: tuple[ChangeGroup, ...]


def difference_page(old: PlanVersion, new: PlanVersion) -> DifferencePage:
    """Return the difference of two versions, kind by kind in the order of a plan file."""
    before, after = plan_of(old.programme, old), plan_of(new.programme, new)
    groups: dict[str, list[ChangeRow]] = {}
    for change in difference(before, after):
        groups.setdefault(change.shape, []).append(_change(change, before, after))
    order = {shape: place for place, shape in enumerate(SHAPES)}
    named = [_name(version) for version in (old, new)]
    return DifferencePage(
        title=_("Changes from %(old)s to %(new)s") % {"old": named[0], "new": named[1]},
        groups=tuple(
            ChangeGroup(str(SHAPES.get(shape, shape)), tuple(found))
            for shape, found in sorted(groups.items(), key=lambda group: order.get(group[0], len(order)))
        ),
    )


def _name(version: PlanVersion) -> str:
    return _("version %(number)s") % {"number": version.number} if version.number else _("the draft")


def _change(change: Change, before: Plan, after: Plan) -> ChangeRow:
    mark, word = DEEDS[change.deed]
    writer = _Words({**coded(before), **coded(after)})
    whole = change.deed in (Deed.ADDED, Deed.REMOVED)
    return ChangeRow(
        title=writer.title(change.item, change.path),
        code=change.path,
        mark=mark,
        word=str(word),
        field=str(KEYS.get(change.key, change.key)),
        before="" if whole and change.deed == Deed.ADDED else writer.value(change.old),
        after="" if whole and change.deed == Deed.REMOVED else writer.value(change.new),
    )


@dataclass(frozen=True)
class _Words:
    items: dict[str, object]

    def title(self, item: Item, path: str) -> str:
        """Return what an item is called: a milestone by its measure and period."""
        if isinstance(item, Milestone):
            holder = self.items.get(path.split(" ")[0])
            return f"{self.name(holder) if holder else path}, {period_words(item.period.key)}"
        return self.name(item)

    @staticmethod
    def name(item: object) -> str:
        """Return the name of an item, or the text that it has."""
        for key in ("names", "text", "matter", "aim"):
            if isinstance(text := getattr(item, key, None), Text) and text:
                return rows.names(text).text
        return str(getattr(item, "code", "") or "")

    def value(self, value: object) -> str:
        """Return a value of the plan in words; codes as the names they stand for."""
        match value:
            case None | "":
                return ""
            case Text():
                return self._text(value)
            case Figure():
                return value.code or number(value.value)
            case Span():
                return period_words(value.key)
            case bool() | Decimal() | date():
                return self._plain(value)
            case tuple():
                return ", ".join(self.value(part) for part in value)
            case Item():
                return self._item(value)
        found = self.items.get(str(value))
        return self.name(found) if found is not None else "%" if value == PERCENT else str(value)

    @staticmethod
    def _plain(value: bool | Decimal | date) -> str:
        match value:
            case bool():
                return _("yes") if value else _("no")
            case Decimal():
                return number(value)
        return day(value)

    @staticmethod
    def _text(text: Text) -> str:
        given = [(code, getattr(text, code)) for code in LANGUAGES if getattr(text, code)]
        return given[0][1] if len(given) == 1 else " · ".join(f"{words} ({code})" for code, words in given)

    def _item(self, item: Item) -> str:
        told = [
            self.value(value)
            for entry in fields(item)
            if entry.name not in {"place", "code", "source"}
            and (value := getattr(item, entry.name)) not in (None, "", ())
            and not (isinstance(value, tuple) and isinstance(value[0], Item))
        ]
        return "; ".join(words for words in told if words)
