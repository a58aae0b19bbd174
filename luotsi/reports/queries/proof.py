"""Proving a frozen report: its hash, every figure made again from its own inputs, and again from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luotsi.programme.models import PlanVersion
from luotsi.programme.rules.values import Text
from luotsi.reports.models import Report
from luotsi.reports.queries.contents import wanted_of
from luotsi.reports.queries.material import material_of
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical, recompute
from luotsi.reports.rules.content import Content, Figure
from luotsi.reports.rules.recipes import FromCell, FromRows

FILE = "luotsi-report"


@dataclass(frozen=True)
class Line:
    """One figure as it stands in the report and as it was made again."""

    number: int
    key: str
    label: Text
    was: Decimal | None
    now: Decimal | None
    is_equal: bool


@dataclass(frozen=True)
class Proof:
    """What came of proving a report.

    Args:
        sha256: the hash that was kept with it.
        found: the hash of what is there now.
        lines: every figure made again from the inputs in the report.
        database: the figures of indicators and milestones made again from the database as it was at the moment of
            freezing; None where only a file was proved.
        problem: why it could not be read at all; empty otherwise.
    """

    sha256: str
    found: str
    lines: tuple[Line, ...] = ()
    database: tuple[Line, ...] | None = None
    problem: str = ""

    @property
    def hash_fits(self) -> bool:
        """Whether nothing in it was changed."""
        return bool(self.sha256) and self.sha256 == self.found

    @property
    def wrong(self) -> list[Line]:
        """The figures that are not the same."""
        return [line for line in (*self.lines, *(self.database or ())) if not line.is_equal]

    @property
    def is_sound(self) -> bool:
        """Whether the hash fits and every figure is the same."""
        return self.hash_fits and not self.wrong and not self.problem

    def as_dict(self) -> dict[str, Any]:
        """Return the proof as JSON for programs."""
        return {
            "sound": self.is_sound,
            "problem": self.problem,
            "hash": {"kept": self.sha256, "found": self.found, "fits": self.hash_fits},
            "figures": [_line(line) for line in self.lines],
            "database": None if self.database is None else [_line(line) for line in self.database],
        }


def _line(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "key": line.key,
        "old": None if line.was is None else format(line.was, "f"),
        "new": None if line.now is None else format(line.now, "f"),
        "equal": line.is_equal,
    }


def file_of(report: Report) -> dict[str, Any]:
    """Return a frozen report as the JSON of a file, which proves itself."""
    return {
        "format": FILE,
        "report": str(report.pk),
        "state": report.state,
        "sha256": report.sha256,
        "content": report.frozen,
        "board": report.board,
    }


def prove_file(tree: Any) -> Proof:
    """Prove the JSON of a file, without the database."""
    if not isinstance(tree, Mapping) or "content" not in tree:
        return Proof("", "", problem="There is no report in it.")
    return _proved(tree["content"], str(tree.get("sha256") or ""))


def prove_report(report: Report) -> Proof:
    """Prove a frozen report, also against the database as it was when it was frozen."""
    proof = _proved(report.frozen, report.sha256)
    if proof.problem:
        return proof
    content = canonical.from_json(report.frozen)
    return Proof(proof.sha256, proof.found, proof.lines, tuple(_again(report, content)))


def _proved(tree: Any, sha256: str) -> Proof:
    found = canonical.hash_of_json(tree)
    try:
        content = canonical.from_json(tree)
    except canonical.NotAReport as error:
        return Proof(sha256, found, problem=str(error))
    labels = {figure.key: figure.label for figure in content.figures}
    lines = tuple(
        Line(check.number, check.key, labels[check.key], check.was, check.now, check.is_equal)
        for check in recompute.check(content)
    )
    return Proof(sha256, found, lines)


def _again(report: Report, content: Content) -> list[Line]:
    """Return the figures whose past the database keeps, as it tells them of the moment of freezing."""
    try:
        wanted = wanted_of(report, at=content.frozen_at, plan_sha256=content.plan_sha256)
        anew = {figure.key: figure for figure in compose(material_of(wanted)).figures}
    except PlanVersion.DoesNotExist:
        anew = {}
    found = []
    for number, figure in enumerate(content.figures, start=1):
        if _has_a_past(figure, content):
            now = anew.get(figure.key)
            value = now.value if now else None
            same = now is not None and _parts(now) == _parts(figure)
            found.append(Line(number, figure.key, figure.label, figure.value, value, same))
    return found


def _has_a_past(figure: Figure, content: Content) -> bool:
    """Return True for observed figures and milestones: every version of them stays in the database."""
    match figure.recipe:
        case FromRows(sheet=sheet):
            return sheet == "milestones"
        case FromCell(indicator=indicator, version=version):
            return any(
                (one.indicator, one.version, one.is_counted) == (indicator, version, False)
                for one in content.inputs.definitions
            )
    return False


def _parts(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.numerator, figure.denominator, figure.mark
