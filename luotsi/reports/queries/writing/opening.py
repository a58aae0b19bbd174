"""The first sections of an annual evaluation: in brief, summary, mandate, how it was evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.programme.rules.plan import Observation, Plan
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.following import actual_of, target_of
from luotsi.reports.queries.writing.grades import grades
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.terms import cell
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules.content import (
    Bar,
    Bars,
    Block,
    Column,
    Entry,
    Highlights,
    Items,
    Paragraph,
    Subheading,
    Table,
)
from luotsi.reports.rules.material import Material

MOST_HIGHLIGHTS = 4


def cover(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell what the report is about, of which day, and on which version of the plan it stands."""
    rows = [
        (said(_("Programme")), material.names),
        (said(_("Responsible unit")), material.unit_names),
        (said(_("Period")), every(material.period.key)),
        (said(_("Figures as of")), said("%(day)s", day=material.data_on)),
        (said(_("Version of the report")), every(str(material.version))),
        (said(_("Version of the plan")), every(material.plan_version) if material.plan_version else Text()),
    ]
    yield Table(
        key="cover",
        caption=said(_("Basic data of the report")),
        columns=(Column(label=said(_("What"))), Column(label=said(_("Value")))),
        rows=tuple((Entry(text=name), cell(value)) for name, value in rows),
    )


def summary(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell what was reached, what is late and how the findings stand, on less than a page."""
    shares = [(followed, actual_of(followed, material, ledger)) for followed in material.followed]
    shown = [key for _followed, key in shares if key and ledger.made(key).value is not None]
    shown += list(told_counts(material, ledger))
    if shown:
        yield Highlights(figures=tuple(shown[:MOST_HIGHLIGHTS]))
    bars = tuple(
        Bar(label=followed.names, figure=key, target=target_of(followed, ledger))
        for followed, key in shares
        if key and followed.definition.unit == "percent" and ledger.figures[key].unit == "percent" and followed.aim
    )
    if bars:
        yield Bars(
            title=said(_("What was reached and the target, in per cent")),
            message=said(_("Each bar is the share reached; the triangle is the target.")),
            top=Decimal(100),
            unit="percent",
            bars=bars,
        )
    yield Paragraph(text=finding_sentence(material, ledger))


def told_counts(material: Material, ledger: Ledger) -> Iterator[str]:
    """Yield counts of persons or things that indicators of the plan name, for a report without shares."""
    for item in material.plan.observations:
        if item.indicator and item.value is not None and item.unit != "percent":
            yield ledger.told(item.code)


def finding_sentence(material: Material, ledger: Ledger) -> Text:
    """Return how many negative findings there are and how many lack an action."""
    counts = {"all": all_findings(ledger), "bare": bare_findings(ledger)}
    return said(
        _("The evaluation made %(all)s findings that need an action; %(bare)s of them have none."),
        **{name: every(f"{{{key}}}") for name, key in counts.items()},
    )


def all_findings(ledger: Ledger) -> str:
    """Return the key of the number of negative findings."""
    return ledger.counted(
        "findings", said(_("Findings that need an action")), "findings", negative=("yes",), closed=("no",)
    )


def bare_findings(ledger: Ledger) -> str:
    """Return the key of the number of negative findings without an action."""
    label = said(_("Findings without a corrective action"))
    return ledger.counted("findings_bare", label, "findings", negative=("yes",), closed=("no",), action=("no",))


def mandate(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell what the programme is for, who decided what, and how much of the need was granted."""
    plan = material.plan
    for text in (plan.aim, plan.change):
        if text:
            yield Paragraph(text=text)
    if plan.goals:
        yield Items(texts=tuple(goal.text for goal in plan.goals))
    if material.decisions:
        yield Table(
            key="decisions",
            caption=said(_("Decisions")),
            columns=tuple(
                Column(label=said(words))
                for words in (_("Body"), _("Day"), _("Section of the minutes"), _("Matter"), _("Decision"))
            ),
            rows=tuple(
                (
                    cell(decision.body),
                    cell(said("%(day)s", day=decision.day) if decision.day else None),
                    cell(every(decision.number)),
                    cell(decision.matter),
                    cell(said(_("Noted")) if decision.is_noted else said(_("Decided"))),
                )
                for decision in material.decisions
            ),
        )
    for item in plan.derived:
        if item.unit == "percent" and any(line.code in item.formula for line in plan.budget):
            share = every(f"{{{ledger.told(item.code)}}}")
            yield Paragraph(
                text=said(_("Of the need for money, %(share)s had been granted or reserved."), share=share)
            )


def method(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell on which levels and how often it was evaluated, from what, and how many answered."""
    plan = material.plan
    if plan.principle:
        yield Paragraph(text=plan.principle)
    if plan.levels:
        yield Table(
            key="levels",
            caption=said(_("Levels of follow-up")),
            columns=tuple(Column(label=said(words)) for words in (_("Level"), _("Bodies"), _("How"), _("How often"))),
            rows=tuple(
                (cell(level.names), cell(joined(list(level.bodies))), cell(level.way), cell(level.rhythm))
                for level in plan.levels
            ),
        )
    if plan.surveys:
        yield Subheading(text=said(_("Sources")))
        yield Items(texts=(*plan.surveys, *(document.names for document in plan.documents)))
    answers = list(answering(plan))
    if answers:
        yield numbers_table(ledger, "answers", said(_("Who answered and took part")), answers)
    yield from grades(material, ledger)
    yield Paragraph(
        kind="note",
        text=said(_("Shares of different populations are not comparable. Where the size of a population was not told, "
                    "the share stands without a denominator.")),
    )  # fmt: skip


def answering(plan: Plan) -> Iterator[Observation]:
    """Yield the observations that others are told of or made of, and the shares made of them."""
    named = {item.population for item in plan.observations} | {
        item.numerator.code for item in plan.observations if item.numerator
    }
    for item in plan.observations:
        if item.value is not None and (item.code in named or item.numerator):
            yield item


def numbers_table(ledger: Ledger, key: str, caption: Text, items: list[Observation]) -> Table:
    """Return told numbers as a table: what, number, unit, of whom, when."""
    return Table(
        key=key,
        caption=caption,
        columns=(
            Column(label=said(_("What"))),
            Column(label=said(_("Figure")), numeric=True),
            Column(label=said(_("Of whom"))),
            Column(label=said(_("When"))),
        ),
        rows=tuple(
            (
                Entry(text=item.text),
                Entry(figure=ledger.told(item.code)),
                cell(ledger.population(item.population)),
                cell(every(item.period.key) if item.period else item.period_words),
            )
            for item in items
        ),
    )
