"""Own grades beside the evidence: what a self-evaluation round says, measure by measure, and where they part."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.words import every, said
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import Block, Column, Entry, Paragraph, Subheading, Table
from luotsi.reports.rules.material import Graded, Material
from luotsi.reports.rules.recipes import FromFormula, FromRows, FromTold, Recipe

SHEET = "grades"


def grades(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell how many graded the measures and how, what the milestones say, and how many grades part from evidence."""
    graded = material.graded
    if graded is None:
        return
    keep(graded, ledger)
    yield Subheading(text=said(_("Self-evaluation: own grade beside the evidence")))
    handed = _told(graded, ledger, "graded_handed", said(_("Units that answered")))
    asked = _told(graded, ledger, "graded_asked", said(_("Units that were asked")))
    counts = {"handed": every(f"{{{handed}}}"), "asked": every(f"{{{asked}}}")}
    words = _("%(names)s, school year %(year)s: %(handed)s of %(asked)s units graded the measures from 1 to 5.")
    yield Paragraph(text=said(words, names=graded.names, year=graded.school_year, **counts))
    if not graded.grades:
        yield Paragraph(text=said(_("Fewer than five units let their grades be summed up; no mean is told.")))
        return
    names = {measure.code: measure.names for measure in measures_of(material.plan)}
    labels = (
        (_("Measure"), False),
        (_("Answers"), True),
        (_("Mean grade"), True),
        (_("Milestones reached"), True),
        (_("Milestones late"), True),
        (_("Own grade higher"), True),
        (_("Own grade lower"), True),
    )
    yield Table(
        key="grades",
        caption=said(_("Own grades beside milestones and figures")),
        columns=tuple(Column(label=said(words), numeric=numeric) for words, numeric in labels),
        rows=tuple(_row(code, names.get(code, every(code)), material, ledger) for code in graded.measures),
        note=said(_("A grade is higher or lower where milestones and figures of the same unit speak against it.")),
    )


def keep(graded: Graded, ledger: Ledger) -> None:
    """Keep the grades as rows that figures count and sum."""
    ledger.sheet(
        SHEET,
        [
            inputs.Row(values={"measure": one.measure, "parts": one.parts}, amount=Decimal(one.grade))
            for one in graded.grades
        ],
    )


def _told(graded: Graded, ledger: Ledger, key: str, label: Text) -> str:
    value = graded.handed_in if key == "graded_handed" else graded.asked
    ledger.numbers.setdefault(key, inputs.Told(code=key, value=Decimal(value)))
    return _figure(ledger, key, label, FromTold(code=key))


def _figure(ledger: Ledger, key: str, label: Text, recipe: Recipe, measure: str = "", **about: object) -> str:
    """Add a figure that opens to the answers of the round."""
    graded = ledger.material.graded
    trace = (*graded.address, measure) if graded else ()
    place = {"period": graded.school_year if graded else "", "place": ledger.material.unit_names}
    return ledger.add(key, label, recipe, trace=trace, **place, **about)


def _row(code: str, names: Text, material: Material, ledger: Ledger) -> tuple[Entry, ...]:
    counted = FromRows(sheet=SHEET, where=(("measure", (code,)),))
    count = _figure(ledger, f"graded_{code}", said(_("%(measure)s: answers"), measure=names), counted, code)
    total = _figure(
        ledger,
        f"graded_{code}_sum",
        said(_("%(measure)s: grades together"), measure=names),
        FromRows(sheet=SHEET, where=(("measure", (code,)),), sum=True),
        code,
    )
    mean = _figure(
        ledger,
        f"graded_{code}_mean",
        said(_("%(measure)s: mean grade"), measure=names),
        FromFormula(formula=f"{total} / {count}"),
        code,
        decimals=1,
    )
    reached, late = (
        ledger.counted(f"milestones_{code}_{state}", said(label, measure=names), "milestones",
                       measure=(code,), state=(state,))
        for state, label in (
            ("done", _("%(measure)s: milestones reached")), ("late", _("%(measure)s: milestones late")),
        )
    )  # fmt: skip
    over, under = (
        _figure(
            ledger,
            f"graded_{code}_{parts}",
            said(label, measure=names),
            FromRows(sheet=SHEET, where=(("measure", (code,)), ("parts", (parts,)))),
            code,
        )
        for parts, label in (
            ("over", _("%(measure)s: own grade higher than the evidence")),
            ("under", _("%(measure)s: own grade lower than the evidence")),
        )
    )
    return (Entry(text=names), *(Entry(figure=key) for key in (count, mean, reached, late, over, under)))
