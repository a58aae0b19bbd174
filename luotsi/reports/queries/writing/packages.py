"""What was done, section by section of the plan, and what was found and put right."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from luotsi.programme.rules.plan import Finding as PlanFinding
from luotsi.programme.rules.plan import Observation, Section, sections_of
from luotsi.programme.rules.values import ObservationKind, Text
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.opening import all_findings, bare_findings, numbers_table
from luotsi.reports.queries.writing.terms import STATES, action_state, cell, state
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import Block, Column, Entry, Items, Paragraph, Subheading, Table
from luotsi.reports.rules.material import Finding, Material

FOUND = frozenset({ObservationKind.QUALITATIVE, ObservationKind.SELF_ASSESSMENT})
ORDER = ("late", "risk", "run", "none", "done")


def packages(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell of each section of the plan: aim, milestones, numbers, what was done, what stands in the way."""
    for section in sections_of(material.plan):
        if section.sections:
            continue
        yield Subheading(text=section.names)
        if section.aim:
            yield Paragraph(text=section.aim)
        yield from _milestones(section, material, ledger)
        told = [item for item in material.plan.observations if item.section == section.code]
        numbers = [item for item in told if item.value is not None and item.kind != ObservationKind.RULE]
        if numbers:
            caption = said(_("Numbers: %(section)s"), section=section.names)
            yield numbers_table(ledger, f"numbers_{section.code}", caption, numbers)
        if words := [_in_words(item) for item in told if item.value is None]:
            yield Items(texts=tuple(words))
        if obstacles := [item for item in material.findings if item.section == section.code and item.is_negative]:
            yield Paragraph(text=said(_("Found to be put right:")))
            yield Items(texts=tuple(joined([every(item.code), item.text], ": ") for item in obstacles))


def _in_words(item: Observation) -> Text:
    """Return an observation without a number: its text, the range or words of the source, and its time."""
    parts = [item.text]
    if item.low is not None and item.high is not None:
        parts.append(every(f"{item.low:f}–{item.high:f}".replace(".", ",")))
    if item.items:
        parts.append(joined(list(item.items)))
    return joined(parts, ": ")


def _milestones(section: Section, material: Material, ledger: Ledger) -> Iterator[Block]:
    found = [item for item in material.milestones if item.section == section.code]
    if not found:
        return
    rows = []
    for mark in ORDER:
        label = said(_("%(section)s, milestones: %(state)s"), section=section.names, state=said(STATES[mark]))
        key = ledger.counted(f"milestones_{section.code}_{mark}", label, "milestones", section=(section.code,),
                             state=(mark,))  # fmt: skip
        rows.append((state(mark), Entry(figure=key)))
    yield Table(
        key=f"milestones_{section.code}",
        caption=said(_("Milestones: %(section)s"), section=section.names),
        columns=(Column(label=said(_("State"))), Column(label=said(_("Milestones")), numeric=True)),
        rows=tuple(rows),
    )


def keep_findings(material: Material, ledger: Ledger) -> None:
    """Keep the findings as rows that figures count."""
    ledger.sheet(
        "findings",
        [
            inputs.Row(
                values={
                    "code": item.code,
                    "negative": _yes(item.is_negative),
                    "action": _yes(bool(item.action)),
                    "owner": _yes(bool(item.owner)),
                    "due": _yes(item.due_on is not None),
                    "state": str(item.state or ""),
                    "closed": _yes(item.closed_on is not None),
                }
            )
            for item in material.findings
        ],
    )


def keep_milestones(material: Material, ledger: Ledger) -> None:
    """Keep the milestones with their states as rows that figures count.

    Members that are shown only in sums are one in the rows; a single one is left out, since sums would tell it apart.
    """
    hidden = {taker.key for taker in material.takers if taker.is_summed}
    names = dict.fromkeys(hidden, "others") if len(hidden) > 1 else dict.fromkeys(hidden, "")
    ledger.sheet(
        "milestones",
        [
            inputs.Row(
                values={
                    "measure": item.measure,
                    "section": item.section,
                    "period": item.period,
                    "unit": names.get(item.unit, item.unit),
                    "state": item.state,
                }
            )
            for item in material.milestones
            if names.get(item.unit, item.unit)
        ],
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def deviations(material: Material, ledger: Ledger) -> Iterator[Block]:
    """List every finding with its action, owner, due day, state and effect; earlier ones stay until closed."""
    earlier = [item for item in material.findings if item.period and item.period < material.period.key]
    present = [item for item in material.findings if item not in earlier]
    owners = ledger.counted(
        "findings_unowned",
        said(_("Findings without an owner or without a due day, with an action")),
        "findings",
        negative=("yes",),
        closed=("no",),
        action=("yes",),
        owner=("no",),
    )
    counts = {"all": all_findings(ledger), "bare": bare_findings(ledger), "unowned": owners}
    yield Paragraph(
        text=said(
            _("There are %(all)s open findings that need an action. %(bare)s have no action, and of those that have "
              "one, %(unowned)s have no owner."),
            **{name: every(f"{{{key}}}") for name, key in counts.items()},
        )
    )  # fmt: skip
    if present:
        yield findings_table("deviations", said(_("Findings of the period and what is done about them")), present)
    if earlier:
        yield findings_table("earlier", said(_("Findings of earlier periods, followed up")), earlier)
    if bare := [item for item in material.findings if item.is_negative and not item.action and not item.closed_on]:
        yield Subheading(text=said(_("Findings without an action")))
        yield Items(texts=tuple(joined([every(item.code), item.text], ": ") for item in bare))


def findings_table(key: str, caption: Text, items: list[Finding]) -> Table:
    """Return findings as a table."""
    labels = (_("Code"), _("Finding"), _("Action"), _("Owner and due day"), _("State"), _("Effect"))
    return Table(
        key=key,
        caption=caption,
        columns=tuple(Column(label=said(words)) for words in labels),
        rows=tuple(
            (
                Entry(text=every(item.code)),
                cell(joined([item.text, every(item.cause)], ". ")),
                cell(item.action),
                cell(joined([item.owner, said("%(day)s", day=item.due_on) if item.due_on else Text()])),
                action_state(item),
                cell(every(item.effect)),
            )
            for item in items
        ),
    )


def as_finding(item: PlanFinding, owner: Text, indicator: Text) -> Finding:
    """Return a finding of a plan file as material."""
    return Finding(
        code=item.code,
        text=item.text,
        section=item.section,
        is_negative=item.negative,
        action=item.action,
        owner=owner,
        due_on=item.due,
        state=item.state,
        indicator=indicator,
        source=str(item.source or ""),
    )
