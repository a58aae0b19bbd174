"""Own calls: making one ready, publishing it, moving its closing, withdrawing it; its criteria and officers."""

from luotsi.funding.actions.own_calls.criteria import (
    CriterionDetails,
    add_criterion,
    change_criterion,
    criterion_details,
    remove_criterion,
)
from luotsi.funding.actions.own_calls.drafting import (
    OwnCallDetails,
    begin_own_call,
    change_own_call,
    choose_form,
    copy_own_call,
    discard_own_call,
    own_details_of,
)
from luotsi.funding.actions.own_calls.officers import OfficerDetails, add_officer, change_officer, end_officer
from luotsi.funding.actions.own_calls.publishing import move_closing, publish_call, unpublish_call, withdraw_call

__all__ = [
    "CriterionDetails",
    "OfficerDetails",
    "OwnCallDetails",
    "add_criterion",
    "add_officer",
    "begin_own_call",
    "change_criterion",
    "change_officer",
    "change_own_call",
    "choose_form",
    "copy_own_call",
    "criterion_details",
    "discard_own_call",
    "end_officer",
    "move_closing",
    "own_details_of",
    "publish_call",
    "remove_criterion",
    "unpublish_call",
    "withdraw_call",
]
