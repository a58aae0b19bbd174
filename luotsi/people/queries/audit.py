"""The log of changes of a unit and everything below it, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from luotsi.base.models import AuditEntry
from luotsi.base.wording import contains
from luotsi.people import access
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Right
from luotsi.ui.lists import Ask, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.access import Visitor


@cache
def deeds() -> dict[str, str]:
    """Return what the rooms call the deeds of the log: each verb with its words, not translated yet."""
    return {verb: words for dotted in settings.LUOTSI_DEEDS for verb, words in import_string(dotted).items()}


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
    entries = _entries(visitor, scope)
    if verb := ask.filters.get("verb"):
        entries = entries.filter(verb=verb)
    if text := ask.filters.get("q"):
        entries = entries.filter(contains("actor_label", text) | contains("target_label", text))
    if day := ask.filters.get("since"):
        entries = entries.filter(at__date__gte=day)
    total = entries.count()
    entries = entries.order_by("-seq" if ask.descending else "seq")
    cut = entries[ask.offset : ask.offset + ask.limit] if ask.limit else entries
    found = list(cut)
    names = names_behind(found)
    return Rows(items=[_row(entry, names) for entry in found], total=total)


def latest(visitor: Visitor, scope: Unit, count: int = 6) -> list[AuditRow]:
    """Return the newest entries about the scope, without what they changed; one query.

    Nothing for those who may not see the log.
    """
    if not access.reach_of(visitor).may(Right.SEE_AUDIT, scope.path):
        return []
    return [_row(entry) for entry in _entries(visitor, scope).order_by("-seq")[:count]]


def _entries(visitor: Visitor, scope: Unit) -> QuerySet[AuditEntry]:
    units = access.units_visible_to(visitor, Right.SEE_AUDIT).under(scope)
    return AuditEntry.objects.filter(unit_id__in=units.values("pk"))


def _row(entry: AuditEntry, names: dict[tuple[str, str], str] | None = None) -> AuditRow:
    """Return the entry in words; without `names` also without what it changed."""
    return AuditRow(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor_label or _("Luotsi"),
        verb=_(deeds().get(entry.verb, entry.verb)),
        target=entry.target_label,
        changes=[]
        if names is None
        else [
            Change(_label(field, name), _value(field, before, names), _value(field, after, names))
            for name, field, before, after in _changed(entry)
        ],
        reason=entry.reason,
    )


def _changed(entry: AuditEntry) -> list[tuple[str, Any, Any, Any]]:
    """Return (name, model field or None, before, after) of what differs, without keys that say nothing to a reader."""
    before, after = entry.before or {}, entry.after or {}
    found = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old != new and (old or new) and name not in {"id", "path", "key"}:
            found.append((name, _field(entry.target_type, name), old, new))
    return found


def _field(target_type: str, name: str) -> Any:
    try:
        field = apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if field.concrete else None  # a count may have the name of what it counts


def _label(field: Any, name: str) -> str:
    return str(getattr(field, "verbose_name", name))


def names_behind(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    """Return what the records behind foreign keys are called: (model, key) to words; one query for each model."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    for entry in entries:
        for _name, field, before, after in _changed(entry):
            if field is not None and field.is_relation:
                wanted[field.related_model] |= {str(value) for value in (before, after) if value}
    found: dict[tuple[str, str], str] = {}
    for model, keys in wanted.items():
        rows = model._default_manager.select_related("person") if model is Account else model._default_manager
        for row in rows.filter(pk__in=keys):
            found[model._meta.label, str(row.pk)] = str(getattr(row, "label", row))
    return found


def _value(field: Any, value: Any, names: dict[tuple[str, str], str]) -> object:
    """Return a logged value in words: names for keys, labels for codes, days and moments as such."""
    if value in (None, "") or field is None:
        return value
    if field.is_relation:
        return names.get((field.related_model._meta.label, str(value)), value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField):
        return parse_datetime(str(value)) or value
    return parse_date(str(value)) or value if isinstance(field, DateField) else value
