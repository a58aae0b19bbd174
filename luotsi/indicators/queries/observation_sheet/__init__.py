"""Observations from a file: reading the table, a dry run over what is known now, and the template."""

from luotsi.indicators.queries.observation_sheet.columns import FIELDS, field_of, heading_of
from luotsi.indicators.queries.observation_sheet.plan import Outcome, Plan, Planned, Problem, plan_now
from luotsi.indicators.queries.observation_sheet.reading import reasons_to_refuse, sheet_of
from luotsi.indicators.queries.observation_sheet.template import export_rows, template_rows, workbook_of

__all__ = [
    "FIELDS",
    "Outcome",
    "Plan",
    "Planned",
    "Problem",
    "export_rows",
    "field_of",
    "heading_of",
    "plan_now",
    "reasons_to_refuse",
    "sheet_of",
    "template_rows",
    "workbook_of",
]
