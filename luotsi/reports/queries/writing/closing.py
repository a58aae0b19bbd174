"""The last sections of an annual evaluation: money, language and equality, risks, appendices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.programme.rules.values import ActionState, Text
from luotsi.reports.queries.writing.following import actual_of, target_of
from luotsi.reports.queries.writing.ledger import Ledger, words_of
from luotsi.reports.queries.writing.terms import MONEY, POLICIES, ROLLUPS, cell
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import Bar, Bars, Block, Column, Entry, Items, Paragraph, Subheading, Table
from luotsi.reports.rules.material import Material


def money(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell every line of money, and which of the announced appendices on costs are not there."""
    if not material.money:
        yield Paragraph(text=said(_("The programme tells no money.")))
        return
    sections = {code: words_of(item) for code, item in ledger.plan.items.items()}
    yield Table(
        key="money",
        caption=said(_("Money of the programme")),
        columns=(
            Column(label=said(_("What for"))),
            Column(label=said(_("Kind"))),
            Column(label=said(_("For the time"))),
            Column(label=said(_("Part of the programme"))),
            Column(label=said(_("Euros")), numeric=True),
        ),
        rows=tuple(
            (
                Entry(text=line.text),
                cell(said(MONEY[line.kind])),
                cell(every(line.period)),
                cell(sections.get(line.section)),
                Entry(figure=ledger.amount(line.code, line.amount, line.text, line.period, line.source)),
            )
            for line in material.money
        ),
        note=said(_("A dash means that the sum was not given, which is not zero.")),
    )
    given = [line for line in material.money if line.amount is not None and not line.section]
    if len(given) > 1:
        top = max((line.amount for line in given if line.amount is not None), default=Decimal(0))
        yield Bars(
            title=said(_("Money of the whole programme, in euros")),
            message=said(_("The bars have one scale: the need of the whole time is beside what was granted.")),
            top=top,
            unit="eur",
            bars=tuple(Bar(label=joined([line.text, every(line.period)]), figure=line.code) for line in given),
        )
    if missing := [item.names for item in material.plan.appendices if item.code not in material.appendices_there]:
        yield Paragraph(text=said(_("Announced, but not there: %(names)s."), names=joined(missing)))


def equality(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell the figures by language and level that there are, and say so where there are none."""
    rows = []
    for followed in material.followed:
        for cells in followed.others.values():
            for given in cells:
                if given.split and material.period.contains(followed.ends[given.period]):
                    code = "_".join([followed.code or followed.key, *(value for _name, value in given.split)])
                    key = ledger.cell(followed, given, material.unit_names, code.replace("-", "_"))
                    group = every(", ".join(f"{name}: {value}" for name, value in given.split))
                    rows.append((Entry(text=followed.names), cell(group), Entry(figure=key)))
    if rows:
        labels = (_("Indicator"), _("Group"), _("Figure"))
        yield Table(
            key="equality",
            caption=said(_("Figures by group")),
            columns=tuple(Column(label=said(words), numeric=words == "Figure") for words in labels),
            rows=tuple(rows),
            note=said(_("Small groups are protected: 1 to 4 persons are not shown.")),
        )
    else:
        yield Paragraph(
            text=said(_("No figure of the period was told by language of instruction or by level of education. "
                        "What is known stands among the findings."))
        )  # fmt: skip


def risks(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell what is not reached yet, what goes on, and how the programme continues."""
    behind = []
    for followed in material.followed:
        actual, target = actual_of(followed, material, ledger), target_of(followed, ledger)
        gap = f"{followed.aim.code}_gap" if followed.aim else ""
        if actual and target and gap in ledger.figures and ledger.made(gap).value:
            words = {"indicator": followed.names, "now": every(f"{{{actual}}}"), "goal": every(f"{{{target}}}")}
            behind.append(said(_("%(indicator)s: %(now)s, target %(goal)s by the end of %(period)s"),
                               period=followed.aim_period, **words))  # fmt: skip
    if behind:
        yield Subheading(text=said(_("Targets that are still far")))
        yield Items(texts=tuple(behind))
    waiting = [
        item for item in material.findings if item.state in {ActionState.PLANNED, ActionState.ONGOING} and item.action
    ]
    if waiting:
        yield Subheading(text=said(_("Corrective actions that go on")))
        yield Items(texts=tuple(joined([every(item.code), item.action], ": ") for item in waiting))
    if material.plan.continuation:
        yield Subheading(text=said(_("How the programme goes on")))
        yield Paragraph(text=material.plan.continuation)


def appendices(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell how each indicator is counted, what follows from the numbers, and which appendices are there."""
    if material.followed:
        yield methods(material)
    if material.plan.derived:
        yield derived(material, ledger)
    if material.plan.appendices:
        there = {code: said(_("Is there")) for code in material.appendices_there}
        yield Table(
            key="appendices",
            caption=said(_("Appendices")),
            columns=tuple(Column(label=said(words)) for words in (_("Appendix"), _("Required"), _("State"))),
            rows=tuple(
                (
                    Entry(text=item.names),
                    cell(said(_("Yes")) if item.required else said(_("No"))),
                    cell(there.get(item.code, said(_("Missing")))),
                )
                for item in material.plan.appendices
            ),
        )  # fmt: skip


def methods(material: Material) -> Table:
    """Return how each indicator is counted, by the version of its definition."""
    labels = (_("Indicator"), _("Version"), _("Numerator"), _("Denominator"), _("Roll-up"), _("Disclosure"))
    return Table(
        key="methods",
        caption=said(_("Method and versions of the definitions")),
        columns=tuple(Column(label=said(words)) for words in labels),
        rows=tuple(_method(followed.definition, followed.code, followed.names) for followed in material.followed),
    )


def _method(definition: inputs.Definition, code: str, names: Text) -> tuple[Entry, ...]:
    return (
        Entry(text=joined([every(code), names], " ")),
        cell(every(f"v{definition.version}")),
        cell(definition.numerator),
        cell(definition.denominator or definition.population),
        cell(said(ROLLUPS[definition.rollup])),
        cell(said(POLICIES[definition.policy])),
    )


def derived(material: Material, ledger: Ledger) -> Table:
    """Return the values that follow from told numbers, with formula and whether each agrees with what was told."""
    labels = (_("Code"), _("What"), _("Formula"), _("Value"), _("Should agree with"))
    rows = []
    for item in material.plan.derived:
        key = ledger.told(item.code)
        against = Text()
        if item.equals:
            ledger.told(item.equals)
            same = ledger.made(key).value == ledger.made(item.equals).value
            words = _("%(code)s: agrees") if same else _("%(code)s: does not agree")
            against = said(words, code=item.equals)
        rows.append(
            (
                Entry(text=every(item.code)),
                cell(ledger.figures[key].label),
                cell(every(item.formula.replace("*", "×").replace("/", "÷"))),
                Entry(figure=key),
                cell(against),
            )
        )
    return Table(
        key="derived",
        caption=said(_("Values that follow from the told numbers")),
        columns=tuple(Column(label=said(words), numeric=words == "Value") for words in labels),
        rows=tuple(rows),
    )
