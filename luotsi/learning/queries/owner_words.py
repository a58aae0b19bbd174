"""Who mends what the validator finds, and how bad it is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.learning.rules.checks import Owner, Severity

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OWNERS: dict[str, _StrPromise] = {
    Owner.REGISTER: _("keeper of the register of studies"),
    Owner.TEACHER: _("teacher in charge of the plan"),
    Owner.PLANNER: _("planner of learning at work"),
}
SEVERITIES: dict[str, _StrPromise] = {
    Severity.BLOCK: _("Blocks"),
    Severity.WARN: _("Warning"),
    Severity.INFO: _("Remark"),
}
