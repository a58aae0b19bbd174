"""The page that proves a report: what is the same, and what is not, in words."""

from __future__ import annotations

from dataclasses import dataclass

from luotsi.reports.models import Report
from luotsi.reports.queries.proof import Line, Proof
from luotsi.reports.queries.writing.words import best
from luotsi.ui import formatting

MOST = 200


@dataclass(frozen=True)
class ProofLine:
    """A figure with its value in the report and the value made again."""

    number: int
    label: str
    was: str
    now: str
    is_equal: bool


@dataclass(frozen=True)
class ProofPage:
    """What a reader sees of a proof; wrong figures stand first."""

    proof: Proof
    title: str
    figures: int
    database: int
    wrong: int
    lines: list[ProofLine]


def proof_page(report: Report, proof: Proof, language: str) -> ProofPage:
    """Return a proof in words."""
    lines = sorted(proof.lines, key=lambda line: (line.is_equal, line.number))
    wrong_here = [line for line in proof.database or () if not line.is_equal]
    return ProofPage(
        proof=proof,
        title=f"{report.get_kind_display()} {report.period}",
        figures=len(proof.lines),
        database=len(proof.database or ()),
        wrong=len(proof.wrong),
        lines=[_line(line, language) for line in (*wrong_here, *lines)][:MOST],
    )


def _line(line: Line, language: str) -> ProofLine:
    return ProofLine(
        number=line.number,
        label=best(line.label, language)[0] or line.key,
        was=_exact(line.was),
        now=_exact(line.now),
        is_equal=line.is_equal,
    )


def _exact(value: object) -> str:
    """Return a number with all the decimals that it has."""
    if value is None:
        return formatting.MISSING
    text = format(value, "f")
    return text if formatting.language() == "en" else text.replace(".", ",")
