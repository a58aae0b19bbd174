"""What an import of units would do: pure decisions over a table that was read and the units that are known."""

from luotsi.people.queries.import_plan.columns import FIELDS, field_of, titles
from luotsi.people.queries.import_plan.plan import Change, Outcome, Plan, Planned, plan_of
from luotsi.people.queries.import_plan.sheet import Entry, Heading, Line, Sheet, reasons_to_refuse, sheet_of
from luotsi.people.queries.import_plan.values import Problem
from luotsi.people.queries.import_plan.world import Known, World

__all__ = [
    "FIELDS",
    "Change",
    "Entry",
    "Heading",
    "Known",
    "Line",
    "Outcome",
    "Plan",
    "Planned",
    "Problem",
    "Sheet",
    "World",
    "field_of",
    "plan_of",
    "reasons_to_refuse",
    "sheet_of",
    "titles",
]
