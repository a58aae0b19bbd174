"""What the pages of findings show: the list with the unanswered first, one finding with what its action changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import ORDER, Names
from luotsi.base.texts import names_of
from luotsi.base.wording import forms_of
from luotsi.programme import access
from luotsi.programme.models import Finding
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.plan import coded
from luotsi.programme.rules.rights import Right
from luotsi.ui.formatting import day, number
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.ui.lists import Ask

RANKS = {"late": 0, "unanswered": 1, "ownerless": 2, "open": 3, "closed": 4, "noted": 5}
MARKS = {"late": "late", "unanswered": "risk", "ownerless": "none", "open": "run", "closed": "done", "noted": "use"}


@dataclass(frozen=True)
class FindingRow:
    """One finding of the list; `state` is one of RANKS."""

    code: str
    url: str
    names: Names
    state: str
    word: str
    action: Names | None
    owner: str
    due: date | None
    section: Names | None
    effect: str
    gaps: tuple[str, ...]
    section_code: str = ""

    @property
    def mark(self) -> str:
        """The mark that the state is shown by."""
        return MARKS[self.state]


def state_of(finding: Finding, today: date) -> str:
    """Return how a finding stands: closed, noted when it needs no action, late, without action or owner, or open."""
    if finding.closed_on:
        return "closed"
    if not finding.is_negative:
        return "noted"
    if finding.due_on and finding.due_on < today:
        return "late"
    if not finding.actions.text:
        return "unanswered"
    return "ownerless" if gaps_of(finding) else "open"


def words_of(state: str) -> str:
    """Return the word of a state of a finding."""
    return {
        "late": _("Late"),
        "unanswered": _("No action"),
        "ownerless": _("No owner or due day"),
        "open": _("Open"),
        "closed": _("Closed"),
        "noted": _("Needs no action"),
    }[state]


def gaps_of(finding: Finding) -> tuple[str, ...]:
    """Return what a negative finding lacks: an action, an owner, a due day."""
    if not finding.is_negative or finding.closed_on:
        return ()
    missing = (
        (not finding.actions.text, _("action")),
        (not finding.owner, _("owner")),
        (finding.due_on is None, _("due day")),
    )
    return tuple(word for lacks, word in missing if lacks)


def rows_of(programme: Programme, scope: Unit, today: date) -> list[FindingRow]:
    """Return every finding of the programme: those that need something first; one query and the plan."""
    items = coded(plan_of(programme))
    found = [_row(item, scope, items, today) for item in programme.findings.select_related("indicator")]
    return sorted(found, key=lambda row: (RANKS[row.state], row.due or date.max, row.code))


def _row(finding: Finding, scope: Unit, items: dict[str, Any], today: date) -> FindingRow:
    state = state_of(finding, today)
    section = items.get(finding.section)
    return FindingRow(
        code=finding.code,
        url=reverse("programme:see-finding", args=[scope.key, finding.programme.slug, finding.code]),
        names=finding.texts,
        state=state,
        word=words_of(state),
        action=finding.actions if finding.actions.text else None,
        owner=name_of(items, finding.owner),
        due=finding.due_on,
        section=rows.names(section.names) if section else None,
        effect=_effect(finding),
        gaps=gaps_of(finding),
        section_code=finding.section,
    )


def name_of(items: dict[str, Any], code: str) -> str:
    """Return the name of the item with a code; the words themselves where they are no code of the plan."""
    item = items.get(code)
    return rows.names(item.names).text if item is not None and hasattr(item, "names") else code


def _effect(finding: Finding) -> str:
    if finding.value_after is None:
        return finding.effect
    return f"{number(finding.value_before)} → {number(finding.value_after)}"


def findings_listed(programme: Programme, scope: Unit, ask: Ask) -> Rows:
    """Return the findings that were asked for; `q` looks into finding and action in every language."""
    found = rows_of(programme, scope, clock.today())
    if wanted := ask.filters.get("state"):
        shown = {"late", "unanswered", "ownerless", "open"} if wanted == "open" else {wanted}
        found = [row for row in found if row.state in shown]
    if text := ask.filters.get("q"):
        found = [row for row in found if _says(row, text)]
    keys: dict[str, Any] = {
        "code": lambda row: row.code,
        "due": lambda row: (row.due is None, row.due or date.max),
        "section": lambda row: row.section.text if row.section else "",
        "state": lambda row: RANKS[row.state],
    }
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _says(row: FindingRow, text: str) -> bool:
    words = " ".join([row.code, row.owner, *_every(row.names), *_every(row.action)])
    return any(form in words for form in forms_of(text)) or text.lower() in words.lower()


def _every(names: Names | None) -> list[str]:
    return [str(getattr(names, code)) for code in ORDER] if names else []


@dataclass(frozen=True)
class LinkedIndicator:
    """An indicator with its page; no address for those who may not open it."""

    names: Names
    url: str


@dataclass(frozen=True)
class FindingPage:
    """One finding: what is done about it, what it lacks, and what its action changed."""

    code: str
    names: Names
    mark: str
    word: str
    section: Names
    action: Names
    cause: str
    is_negative: bool
    is_open: bool
    may_plan: bool
    gaps: tuple[str, ...]
    indicator: LinkedIndicator | None
    before: str
    after: str
    change: str
    effect: str
    facts: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        """What the form of closing says above it: the value when found and the present one."""
        if not self.indicator:
            return _("No indicator is linked: tell the effect in words.")
        words = {"name": self.indicator.names.text, "before": self.before or "–", "after": self.after or "–"}
        return _("%(name)s: when found %(before)s, now %(after)s. The present value is kept.") % words


def finding_page(visitor: Visitor, finding: Finding, scope: Unit, now: Decimal | None) -> FindingPage:
    """Return the page of a finding; `now` is the present value of its indicator."""
    items, state = coded(plan_of(finding.programme)), state_of(finding, clock.today())
    after = finding.value_after if finding.closed_on else now
    section, linked = items.get(finding.section), None
    if finding.indicator:
        url = reverse("indicators:see-indicator", args=[scope.key, finding.indicator.key])
        linked = LinkedIndicator(finding.indicator.names, url)
    return FindingPage(
        code=finding.code,
        names=finding.texts,
        mark=MARKS[state],
        word=words_of(state),
        section=rows.names(section.names) if section is not None and hasattr(section, "names") else Names(),
        action=finding.actions,
        cause=finding.cause,
        is_negative=finding.is_negative,
        is_open=finding.closed_on is None,
        may_plan=access.may_do(visitor, finding.programme, Right.PLAN),
        gaps=tuple(_("Missing: %(what)s") % {"what": gap} for gap in gaps_of(finding)),
        indicator=linked,
        before=number(finding.value_before) if finding.value_before is not None else "",
        after=number(after) if after is not None else "",
        change=_change(finding.value_before, after),
        effect=finding.effect,
        facts=tuple(_facts(finding, items)),
    )


def _change(before: Decimal | None, after: Decimal | None) -> str:
    if before is None or after is None:
        return ""
    change = after - before
    return f"+{number(change)}" if change > 0 else number(change)


def _facts(finding: Finding, items: dict[str, Any]) -> list[tuple[str, str]]:
    told = [
        (_("Owner of the action"), name_of(items, finding.owner)),
        (_("Due"), day(finding.due_on) if finding.due_on else ""),
        (_("State of the action"), finding.get_state_display() if finding.state else ""),
        (_("Found in"), period_words(finding.period)),
        (_("Found on"), day(finding.found_on) if finding.found_on else ""),
        (_("Line of money"), finding.budget),
        (_("Source"), finding.source),
        (_("Note"), names_of(finding.note).text),
        (_("Effect recorded on"), day(finding.closed_on) if finding.closed_on else ""),
    ]
    return [(label, value) for label, value in told if value]


def initial_of(finding: Finding) -> dict[str, Any]:
    """Return what the form of a finding begins with."""
    plain = ("is_negative", "section", "period", "found_on", "cause", "owner", "due_on", "state", "budget")
    return {
        **{f"text_{code}": str(getattr(finding.texts, code)) for code in ORDER},
        **{f"action_{code}": str(getattr(finding.actions, code)) for code in ORDER},
        **{name: getattr(finding, name) for name in plain},
        "indicator": finding.indicator.key if finding.indicator else "",
    }
