"""Plans as they are kept: which version a reader sees, and the plan that its document spells."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F

from luotsi.programme.models import PlanVersion
from luotsi.programme.rules import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Plan

MOST_KEPT = 64
_kept: OrderedDict[str, Plan] = OrderedDict()


def hash_of(document: Mapping[str, object]) -> str:
    """Return the SHA-256, in hexadecimal, of a document: the same for equal documents."""
    plain = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def version_of(programme: Programme, *, draft: bool = False) -> PlanVersion | None:
    """Return the latest published version; with `draft` the draft where there is one.

    A programme of which nothing has been published shows its draft to those who may see it at all. The document
    itself is fetched only when it is asked for.
    """
    return _chosen(programme.versions.defer("document"), draft=draft)


def _chosen(versions: Iterable[PlanVersion], *, draft: bool) -> PlanVersion | None:
    found = {version.number: version for version in versions}
    if not found:
        return None
    latest = max((number for number in found if number is not None), default=None)
    return found[None] if None in found and (draft or latest is None) else found[latest]


def plans_of(programmes: Iterable[Programme]) -> dict[UUID, Plan]:
    """Return the plan of each programme as `plan_of` gives it, by the programme's key; at most two queries."""
    by_key = {programme.pk: programme for programme in programmes}
    versions = defaultdict[UUID, list[PlanVersion]](list)
    for version in PlanVersion.objects.filter(programme__in=by_key).defer("document"):
        versions[version.programme_id].append(version)
    latest = [last for found in versions.values() if (last := _chosen(found, draft=False)) is not None]
    unread = [one.pk for one in latest if one.sha256 not in _kept]
    whole = {found.pk: found for found in PlanVersion.objects.filter(pk__in=unread)}
    return {one.programme_id: plan_of(by_key[one.programme_id], whole.get(one.pk, one)) for one in latest}


def versions_in_effect() -> dict[UUID, PlanVersion]:
    """Return for every programme the version that `version_of` gives, with its document; one query."""
    found: dict[UUID, PlanVersion] = {}
    for version in PlanVersion.objects.order_by("programme", F("number").desc(nulls_last=True)):
        found.setdefault(version.programme_id, version)
    return found


def published_of(programme: Programme) -> PlanVersion | None:
    """Return the latest published version, the only one that the public sees."""
    return programme.versions.defer("document").exclude(number=None).order_by("-number").first()


def plan_of(programme: Programme, version: PlanVersion | None = None, *, draft: bool = False) -> Plan:
    """Return the plan of a version; without one, of the version that `version_of` gives.

    Plans are kept in memory by the hash of their document, so that a page reads a document once.

    Raises:
        PlanVersion.DoesNotExist: the programme has no version.
    """
    chosen = version or version_of(programme, draft=draft)
    if chosen is None:
        raise PlanVersion.DoesNotExist(f"{programme.key} has no version.")
    if (plan := _kept.get(chosen.sha256)) is None:
        plan = _kept[chosen.sha256] = documents.from_json(chosen.document)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return plan
