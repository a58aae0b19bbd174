"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from luotsi.funding.access.applications import (
    FormHeld,
    Held,
    application_for,
    applications_visible_to,
    form_for,
    link_for,
    member_for,
)
from luotsi.funding.access.calls import call_for, calls_visible_to, may_do, public_call, require, watched_call_for

__all__ = [
    "FormHeld",
    "Held",
    "application_for",
    "applications_visible_to",
    "call_for",
    "calls_visible_to",
    "form_for",
    "link_for",
    "may_do",
    "member_for",
    "public_call",
    "require",
    "watched_call_for",
]
