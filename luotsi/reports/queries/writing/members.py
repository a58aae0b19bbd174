"""Figures of the members of a region side by side: by topic, whether they can be compared, and all together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.indicators.rules.values import Mark, Rollup
from luotsi.programme.rules.consent import Consent
from luotsi.programme.rules.plan import Plan
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.terms import cell
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import Block, Column, Entry, Paragraph, Table
from luotsi.reports.rules.material import Followed, Material, Taker
from luotsi.reports.rules.recipes import FromFigures, How

WEIGHTED = frozenset({Rollup.RATIO, Rollup.WEIGHTED_MEAN, Rollup.SHARE_OF_UNITS})
OTHERS = "others"
TOPICS = ("devices", "competence", "security")


@dataclass(frozen=True)
class Line:
    """The figure of one member: its key among the figures, and the cell behind it."""

    taker: Taker
    key: str
    cell: inputs.Cell


def topic_of(followed: Followed, plan: Plan) -> str:
    """Return where an indicator is told: the first focus area among devices, the last in security, others between."""
    codes = [section.code for section in plan.sections]
    if followed.section == codes[0]:
        return TOPICS[0]
    return TOPICS[2] if len(codes) > 1 and followed.section == codes[-1] else TOPICS[1]


def heading_of(topic: str, plan: Plan) -> Text:
    """Return the names of the focus areas of a topic."""
    places = {TOPICS[0]: plan.sections[:1], TOPICS[1]: plan.sections[1:-1], TOPICS[2]: plan.sections[1:][-1:]}
    return joined([section.names for section in places[topic]], " · ")


def told_by(topic: str) -> Callable[[Material, Ledger], Iterator[Block]]:
    """Return the writer of a topic's section."""

    def write(material: Material, ledger: Ledger) -> Iterator[Block]:
        """Tell the figures of the topic's indicators member by member."""
        yield Paragraph(kind="note", text=heading_of(topic, material.plan))
        found = [followed for followed in material.followed if topic_of(followed, material.plan) == topic]
        if not found:
            yield Paragraph(text=said(_("No indicator of this topic is followed yet.")))
        for followed in found:
            yield members_table(followed, material, ledger)

    return write


def lines(followed: Followed, material: Material, ledger: Ledger) -> list[Line]:
    """Return the latest figure until the end of the period of every member that has one.

    Members that are shown only in sums come as one line of all of them, and only where there are two or more.
    """
    found, hidden = [], []
    for taker in material.takers:
        known = [
            given
            for given in followed.others.get(taker.key, ())
            if not given.split and followed.ends[given.period] <= material.period.end
        ]
        if known and taker.is_open:
            key = ledger.cell(followed, known[-1], taker.names, key_of(followed, taker))
            found.append(Line(taker, key, known[-1]))
        elif known and taker.is_summed:
            hidden.append(known[-1])
    if together := _together(hidden):
        taker = Taker(key=OTHERS, names=said(_("Members shown only in sums")), shows=Consent.SUMS)
        found.append(Line(taker, ledger.cell(followed, together, taker.names, key_of(followed, taker)), together))
    return found


def _together(cells: list[inputs.Cell]) -> inputs.Cell | None:
    """Return the figures of hidden members as one, of those that are alike; one alone would be told apart by it."""
    given = [(cell.version, cell.period) for cell in cells if cell.mark == Mark.FIGURE]
    if not given:
        return None
    basis = max(given, key=given.count)
    same = [cell for cell in cells if (cell.version, cell.period) == basis and cell.mark == Mark.FIGURE]
    if len(same) < 2:
        return None
    values = [cell.value for cell in same]
    return replace(
        same[0],
        unit=OTHERS,
        numerator=_sum([cell.numerator for cell in same]),
        denominator=_sum([cell.denominator for cell in same]),
        value=_sum(values),
        approximate=any(cell.approximate for cell in same),
        reporting=len(same),
        expected=len(cells),
        records=(),
    )


def _sum(values: list[Decimal | None]) -> Decimal | None:
    return None if any(value is None for value in values) else sum((v for v in values if v is not None), Decimal(0))


def key_of(followed: Followed, taker: Taker) -> str:
    """Return the key of a member's figure, as texts may name it."""
    return re.sub(r"[^A-Za-z0-9]+", "_", f"{followed.code or followed.key}_{taker.key}")


def members_table(followed: Followed, material: Material, ledger: Ledger) -> Table:
    """Return the figures of an indicator member by member, with what each is made of."""
    told = {line.taker.key: line for line in lines(followed, material, ledger)}
    labels = (_("Member"), _("Numerator"), _("Denominator"), _("Figure"), _("Period"), _("Definition"))
    numeric = {"Numerator", "Denominator", "Figure"}
    return Table(
        key=f"members_{followed.code or followed.key}",
        caption=joined([followed.names, followed.definition.population], ", "),
        columns=tuple(Column(label=said(words), numeric=words in numeric) for words in labels),
        rows=tuple(_member(taker, told.get(taker.key)) for taker in material.takers),
        note=joined([followed.definition.rule, reference(followed, material, ledger)], " "),
    )


def _member(taker: Taker, line: Line | None) -> tuple[Entry, ...]:
    if not taker.is_open:
        hidden = said(_("Only in sums")) if taker.is_summed else said(_("Nothing"))
        return (Entry(text=taker.names), cell(), cell(), Entry(text=hidden), cell(), cell())
    if line is None:
        return (Entry(text=taker.names), cell(), cell(), cell(said(_("Not told"))), cell(), cell())
    return (
        Entry(text=taker.names),
        cell(_plain(line.cell.numerator)),
        cell(_plain(line.cell.denominator)),
        Entry(figure=line.key),
        cell(every(line.cell.period)),
        cell(every(f"v{line.cell.version}")),
    )


def _plain(value: object) -> Text:
    return (
        Text()
        if value is None
        else every(f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}")
    )


def reference(followed: Followed, material: Material, ledger: Ledger) -> Text:
    """Return the weighted value of the region in words, for under a table."""
    key = weighted_key(followed, material, ledger)
    return said(_("The region as a whole: %(value)s."), value=every(f"{{{key}}}")) if key else Text()


def alike(followed: Followed, told: list[Line]) -> list[Line]:
    """Return the figures that share definition version and period with most of the others."""
    given = [(line.cell.version, line.cell.period) for line in told if line.cell.mark == Mark.FIGURE]
    if not given:
        return []
    basis = max(given, key=given.count)
    return [line for line in told if (line.cell.version, line.cell.period) == basis and line.cell.mark == Mark.FIGURE]


def weighted_key(followed: Followed, material: Material, ledger: Ledger) -> str:
    """Return the key of the region's value: numerators together by denominators together; sums where they add up."""
    same = alike(followed, lines(followed, material, ledger))
    base = re.sub(r"[^A-Za-z0-9]+", "_", followed.code or followed.key)
    if not same:
        return ""
    how = How.RATIO if followed.definition.rollup in WEIGHTED else How.SUM
    recipe = FromFigures(how=how, keys=tuple(line.key for line in same), factor=int(followed.definition.factor))
    return ledger.add(
        f"{base}_region",
        said(_("%(indicator)s, all members together"), indicator=followed.names),
        recipe,
        unit=followed.definition.unit,
        decimals=followed.decimals,
        period=same[0].cell.period,
        place=material.unit_names,
        definition=f"v{same[0].cell.version}",
        source=followed.code or followed.key,
    )


def comparability(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell of each indicator whether the members' figures can be ranked, and which cannot, and why."""
    rows = []
    for followed in material.followed:
        told = lines(followed, material, ledger)
        same = {line.key for line in alike(followed, told)}
        apart = [_reason(line, told, same) for line in told if line.key not in same]
        known = {line.taker.key for line in told}
        silent = [taker.names for taker in material.takers if taker.is_open and taker.key not in known]
        if silent:
            apart.append(said(_("not told: %(names)s"), names=joined(silent)))
        verdict = said(_("Comparable")) if not apart else said(_("Only partly: %(why)s"), why=joined(apart, "; "))
        count = every(f"{len(same)} / {len(material.takers)}")
        rows.append((Entry(text=followed.names), cell(count), cell(verdict)))
    if not rows:
        yield Paragraph(text=said(_("No indicator of the region is followed yet.")))
        return
    labels = (_("Indicator"), _("Comparable members"), _("May they be compared?"))
    yield Table(
        key="comparability",
        caption=said(_("Same definition, same period, same population?")),
        columns=tuple(Column(label=said(words)) for words in labels),
        rows=tuple(rows),
        note=said(_("Figures that differ in one of these are shown but not ranked.")),
    )


def _reason(line: Line, told: list[Line], same: set[str]) -> Text:
    basis = next((other.cell for other in told if other.key in same), None)
    name = line.taker.names if line.taker.is_open else said(_("one member"))
    if line.cell.mark == Mark.PROTECTED:
        return said(_("%(member)s: protected, a small group"), member=name)
    if line.cell.mark != Mark.FIGURE or basis is None:
        return said(_("%(member)s: no figure"), member=name)
    if line.cell.version != basis.version:
        words = {"version": f"v{line.cell.version}", "other": f"v{basis.version}"}
        return said(_("%(member)s: definition %(version)s, not %(other)s"), member=name, **words)
    return said(_("%(member)s: period %(period)s"), member=name, period=line.cell.period)


def weighted(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell the value of the region from all numerators and denominators, and beside it the median and the range."""
    rows = []
    for followed in material.followed:
        key = weighted_key(followed, material, ledger)
        if not key:
            continue
        same = alike(followed, lines(followed, material, ledger))
        shown = tuple(line.key for line in same if line.taker.key != OTHERS)
        spread = [
            ledger.add(
                f"{key}_{how}",
                said(label, indicator=followed.names),
                FromFigures(how=how, keys=shown),
                unit=followed.definition.unit,
                decimals=followed.decimals,
                period=same[0].cell.period,
                place=material.unit_names,
                source=followed.code or followed.key,
            )
            for how, label in (
                (How.MEDIAN, _("%(indicator)s, the middle member")),
                (How.MIN, _("%(indicator)s, the lowest member")),
                (How.MAX, _("%(indicator)s, the highest member")),
            )
        ]
        count = every(f"{len(same)} / {len(material.takers)}")
        figures = [Entry(figure=name) for name in (key, *spread)]
        rows.append((Entry(text=followed.names), *figures, cell(count)))
    if not rows:
        yield Paragraph(text=said(_("No indicator of the region has figures yet.")))
        return
    labels = (_("Indicator"), _("All together"), _("Middle"), _("Lowest"), _("Highest"), _("Members"))
    numeric = {"All together", "Middle", "Lowest", "Highest"}
    yield Table(
        key="weighted",
        caption=said(_("The region as a whole")),
        columns=tuple(Column(label=said(words), numeric=words in numeric) for words in labels),
        rows=tuple(rows),
        note=said(_("All together = the sum of numerators by the sum of denominators, never a mean of percentages.")),
    )
