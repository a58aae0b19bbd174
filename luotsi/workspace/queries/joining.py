"""What joins the rooms: the shell around every page, the tasks that wait, search, the way in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from luotsi.base import privacy
from luotsi.base.declarations import PersonalData
from luotsi.base.models import OutboxMail
from luotsi.people import access
from luotsi.people.models.roles import ROLES
from luotsi.people.queries import scope_options
from luotsi.people.rules import Right
from luotsi.ui.shell import NavEntry, Scope, Shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.ui.waiting import Task


def home_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the first entry of the main menu."""
    return NavEntry(key="workspace", label=_("Home"), url=reverse("workspace:see-home", args=[scope.key]))


def own_unit(visitor: Visitor) -> Unit | None:
    """Return the unit where the visitor's work begins: the widest reach, then the first by path."""
    tops = {grip.unit_id for grip in access.reach_of(visitor).gripping(Right.SEE_UNIT)}
    units = access.units_visible_to(visitor).filter(pk__in=tops)
    return min(units, key=lambda unit: (len(unit.path), unit.path), default=None)


def found(visitor: Visitor, text: str) -> list[Any]:
    """Return what the rooms of settings.LUOTSI_SEARCH find; nothing for fewer than two letters."""
    if len(text.strip()) < 2:
        return []
    return [hit for dotted in settings.LUOTSI_SEARCH for hit in import_string(dotted)(visitor, text.strip())]


def shell_for(visitor: Visitor, scope: Unit | None, current: str, tasks: Iterable[Task] = ()) -> Shell:
    """Return what stands around a working page: menu with counts, unit switcher, own tools.

    Args:
        visitor: who is signed in.
        scope: the unit of the page, None on pages that belong to nobody's unit.
        current: the room of the page (the namespace of its address).
        tasks: what waits for the visitor; counted per room in the menu.
    """
    unit = scope or own_unit(visitor)
    waiting = Counter(task.room for task in tasks)
    entries = []
    if unit:
        for dotted in settings.LUOTSI_NAVIGATION:
            entry: NavEntry = import_string(dotted)(visitor, unit)
            entries.append(
                replace(entry, count=waiting[entry.key], current=scope is not None and entry.key == current)
            )
    return Shell(
        nav=tuple(entries),
        scope=_scope(visitor, unit) if unit else None,
        user_label=visitor.label if visitor.is_authenticated else "",
        account_url=reverse("people:see-my-account"),
        search_url=reverse("workspace:search", args=[unit.key]) if unit else "",
        home_url=reverse("workspace:see-home", args=[unit.key]) if unit else reverse("workspace:enter"),
        sign_out_url=reverse("account_logout"),
        demo_mail_url=reverse("workspace:list-mail") if settings.DEMO else "",
    )


def _scope(visitor: Visitor, unit: Unit) -> Scope:
    above = unit.parent.names.text if unit.parent else unit.kind_name
    return Scope(
        kind=above,
        name=unit.names.text,
        options=scope_options(visitor, unit),
        all_url=reverse("people:list-units", args=[unit.key]),
    )


def roles_in_words(visitor: Visitor, scope: Unit) -> str:
    """Return the visitor's roles that reach the unit, in words."""
    reaching = access.reach_of(visitor).roles_at(scope.path)
    return ", ".join(str(label) for role, label in ROLES if role in reaching)


def declared_data() -> tuple[PersonalData, ...]:
    """Return what each room declares of the personal data it keeps, in the language of the page."""
    return tuple(
        replace(
            data,
            title=_(data.title),
            what=_(data.what),
            purpose=_(data.purpose),
            basis=_(data.basis),
            retention=_(data.retention),
        )
        for data in privacy.declared()
    )


@dataclass(frozen=True)
class Mail:
    """One mail of the demo's outbox."""

    sent: bool
    row: OutboxMail


def demo_mails() -> list[Mail]:
    """Return the newest 50 mails of the outbox; only for the demo, where nobody real gets mail."""
    return [Mail(bool(row.sent_at), row) for row in OutboxMail.objects.order_by("-created_at")[:50]]
