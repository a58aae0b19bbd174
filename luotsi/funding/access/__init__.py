"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from luotsi.funding.access.applications import Held, application_for, applications_visible_to
from luotsi.funding.access.calls import call_for, calls_visible_to, may_do, public_call

__all__ = [
    "Held",
    "application_for",
    "applications_visible_to",
    "call_for",
    "calls_visible_to",
    "may_do",
    "public_call",
]
