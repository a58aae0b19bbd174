"""Puts a report together: every section of its kind, then every figure made by its recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_noop as _

from luotsi.reports.queries.writing import closing, comparison, members, opening, packages
from luotsi.reports.queries.writing.changes import changes
from luotsi.reports.queries.writing.following import indicators
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.terms import MISSING, cell, heading
from luotsi.reports.queries.writing.words import every, said
from luotsi.reports.rules.blockers import Why
from luotsi.reports.rules.content import NO_TEXT, Block, Column, Content, Entry, Override, Section, Subheading, Table
from luotsi.reports.rules.material import Material
from luotsi.reports.rules.sections import SECTIONS

type Writer = Callable[[Material, Ledger], Iterator[Block]]

WRITERS: dict[str, Writer] = {
    "cover": opening.cover,
    "summary": opening.summary,
    "mandate": opening.mandate,
    "method": opening.method,
    "indicators": indicators,
    "packages": packages.packages,
    "deviations": packages.deviations,
    "money": closing.money,
    "equality": closing.equality,
    "risks": closing.risks,
    "appendices": closing.appendices,
    "goals": comparison.goals,
    "matrix": comparison.matrix,
    "devices": members.told_by("devices"),
    "competence": members.told_by("competence"),
    "security": members.told_by("security"),
    "comparability": members.comparability,
    "observations": comparison.observations,
    "weighted": members.weighted,
}
TITLES = {
    "evaluation": _("%(programme)s: evaluation %(period)s"),
    "comparison": _("%(programme)s: regional comparison %(period)s"),
}
PRINTED_WITH = {"evaluation": "deviations", "comparison": "observations"}


def compose(
    material: Material,
    *,
    overrides: tuple[Override, ...] = (),
    frozen_at: datetime | None = None,
    frozen_by: str = "",
) -> Content:
    """Return the whole report. Reasons to freeze all the same are printed with the deviations."""
    ledger = Ledger(material)
    packages.keep_findings(material, ledger)
    packages.keep_milestones(material, ledger)
    sections = [
        Section(
            key=key,
            heading=heading(key),
            own=material.own.get(key, NO_TEXT),
            blocks=(
                *WRITERS[key](material, ledger),
                *(_reasons(overrides) if key == PRINTED_WITH[material.kind] else ()),
            ),
        )
        for key in SECTIONS[material.kind]
    ]
    named(material, ledger)
    figures, inputs = ledger.finished()
    if told := tuple(changes(material, ledger, figures)):
        sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, *told))
        figures, inputs = ledger.finished()
    return Content(
        kind=material.kind,
        title=said(TITLES[material.kind], programme=material.names, period=material.period.key),
        programme=material.programme,
        programme_names=material.names,
        unit=material.unit,
        unit_names=material.unit_names,
        period=material.period.key,
        version=material.version,
        data_on=material.data_on,
        plan_version=material.plan_version,
        plan_sha256=material.plan_sha256,
        frozen_at=frozen_at,
        frozen_by=frozen_by,
        sections=tuple(sections),
        figures=figures,
        overrides=overrides,
        inputs=inputs,
    )


def named(material: Material, ledger: Ledger) -> None:
    """Add the figures that written texts name and no section had yet, where the plan knows them."""
    from luotsi.reports.rules.content import keys_in

    for text in material.own.values():
        for key in keys_in(text):
            if key not in ledger.figures and key in ledger.plan.items:
                ledger.told(key)


def _reasons(overrides: tuple[Override, ...]) -> Iterator[Block]:
    if not overrides:
        return
    yield Subheading(text=said(_("Frozen although something was missing")))
    labels = (_("What was missing"), _("Reason"), _("By"), _("Day"))
    yield Table(
        key="overrides",
        caption=said(_("Reasons to freeze the report all the same")),
        columns=tuple(Column(label=said(words)) for words in labels),
        rows=tuple(
            (
                Entry(text=said(MISSING[Why(item.code)], about=item.about, label=item.label)),
                cell(every(item.reason)),
                cell(every(item.by)),
                cell(said("%(day)s", day=item.on)),
            )
            for item in overrides
        ),
    )
