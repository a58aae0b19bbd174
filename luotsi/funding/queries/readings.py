"""What the page shows on which a decision is confirmed: each field beside what the text says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from luotsi.funding.queries.decision_pages import Evidence, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField

    from luotsi.funding.models import Application
    from luotsi.funding.rules.decision_text import Reading


class Fielded(Protocol):
    """A form whose fields are plain ones and rows of two."""

    def plain_fields(self) -> Iterable[BoundField]: ...  # noqa: D102
    def instalment_rows(self) -> Iterable[tuple[BoundField, BoundField]]: ...  # noqa: D102
    def report_rows(self) -> Iterable[tuple[BoundField, BoundField]]: ...  # noqa: D102


@dataclass(frozen=True)
class Confirmed:
    """A field, or the two of a row, with where in the text its value stands."""

    fields: tuple[BoundField, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Other:
    """Another decision of the same text, to be read instead."""

    place: int
    number: int
    begins: str
    is_chosen: bool


def as_number(text: object) -> int | None:
    """Return what a hidden field says as a number; None where it says none."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 5 else None


def best_item(reading: Reading, asked: int | None = None) -> int:
    """Return which decision of a text to show: the one asked for, or else the first that tells of an outcome."""
    if asked is not None and 0 <= asked < len(reading.items):
        return asked
    told = [place for place, item in enumerate(reading.items) if item.outcome or item.granted]
    return told[0] if told else 0


def confirming(
    form: Fielded, reading: Reading | None = None, place: int = 0, application: Application | None = None
) -> dict[str, Any]:
    """Return the context of the page: fields with their evidence, the marked text, remarks, other decisions."""
    page = read_page(reading, place, application) if reading and reading.items else None
    evidence = page.evidence if page else {}
    conditions = tuple(one for name, one in evidence.items() if name.startswith("condition_"))

    def of(*names: str) -> tuple[Evidence, ...]:
        return tuple(evidence[name] for name in names if name in evidence)

    plain = [
        Confirmed((field,), conditions if field.name == "conditions" else of(field.name))
        for field in form.plain_fields()
    ]
    instalments = [Confirmed(pair, of(f"instalment_{n}")) for n, pair in enumerate(form.instalment_rows())]
    reports = [Confirmed(pair, of(f"report_{n}")) for n, pair in enumerate(form.report_rows())]
    return {
        "form": form,
        "plain": plain,
        "instalments": instalments,
        "reports": reports,
        "read": page,
        "others": _others(reading, place) if reading else [],
    }


def _others(reading: Reading, place: int) -> list[Other]:
    if len(reading.items) < 2:
        return []
    found = []
    for number, item in enumerate(reading.items):
        begins = " ".join(reading.text[item.start : item.start + 160].split())[:100]
        found.append(Other(number, number + 1, begins, number == place))
    return found
