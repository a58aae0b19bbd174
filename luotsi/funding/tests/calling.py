"""Own calls of the cast: an officer of Tampere, a draft that lacks nothing, a published call that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.calls import CallDetails
from luotsi.funding.actions.own_calls import (
    CriterionDetails,
    OwnCallDetails,
    add_criterion,
    begin_own_call,
    choose_form,
    publish_call,
)
from luotsi.funding.models import Call
from luotsi.funding.tests.making import FORM, make_officer
from luotsi.people.models import Account, Unit
from luotsi.questionnaires.actions.versions import publish_version

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

NAME = Names(fi="Koulujen kokeiluraha", sv="Skolornas försöksmedel")
TEXT = Names(fi="Rahoitetaan koulujen kokeiluja.", sv="Skolornas försök finansieras.")
WHO = Names(fi="Kaupungin koulut.", sv="Stadens skolor.")
CRITERIA = (
    CriterionDetails(name=Names(fi="Vaikutus", sv="Inverkan"), weight=Decimal(60)),
    CriterionDetails(name=Names(fi="Kustannukset", sv="Kostnader"), weight=Decimal(40), threshold=Decimal(2)),
)


def own_details(owner: Unit, **terms: Any) -> OwnCallDetails:
    """Return what a call that lacks nothing says; it is open for ten days from yesterday."""
    now = clock.now().replace(microsecond=0)
    told: dict[str, Any] = {
        "name": NAME,
        "funder": Names(),
        "text": TEXT,
        "eligibility": WHO,
        "budget": Decimal(60000),
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10),
        "grant_percent": Decimal(80),
        "share_base": "total_cost",
        "share_source": "Hakuilmoitus, kohta 3",
        **terms,
    }
    return OwnCallDetails(terms=CallDetails(**told), applicants="institutions", eligible=(owner.key,))


def make_draft(owner: Unit, by: Account, details: OwnCallDetails | None = None) -> Call:
    """Begin a call of the unit that lacks nothing."""
    call = begin_own_call(owner=owner, details=details or own_details(owner), officer=by.person, by=by)
    form = {**FORM, "x-luotsi": {"name": f"form-of-{owner.key}", "version": "1.0.0"}}
    version = publish_version(owner=owner, definition=form, by=None)
    choose_form(call=call, version=version, by=by)
    for one in CRITERIA:
        add_criterion(call=call, details=one, by=by)
    call.refresh_from_db()
    return call


def make_open_call(cast: Cast, by: Account | None = None, closes_at: datetime | None = None) -> Call:
    """Publish a call of Tampere that asks its schools."""
    details = own_details(cast.tampere, **({"closes_at": closes_at} if closes_at else {}))
    return publish_call(call=make_draft(cast.tampere, by or make_officer(cast.tampere), details), by=None)


@dataclass(frozen=True)
class Called:
    """A published call of Tampere with a criterion and an officer: what addresses of own calls need."""

    call: Call

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of own calls needs beside the unit."""
        verb = name.partition(":")[2]
        if verb in {"list-own-calls", "begin-own-call", "list-public-calls", "download-public-calls"}:
            return {}
        if verb == "follow-calls":
            return {"language": "fi"}
        if verb in {"see-public-call", "apply-to-call", "download-public-call"}:
            return {"owner": self.call.owner.key, "slug": self.call.slug}
        criterion = {"criterion": self.call.criteria.all()[0].pk} if verb in OF_CRITERIA else {}
        officer = {"officer": self.call.officers.all()[0].pk} if verb in OF_OFFICERS else {}
        return {"slug": self.call.slug, **criterion, **officer}

    def is_of_unit(self, name: str) -> bool:
        """Return True for pages of a unit."""
        return "public" not in name and not name.endswith(("follow-calls", "apply-to-call"))


OF_CRITERIA = frozenset({"edit-criterion", "remove-criterion"})
OF_OFFICERS = frozenset({"edit-officer", "end-officer"})


def make_called(cast: Cast) -> Called:
    """Publish a call of Tampere."""
    return Called(make_open_call(cast))
