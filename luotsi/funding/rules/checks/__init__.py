"""The catalogue of checks on an application: each a pure function of application, call, register and day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks.balance import costs_equal_financing, totals_are_sums
from luotsi.funding.rules.checks.blanks import blank_is_not_zero
from luotsi.funding.rules.checks.choice import chosen_areas_have_money
from luotsi.funding.rules.checks.copies import passages_are_not_copied
from luotsi.funding.rules.checks.deadlines import changes_before_end, handed_in_in_time, reports_after_end
from luotsi.funding.rules.checks.decisions import outcome_is_complete, own_share_is_committed
from luotsi.funding.rules.checks.finding import (
    Difference,
    Document,
    Field,
    Finding,
    Named,
    Percent,
    Plain,
    Severity,
    Sum,
    Value,
)
from luotsi.funding.rules.checks.funding_claims import no_other_funding_is_true
from luotsi.funding.rules.checks.grant import grant_above_zero, grant_within_call
from luotsi.funding.rules.checks.identity import (
    applicant_may_apply,
    numbers_prove_themselves,
    one_project_one_name,
    register_numbers_fit,
)
from luotsi.funding.rules.checks.lengths import texts_fit
from luotsi.funding.rules.checks.outcomes import measures_are_followed
from luotsi.funding.rules.checks.own_share import own_share
from luotsi.funding.rules.checks.partners import partners_are_listed
from luotsi.funding.rules.checks.periods import alike_in_areas, start_before_end, within_call
from luotsi.funding.rules.checks.personal import texts_hold_no_personal_data
from luotsi.funding.rules.checks.personnel import months_are_sane
from luotsi.funding.rules.checks.rows import costs_are_described, sums_are_written_as_asked, tax_is_told_one_way
from luotsi.funding.rules.checks.summaries import summaries_repeat
from luotsi.funding.rules.checks.triangulation import figures_fit
from luotsi.funding.rules.checks.years import years_add_up
from luotsi.funding.rules.register import Register

__all__ = [
    "RULES",
    "Difference",
    "Document",
    "Field",
    "Finding",
    "Named",
    "Percent",
    "Plain",
    "Severity",
    "Sum",
    "Value",
    "check",
]

type Check = Callable[[Application, Call, Register, date], Iterator[Finding]]

RULES: dict[str, Check] = {
    "M1": costs_equal_financing,
    "M2": summaries_repeat,
    "M3": totals_are_sums,
    "M4": own_share,
    "M5": grant_within_call,
    "M6": grant_above_zero,
    "M7": chosen_areas_have_money,
    "M8": blank_is_not_zero,
    "M9": costs_are_described,
    "M10": years_add_up,
    "M11": months_are_sane,
    "M12": tax_is_told_one_way,
    "M13": sums_are_written_as_asked,
    "D1": start_before_end,
    "D2": within_call,
    "D3": handed_in_in_time,
    "D4": alike_in_areas,
    "D5": reports_after_end,
    "D6": changes_before_end,
    "D7": outcome_is_complete,
    "D8": own_share_is_committed,
    "T1": texts_fit,
    "T2": passages_are_not_copied,
    "T3": figures_fit,
    "T4": no_other_funding_is_true,
    "T5": partners_are_listed,
    "T6": measures_are_followed,
    "T8": texts_hold_no_personal_data,
    "I1": numbers_prove_themselves,
    "I2": register_numbers_fit,
    "I3": applicant_may_apply,
    "I4": one_project_one_name,
}


def check(application: Application, call: Call, register: Register, today: date) -> tuple[Finding, ...]:
    """Return everything that the catalogue finds, what blocks first, then in the order of the catalogue.

    Args:
        application: What was applied for.
        call: What it was applied from.
        register: What is known beside it; an empty one knows nothing.
        today: The day of the check, in Finnish time.
    """
    found = [
        _sourced(finding, call) for rule in RULES.values() for finding in rule(application, call, register, today)
    ]
    order = tuple(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _sourced(finding: Finding, call: Call) -> Finding:
    """Return a finding whose evidence is in the call with the call as its source, where it names no place in it."""
    if finding.source or all(field.document is not Document.CALL for field in finding.where):
        return finding
    return replace(finding, source=", ".join(filter(None, (call.name, call.register_number))))
