"""Taking plans in, changing drafts item by item, publishing versions, discarding drafts."""

from luotsi.programme.actions.plans.changing import add_item, change_item, remove_item
from luotsi.programme.actions.plans.importing import Imported, import_plan, rehearse_import
from luotsi.programme.actions.plans.publishing import Approval, discard_draft, publish

__all__ = [
    "Approval",
    "Imported",
    "add_item",
    "change_item",
    "discard_draft",
    "import_plan",
    "publish",
    "rehearse_import",
    "remove_item",
]
