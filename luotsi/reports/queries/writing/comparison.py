"""The first sections of a regional comparison: goals and participants, and the matrix of measures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from luotsi.programme.rules.consent import Consent
from luotsi.programme.rules.plan import Section, sections_of
from luotsi.reports.queries.writing.grades import grades
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.terms import STATES, cell, state
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules.content import Block, Column, Entry, Items, Paragraph, Table
from luotsi.reports.rules.material import Material, Milestone, Taker


def goals(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell the common goals, the plan in force, and who takes part."""
    plan = material.plan
    if plan.goals:
        yield Items(texts=tuple(goal.text for goal in plan.goals))
    yield Paragraph(
        text=said(
            _("The plan in force: %(names)s, version %(version)s, figures as of %(day)s."),
            names=material.names,
            version=material.plan_version or "1",
            day=material.data_on,
        )
    )
    shares = {
        Consent.FIGURES: said(_("Own figures and states")),
        Consent.SUMS: said(_("Only in sums")),
        Consent.NONE: said(_("Nothing")),
    }
    yield Table(
        key="participants",
        caption=said(_("Who takes part")),
        columns=tuple(Column(label=said(words)) for words in (_("Member"), _("Role"), _("The others see"))),
        rows=tuple(
            (Entry(text=taker.names), cell(taker.role), cell(shares[taker.shows])) for taker in material.takers
        ),
    )


def matrix(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell the state of every measure in every member in the period, and how many milestones are reached."""
    periods = [span.key for span in material.plan.periods]
    yield Table(
        key="progress",
        caption=said(_("Milestones reached, by school year and focus area")),
        columns=(
            Column(label=said(_("Focus area"))),
            *(Column(label=every(period), numeric=True) for period in periods),
        ),
        rows=tuple(_progress(section, periods, ledger) for section in sections_of(material.plan)),
        note=said(_("Reached by all members together, of all their milestones. The members who let only sums be shown "
                    "are counted in.")),
    )  # fmt: skip
    for period in periods:
        yield _states(period, material)


def _progress(section: Section, periods: list[str], ledger: Ledger) -> tuple[Entry, ...]:
    cells = [Entry(text=section.names)]
    for period in periods:
        words = {"section": section.names, "period": period}
        plain = f"{section.code}_{period}".replace("-", "_")
        where = {"section": (section.code,), "period": (period,)}
        done = ledger.counted(
            f"done_{plain}",
            said(_("%(section)s, reached %(period)s"), **words),
            "milestones",
            **where,
            state=("done",),
        )
        total = ledger.counted(
            f"all_{plain}", said(_("%(section)s, milestones %(period)s"), **words), "milestones", **where
        )
        cells.append(Entry(text=every(f"{{{done}}} / {{{total}}}")))
    return tuple(cells)


def _states(period: str, material: Material) -> Table:
    """Return all measures by members: the state of each milestone of a school year."""
    found = {(item.measure, item.unit): item for item in material.milestones if item.period == period}
    measures = [measure for section in sections_of(material.plan) for measure in section.measures]
    return Table(
        key=f"matrix_{period}",
        caption=said(_("Measures by member, school year %(period)s"), period=period),
        columns=(Column(label=said(_("Measure"))), *(Column(label=taker.names) for taker in material.takers)),
        rows=tuple(
            (
                Entry(text=joined([every(measure.code), measure.names], " ")),
                *(_shown(taker, found.get((measure.code, taker.key))) for taker in material.takers),
            )
            for measure in measures
        ),
    )


def _shown(taker: Taker, item: Milestone | None) -> Entry:
    """Return a state; of a member that is only in sums so much, of one that shows nothing a dash."""
    if taker.is_summed:
        return state("hidden")
    if item is None or not taker.is_open:
        return Entry()
    return state(item.state if item.state in STATES else "none")


def observations(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell what was found and what is done about it, what is late, and how it is reported."""
    late = [item for item in material.milestones if item.state == "late" and item.period <= material.period.key]
    total = ledger.counted("milestones_late", said(_("Milestones that are late")), "milestones", state=("late",))
    yield Paragraph(text=said(_("Late milestones of all members and school years: %(count)s."),
                              count=every(f"{{{total}}}")))  # fmt: skip
    names = {item.measure: item for item in late}
    if names:
        measures = {
            measure.code: measure.names for section in sections_of(material.plan) for measure in section.measures
        }
        yield Items(texts=tuple(joined([every(code), measures[code]], " ") for code in sorted(names)))
    if material.findings:
        labels = (_("Code"), _("Finding"), _("Action"), _("Owner and due day"))
        yield Table(
            key="findings",
            caption=said(_("Findings and what is done about them")),
            columns=tuple(Column(label=said(words)) for words in labels),
            rows=tuple(
                (
                    Entry(text=every(item.code)),
                    cell(item.text),
                    cell(item.action),
                    cell(joined([item.owner, said("%(day)s", day=item.due_on) if item.due_on else every("")])),
                )
                for item in material.findings
            ),
        )
    yield from grades(material, ledger)
    if material.plan.reporting:
        yield Table(
            key="reporting",
            caption=said(_("What is reported and how often")),
            columns=tuple(Column(label=said(words)) for words in (_("What"), _("How often"))),
            rows=tuple((Entry(text=line.text), cell(line.rhythm)) for line in material.plan.reporting),
        )
