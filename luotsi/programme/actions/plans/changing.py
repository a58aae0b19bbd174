"""Changing the draft of a plan item by item: a code stays what it is, so records keep their hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit
from luotsi.programme.actions.plans.writing import rewrite
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.documents import tree_of
from luotsi.programme.rules.plan import Coded, Document, Item, Measure, Plan, walk

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import PlanVersion, Programme


@transaction.atomic
def change_item(
    *, programme: Programme, code: str, changes: Mapping[str, Any], period: str = "", by: Account | None
) -> PlanVersion:
    """Change keys of an item in the draft, or with a period of that milestone of a measure; "" is the plan itself.

    `changes` are values of the shapes in `rules.plan` by key; what the item holds (sections, measures, milestones) is
    changed item by item. A draft is begun from the published version where there is none.

    Raises:
        ProgrammeRefused: there is no such item, a key that cannot be changed so, or the plan would have errors.
    """
    plan = plan_of(programme, draft=True)
    item = _found(plan, code, period)
    known = {entry.name for entry in fields(item)} - {"place", "code", "key"}
    if unknown := changes.keys() - known:
        raise ProgrammeRefused(_("This cannot be changed: %(keys)s.") % {"keys": ", ".join(sorted(unknown))})
    changed = replace(item, **changes)
    if changed == item:
        raise ProgrammeRefused(_("Nothing would change."))
    version = rewrite(programme, _rebuilt(plan, lambda other: changed if other is item else other), by)
    before, after = tree_of(item), tree_of(changed)
    audit.record(
        by=by,
        verb="programme.plan.item-changed",
        target=programme,
        before={"item": f"{code} {period}".strip(), **{name: before.get(name) for name in changes}},
        after={name: after.get(name) for name in changes},
        unit_id=programme.owner_id,
    )
    return version


@transaction.atomic
def add_item(*, programme: Programme, into: str, key: str, item: Item, by: Account | None) -> PlanVersion:
    """Add an item at the end of a list of another item ("" = of the plan): a measure to the measures of PP1.

    Raises:
        ProgrammeRefused: there is no such item or list, or the plan would have errors (a code given twice).
    """
    plan = plan_of(programme, draft=True)
    holder = _found(plan, into, "")
    if not isinstance(getattr(holder, key, None), tuple):
        raise ProgrammeRefused(_("%(code)s has no list “%(key)s”.") % {"code": into or plan.key, "key": key})
    more: dict[str, Any] = {key: (*getattr(holder, key), item)}
    longer = replace(holder, **more)
    version = rewrite(programme, _rebuilt(plan, lambda other: longer if other is holder else other), by)
    audit.record(
        by=by,
        verb="programme.plan.item-added",
        target=programme,
        after={"into": into, "key": key, **tree_of(item)},
        unit_id=programme.owner_id,
    )
    return version


@transaction.atomic
def remove_item(*, programme: Programme, code: str, period: str = "", by: Account | None) -> PlanVersion:
    """Leave an item out of the draft.

    Raises:
        ProgrammeRefused: something is kept under its code, or other items name it.
    """
    plan = plan_of(programme, draft=True)
    item = _found(plan, code, period)
    if item is plan:
        raise ProgrammeRefused(_("There is no such item in the plan."))
    version = rewrite(programme, _rebuilt(plan, lambda other: None if other is item else other), by)
    audit.record(
        by=by,
        verb="programme.plan.item-removed",
        target=programme,
        before={"item": f"{code} {period}".strip(), **tree_of(item)},
        unit_id=programme.owner_id,
    )
    return version


def _found(plan: Plan, code: str, period: str) -> Item:
    """Return the item with a code, of a measure the milestone of a period; "" is the plan."""
    if not code:
        return plan
    for item in walk(plan):
        if isinstance(item, Measure) and period and item.code == code:
            for milestone in item.milestones:
                if milestone.period.key == period:
                    return milestone
        elif isinstance(item, Coded | Document) and item.code == code and not period:
            return item
    raise ProgrammeRefused(_("There is no such item in the plan."))


def _rebuilt(plan: Plan, change: Callable[[Item], Item | None]) -> Plan:
    """Return the plan with every item changed, from the innermost outwards; None leaves an item out."""
    return cast("Plan", _inner(plan, change))


def _inner(item: Item, change: Callable[[Item], Item | None]) -> Item | None:
    changed = change(item)
    if changed is not item:
        return changed
    given: dict[str, Any] = {}
    for entry in fields(item):
        value = getattr(item, entry.name)
        if isinstance(value, tuple) and any(isinstance(part, Item) for part in value):
            parts = [_inner(part, change) if isinstance(part, Item) else part for part in value]
            given[entry.name] = tuple(part for part in parts if part is not None)
        elif isinstance(value, Item):
            given[entry.name] = _inner(value, change)
    return replace(item, **given) if any(given[name] is not getattr(item, name) for name in given) else item
