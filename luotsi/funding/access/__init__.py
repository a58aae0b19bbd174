"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from luotsi.funding.access.applications import (
    FormHeld,
    Held,
    application_for,
    applications_prepared_by,
    applications_visible_to,
    form_for,
    link_for,
    member_for,
)
from luotsi.funding.access.calls import call_for, calls_visible_to, may_do, public_call, require, watched_call_for
from luotsi.funding.access.records import (
    applications_with_feed,
    commitment_for,
    feed_key,
    matter_for,
    may_follow,
    obligation_for,
)

__all__ = [
    "FormHeld",
    "Held",
    "application_for",
    "applications_prepared_by",
    "applications_visible_to",
    "applications_with_feed",
    "call_for",
    "calls_visible_to",
    "commitment_for",
    "feed_key",
    "form_for",
    "link_for",
    "matter_for",
    "may_do",
    "may_follow",
    "member_for",
    "obligation_for",
    "public_call",
    "require",
    "watched_call_for",
]
