"""Taking plans in, changing drafts item by item, publishing versions."""

from luotsi.programme.actions.plans.changing import add_item, change_item, remove_item
from luotsi.programme.actions.plans.importing import Imported, import_plan, rehearse_import
from luotsi.programme.actions.plans.publishing import Approval, publish

__all__ = [
    "Approval",
    "Imported",
    "add_item",
    "change_item",
    "import_plan",
    "publish",
    "rehearse_import",
    "remove_item",
]
