"""What the pages of an import show: what a file holds, everything wrong with it, and what it would leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import uploads
from luotsi.programme.queries import gap_words, plan_workbook, rows
from luotsi.programme.queries.fault_words import sentence, title
from luotsi.programme.queries.outline import counts
from luotsi.programme.queries.plan_files import DATA, PlanFile, read
from luotsi.programme.queries.taking_in import Trial, try_plan
from luotsi.programme.rules.checks import Fault, Severity

if TYPE_CHECKING:
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class Tried:
    """A file that was read; `places` tells for a line the cell of a workbook, empty for a text."""

    file: PlanFile
    places: tuple[str, ...] = ()

    def place(self, line: int) -> str:
        """Return where something stands: the cell of a workbook, or the line of a text."""
        if self.places:
            return self.places[line] if line < len(self.places) else ""
        return _("line %(line)s") % {"line": line} if line else ""


@dataclass(frozen=True)
class ProblemRow:
    """One thing that is wrong or missing, with its place in the file."""

    place: str
    about: str
    message: str


@dataclass(frozen=True)
class ProblemGroup:
    """Things of one kind."""

    title: str
    mark: str
    word: str
    rows: tuple[ProblemRow, ...]


@dataclass(frozen=True)
class TriedPage:
    """The dry run: what the file holds and everything wrong with it; `token` brings the file back for the import."""

    filename: str
    name: str
    key: str
    verdict: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[ProblemGroup, ...]
    may_import: bool
    import_label: str
    token: str


def tried(filename: str, kind: str, data: bytes) -> Tried:
    """Read a file of a kind of `luotsi.base.uploads`: a workbook, or the text of a plan file."""
    if kind == uploads.XLSX:
        file, places = plan_workbook.read_workbook(data, filename)
        return Tried(file, tuple(places))
    return Tried(read(data, filename))


def dry_run(scope: Unit, found: Tried, token: str) -> TriedPage:
    """Return the dry run of a file at a unit."""
    plan = found.file.plan
    trial = try_plan(plan, scope) if plan else None
    groups = [*_problems(found), *(_trial_groups(found, trial) if trial else ())]
    fit = trial is not None and not trial.reasons
    return TriedPage(
        filename=found.file.name,
        name=rows.names(plan.names).text if plan else "",
        key=plan.key if plan else "",
        verdict=_verdict(trial),
        counts=_counts(trial) if trial else (),
        groups=tuple(groups),
        may_import=fit,
        import_label=_("Put it in the draft of the programme") if trial and trial.programme else _("Import the plan"),
        token=token,
    )


def _verdict(trial: Trial | None) -> str:
    if trial is None:
        return _("The file cannot be read as a plan. Mend what is listed below and send it again.")
    if trial.reasons:
        return " ".join(str(reason) for reason in trial.reasons)
    open_ = len(trial.gaps) + len([fault for fault in trial.faults if fault.severity != Severity.REMARK])
    if not open_:
        return _("The plan can be imported. Nothing is missing.")
    words = ngettext(
        "The plan can be imported. It leaves %(n)s thing open.",
        "The plan can be imported. It leaves %(n)s things open.",
        open_,
    )
    return words % {"n": open_}


def _counts(trial: Trial) -> tuple[tuple[str, int], ...]:
    found = counts(trial.plan)
    labels = {
        "Section": _("Sections"),
        "Measure": _("Measures"),
        "Milestone": _("Milestones"),
        "Indicator": _("Indicators"),
        "Observation": _("Observations"),
        "Finding": _("Findings"),
        "BudgetLine": _("Lines of money"),
        "Decision": _("Decisions"),
        "Participant": _("The members"),
    }
    return tuple((label, found[shape]) for shape, label in labels.items() if found.get(shape))


def _problems(found: Tried) -> list[ProblemGroup]:
    told = [ProblemRow(found.place(item.line), "", item.message) for item in found.file.problems]
    return [ProblemGroup(_("What cannot be read"), "bad", _error(len(told)), tuple(told))] if told else []


def _trial_groups(found: Tried, trial: Trial) -> list[ProblemGroup]:
    groups = []
    for severity, mark in ((Severity.ERROR, "bad"), (Severity.WARNING, "risk"), (Severity.REMARK, "use")):
        kinds: dict[str, list[Fault]] = {}
        for fault in trial.faults:
            if fault.severity == severity:
                kinds.setdefault(fault.code, []).append(fault)
        groups += [
            ProblemGroup(
                title(code), mark, _words(severity, len(faults)), tuple(_row(found, fault) for fault in faults)
            )
            for code, faults in kinds.items()
        ]
    if trial.gaps:
        told = tuple(ProblemRow(gap.about, gap.about, gap_words.sentence(gap)) for gap in trial.gaps)
        groups.insert(
            0, ProblemGroup(_("What the import leaves open"), "risk", _words(Severity.WARNING, len(told)), told)
        )
    return sorted(groups, key=lambda group: ("bad", "risk", "use").index(group.mark))


def _row(found: Tried, fault: Fault) -> ProblemRow:
    return ProblemRow(found.place(fault.place.line), fault.about, sentence(fault) or title(fault.code))


def _words(severity: Severity, count: int) -> str:
    match severity:
        case Severity.ERROR:
            return _error(count)
        case Severity.WARNING:
            return ngettext("%(n)s warning", "%(n)s warnings", count) % {"n": count}
    return ngettext("%(n)s remark", "%(n)s remarks", count) % {"n": count}


def _error(count: int) -> str:
    return ngettext("%(n)s error", "%(n)s errors", count) % {"n": count}


def template_file(kind: str) -> bytes:
    """Return a small plan to start from, as YAML with remarks or as a workbook; the checks find no error in it."""
    text = (DATA / "template" / "plan.yaml").read_bytes()
    plan = read(text).plan
    return plan_workbook.workbook_of(plan) if kind == "xlsx" and plan else text
