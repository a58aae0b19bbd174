"""What a new version of a report tells of the one before it: every figure that is not the same, old and new."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.words import said
from luotsi.reports.rules.content import Block, Column, Entry, Figure, Paragraph, Subheading, Table
from luotsi.reports.rules.material import Material

BEFORE = "was_"


def changes(material: Material, ledger: Ledger, figures: tuple[Figure, ...]) -> Iterator[Block]:
    """Tell which figures differ from those of the earlier version; nothing in a first version."""
    if material.earlier is None:
        return
    rows = []
    for figure in figures:
        old = material.earlier.get(figure.key)
        if old is not None and old.value is not None and _differ(old.value, figure.value):
            label = said(_("Earlier: %(figure)s"), figure=figure.label)
            key = ledger.kept(f"{BEFORE}{figure.key}", label, old)
            rows.append((Entry(text=figure.label), Entry(figure=key), Entry(figure=figure.key)))
    yield Subheading(text=said(_("Changes to earlier figures")))
    if not rows:
        yield Paragraph(text=said(_("No figure of the earlier version has changed.")))
        return
    yield Table(
        key="changes",
        caption=said(_("Figures that have changed since the earlier version")),
        columns=(
            Column(label=said(_("What"))),
            Column(label=said(_("Old")), numeric=True),
            Column(label=said(_("New")), numeric=True),
        ),
        rows=tuple(rows),
    )


def _differ(old: Decimal, new: Decimal | None) -> bool:
    return old != new
