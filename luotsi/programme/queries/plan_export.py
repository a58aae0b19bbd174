"""A plan as a file to keep: YAML that can be imported again, a workbook, JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from luotsi.programme.queries.plan_workbook import workbook_of
from luotsi.programme.queries.plan_yaml import yaml_of
from luotsi.programme.rules.documents import to_json
from luotsi.ui.exports import XLSX

if TYPE_CHECKING:
    from luotsi.programme.rules.plan import Plan

FILES = {"yaml": "application/yaml; charset=utf-8", "xlsx": XLSX, "json": "application/json; charset=utf-8"}
PUBLIC_FILES = {"yaml", "json"}


def plan_file(plan: Plan, kind: str) -> bytes:
    """Return the plan as a file of a kind of `FILES`."""
    if kind == "xlsx":
        return workbook_of(plan)
    if kind == "json":
        return json.dumps(to_json(plan), ensure_ascii=False, indent=2).encode()
    return yaml_of(plan).encode()
