"""Evaluates answers to a questionnaire: what is on view, what must be answered, what is wrong, what is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation.checking import COMMENT, Checks, is_blank
from luotsi.questionnaires.rules.evaluation.forms import Form, form_of
from luotsi.questionnaires.rules.evaluation.keys import doubles
from luotsi.questionnaires.rules.evaluation.kinds import rows_of_matrix
from luotsi.questionnaires.rules.evaluation.outcome import Error, Outcome
from luotsi.questionnaires.rules.evaluation.running import Entry, Group, Run, settled
from luotsi.questionnaires.rules.evaluation.taming import Taming
from luotsi.questionnaires.rules.expressions import Budget, Exhausted

ROUNDS = 8  # until what is handed in no longer changes when hidden answers are left out
ERRORS = 2_000


def evaluate(
    definition: d.Definition,
    answers: object,
    *,
    today: date,
    language: str = "fi",
    now: datetime | None = None,
    budget: Budget | None = None,
) -> Outcome:
    """Return everything that follows from answers; whatever they are, nothing is raised.

    Args:
        definition: The questionnaire, read without errors.
        answers: JSON by the names of questions.
        today: The day for which it is evaluated.
        language: In which the definition's own words for errors are wanted.
        now: The moment, in the time of the place and without a zone; midnight of `today` where it is not told.
        budget: How much work it may take; what is past it is an error of the whole.
    """
    form, taming = form_of(definition), Taming()
    tame = taming.answers(answers)
    moment = now or datetime.combine(today, time())
    spent = budget or Budget()
    try:
        found = Looking(Run(form, tame, moment, language, spent), language).outcome()
        submission = _handed_in(form, found, tame, moment, language, spent)
    except (Exhausted, RecursionError):
        return Outcome(errors=(*taming.errors, Error("", "budget")))
    return replace(found, errors=(*taming.errors, *found.errors), submission=submission)


def _handed_in(
    form: Form, found: Outcome, answers: Mapping[str, Any], now: datetime, language: str, budget: Budget
) -> dict[str, Any]:
    """Return what is handed in, worked out from what is handed in alone: hidden answers count for nothing in it."""
    submission, given = found.submission, dict(answers)
    for _round in range(ROUNDS):
        left = {name: submission.get(name) for name in given}
        if values.same(left, given):
            break
        given = left
        again = Looking(Run(form, given, now, language, budget), language).outcome(errors=False)
        submission = again.submission
    return submission


class Looking:
    """Goes through a questionnaire once and writes down what it sees."""

    def __init__(self, run: Run, language: str) -> None:
        self.run, self.checks = run, Checks(language)
        self.visible: list[str] = []
        self.required: list[str] = []
        self.read_only: list[str] = []
        self.errors: list[Error] = []
        self.values: dict[str, Any] = {}
        self.totals: dict[str, Any] = {}
        self.choices: dict[str, tuple[Any, ...]] = {}
        self.rows: dict[str, int] = {}

    def outcome(self, *, errors: bool = True) -> Outcome:
        """Return what it sees; without errors where only what is handed in matters."""
        self.with_errors = errors
        root, form = self.run.root, self.run.form
        self.run.work_out()
        calculated = {name: settled(self.run.calculated(name)) for name in form.calculated}
        submission = self._group(root)
        submission |= {name: calculated[name] for name in calculated if name in form.in_result}
        return Outcome(
            visible=tuple(self.visible),
            containers=tuple(box.element.name for box in root.part.boxes if self._has_something(root, box)),
            required=tuple(self.required),
            read_only=tuple(self.read_only),
            errors=tuple(self.errors[:ERRORS]),
            calculated=calculated | self.values,
            totals=self.totals,
            choices=self.choices,
            rows=self.rows,
            submission={name: value for name, value in submission.items() if not values.is_empty(value)},
        )

    def _has_something(self, group: Group, box: Any) -> bool:
        return group.shows(box) and any(True for _entry in self._within(group, box))

    def _within(self, group: Group, box: Any) -> Iterator[Entry]:
        """Yield what is on view in a page or panel."""
        for entry in group.entries:
            holder = entry.item.box
            while holder is not None and holder is not box:
                holder = holder.holder
            if holder is box and entry.visible:
                yield entry

    def _group(self, group: Group) -> dict[str, Any]:
        """Look at a group; return what of it is handed in."""
        found: dict[str, Any] = {}
        for entry in group.entries:
            if not entry.visible:
                continue
            name = entry.item.question.name
            value = self._entry(entry)
            if not values.is_empty(value):
                found[name] = value
            comment = group.raw.get(name + COMMENT)
            if comment and isinstance(comment, str) and takes_comment(entry, value):
                found[name + COMMENT] = comment
        if self.with_errors:
            self._unknown(group)
            self._panels(group)
        return found

    def _entry(self, entry: Entry) -> Any:
        """Look at one answer on view; return what of it is handed in."""
        question = entry.item.question
        self.visible.append(entry.name)
        if entry.required:
            self.required.append(entry.name)
        if entry.read_only:
            self.read_only.append(entry.name)
        if self.with_errors:
            self.errors.extend(self.checks.of(entry))
            self.errors.extend(self._of_rows(entry))
        if isinstance(question, d.ChoiceQuestion | d.MatrixQuestion) and (
            entry.item.options_if is not None or any(option.visible is not None for option in entry.item.options)
        ):
            self.choices[entry.name] = entry.options()
        if isinstance(question, d.ExpressionQuestion):
            self.values[entry.name] = settled(entry.value)
            return self.values[entry.name]
        if entry.item.inside is not None:
            return self._rows(entry)
        return None if question.kind is d.Kind.HTML else entry.value

    def _of_rows(self, entry: Entry) -> Iterator[Error]:
        """Yield the errors that come of rows even where nothing is answered."""
        question = entry.item.question
        if entry.read_only:
            return
        if isinstance(question, d.MatrixQuestion) and values.is_empty(entry.value):
            for code, words, params in rows_of_matrix(entry, question, None):
                yield self.checks.error(entry, code, words, **params)
        if isinstance(question, d.TableQuestion | d.RepeatQuestion):
            for double in doubles(entry):
                yield self.checks.error(double, "key.twice", question.key_text)

    def _rows(self, entry: Entry) -> Any:
        """Look at the rows of a table or the panels of a repetition; return what of them is handed in."""
        rows, question = entry.rows, entry.item.question
        self.run.budget.spend(len(rows))
        self.rows[entry.name] = len(rows)
        told = [(row.key, self._group(row) if entry.shows_row(row) else {}) for row in rows]
        if isinstance(question, d.TableQuestion) and question.has_totals:
            for column in question.columns:
                if column.has_total:
                    self.totals[f"{entry.name}.{column.name}"] = entry.total(column.name)
        if question.kind is d.Kind.MATRIXDROPDOWN:
            return {key: value for key, value in told if value}
        found = [value for _key, value in told]
        return found if any(found) else None

    def _unknown(self, group: Group) -> None:
        """Tell answers to questions that there are not."""
        for name in group.raw:
            if name in group.part.items or (group.kind == "root" and name in self.run.form.calculated):
                continue
            asked = name.removesuffix(COMMENT)
            if asked != name and asked in group.part.items:
                continue
            self.errors.append(Error(f"{group.name}.{name}" if group.name else name, "unknown"))

    def _panels(self, group: Group) -> None:
        """Tell the panels of which one question at least must be answered and none is."""
        for box in group.part.boxes:
            wanted = box.element.is_required or (box.required is not None and self.run.holds(box.required, group))
            if not wanted or not group.shows(box) or group.locks(box):
                continue
            asked = [entry for entry in self._within(group, box) if entry.item.question.kind is not d.Kind.HTML]
            if asked and all(is_blank(entry.item.question, entry.value) for entry in asked):
                words = box.element.required_text.in_language(self.checks.language).text
                name = f"{group.name}.{box.element.name}" if group.name else box.element.name
                self.errors.append(Error(name, "required.panel", words))


def takes_comment(entry: Entry, value: Any) -> bool:
    """Return True where the comment beside an answer belongs to it."""
    question = entry.item.question
    if question.has_comment:
        return True
    chosen = value if isinstance(value, list) else [value]
    return isinstance(question, d.ChoiceQuestion) and question.shows_other and "other" in chosen
