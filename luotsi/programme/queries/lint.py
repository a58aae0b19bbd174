"""What is wrong with a plan file: problems that keep it from being read, or faults grouped by how bad they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luotsi.programme.queries.fault_words import sentence, title
from luotsi.programme.queries.plan_files import PlanFile
from luotsi.programme.rules.checks import Fault, Severity, faults


@dataclass(frozen=True)
class Group:
    """Faults of one kind, in the order of their lines."""

    code: str
    title: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Lint:
    """The answer: what could not be read, else what the checks found."""

    file: PlanFile
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> int:
        """How many things make the file unfit: what cannot be read, or cannot be true."""
        return len(self.file.problems) + self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """Return how many faults are that bad."""
        return sum(fault.severity == severity for fault in self.faults)

    def groups(self, severity: Severity) -> list[Group]:
        """Return the faults of one severity by kind, the kinds in the order of their first line."""
        found: dict[str, list[Fault]] = {}
        for fault in self.faults:
            if fault.severity == severity:
                found.setdefault(fault.code, []).append(fault)
        return [Group(code, title(code), tuple(members)) for code, members in found.items()]

    def as_dict(self) -> dict[str, Any]:
        """Return the whole answer for machines."""
        return {
            "file": self.file.name,
            "key": self.file.plan.key if self.file.plan else None,
            "sound": not self.errors,
            "counts": {
                "unreadable": len(self.file.problems),
                **{str(severity): self.count(severity) for severity in Severity},
            },
            "problems": [vars(problem) for problem in self.file.problems],
            "faults": [_as_dict(fault) for fault in self.faults],
        }


def _as_dict(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": str(fault.severity),
        "line": fault.place.line,
        "path": fault.place.path,
        "about": fault.about,
        "message": sentence(fault) or title(fault.code),
        "params": {name: str(value) for name, value in fault.params.items()},
    }


def lint(file: PlanFile) -> Lint:
    """Return what is wrong with a file that was read."""
    return Lint(file, faults(file.plan) if file.plan else ())
