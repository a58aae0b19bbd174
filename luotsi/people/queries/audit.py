"""The log of changes of a unit and everything below it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.models import AuditEntry
from luotsi.people import access
from luotsi.people.models import Unit
from luotsi.people.rules import Right
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from luotsi.people.access import Visitor

VERBS: dict[str, str | Promise] = {
    "people.unit.added": gettext_lazy("Unit added"),
    "people.unit.changed": gettext_lazy("Unit changed"),
    "people.unit.ended": gettext_lazy("Unit ended"),
    "people.unit.reopened": gettext_lazy("Unit reopened"),
    "people.units.imported": gettext_lazy("Units imported"),
    "people.import.tried": gettext_lazy("Import tried"),
    "people.import.discarded": gettext_lazy("Import discarded"),
    "people.role.given": gettext_lazy("Role given"),
    "people.role.ended": gettext_lazy("Role ended"),
    "people.role.continued": gettext_lazy("Ending of role taken back"),
    "people.invitation.sent": gettext_lazy("Invitation sent"),
    "people.invitation.sent-again": gettext_lazy("Invitation sent again"),
    "people.invitation.withdrawn": gettext_lazy("Invitation withdrawn"),
    "people.invitation.accepted": gettext_lazy("Invitation accepted"),
    "people.person.changed": gettext_lazy("Person changed"),
}


@dataclass(frozen=True)
class Change:
    """One field before and after; None = empty."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class AuditRow:
    """One entry of the log, in words."""

    seq: int
    at: datetime
    actor: str
    verb: str
    target: str
    changes: list[Change]
    reason: str


def entries_listed(visitor: Visitor, scope: Unit, ask: Ask) -> Rows:
    """Return the entries about the scope and what is below it, newest first unless asked otherwise."""
    access.require(visitor, scope, Right.SEE_AUDIT)
    units = access.units_visible_to(visitor, Right.SEE_AUDIT).under(scope)
    entries = AuditEntry.objects.filter(unit_id__in=units.values("pk"))
    if verb := ask.filters.get("verb"):
        entries = entries.filter(verb=verb)
    if text := ask.filters.get("q"):
        entries = entries.filter(actor_label__icontains=text) | entries.filter(target_label__icontains=text)
    if day := ask.filters.get("since"):
        entries = entries.filter(at__date__gte=day)
    total = entries.count()
    entries = entries.order_by("-seq" if ask.descending else "seq")
    cut = entries[ask.offset : ask.offset + ask.limit] if ask.limit else entries
    return Rows(items=[_row(entry) for entry in cut], total=total)


def latest(visitor: Visitor, scope: Unit, count: int = 6) -> list[AuditRow]:
    """Return the newest entries about the scope; nothing for those who may not see the log."""
    if not access.reach_of(visitor).may(Right.SEE_AUDIT, scope.path):
        return []
    asked = Ask(filters={}, sort="at", descending=True, offset=0, limit=count)
    return list(entries_listed(visitor, scope, asked).items)


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor_label or _("Luotsi"),
        verb=str(VERBS.get(entry.verb, entry.verb)),
        target=entry.target_label,
        changes=_changes(entry),
        reason=entry.reason,
    )


def _changes(entry: AuditEntry) -> list[Change]:
    before, after = entry.before or {}, entry.after or {}
    fields = [*before, *(name for name in after if name not in before)]
    return [
        Change(_label(entry.target_type, name), before.get(name), after.get(name))
        for name in fields
        if before.get(name) != after.get(name) and (before.get(name) or after.get(name)) and name not in {"id", "path"}
    ]


def _label(target_type: str, name: str) -> str:
    try:
        field = apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    return str(getattr(field, "verbose_name", name))
