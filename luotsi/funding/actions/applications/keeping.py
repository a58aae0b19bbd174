"""Beginning an application from a call, and writing what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason, Refused
from luotsi.base.names import Names
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.applying import begin_refusal
from luotsi.people.rules import Kind
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.responses import begin_response
from luotsi.questionnaires.models import Collection

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.questionnaires.models import Response

NO_NAMES = Names()
TYPED = ("applied", "own_share", "other", "total", "starts_on", "ends_on")


@dataclass(frozen=True, kw_only=True)
class ApplicationDetails:
    """What is told of an application; sums and days only where no form tells them, None = not known."""

    name: Names
    purpose: Names = NO_NAMES
    chance: int | None = None
    register_number: str = ""
    applied: Decimal | None = None
    own_share: Decimal | None = None
    other: Decimal | None = None
    total: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def details_of(application: Application) -> ApplicationDetails:
    """Return what is kept of an application, for a change of some of it."""
    given = {name: getattr(application, name) for name in ApplicationDetails.__dataclass_fields__}
    return ApplicationDetails(**{**given, "name": application.names, "purpose": application.purposes})


def _fields(details: ApplicationDetails) -> dict[str, Any]:
    return {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}


def _needed(details: ApplicationDetails) -> None:
    if not texts.kept(details.name):
        raise FundingRefused(Reason(_("Give the project a name in at least one language."), field="name_fi"))


@transaction.atomic
def begin_application(
    *, call: Call, unit: Unit, details: ApplicationDetails, on_form: bool = True, by: Account | None
) -> Application:
    """Begin an application; on the call's form where it has one and `on_form` is True, else with typed sums.

    Raises:
        FundingRefused: it has no name, the unit has one of that name already, the form takes no answers, or it is an
            own call that is not open or does not ask this unit.
    """
    _needed(details)
    if call.kind == Call.Kind.OWN and (why := begin_refusal(call, unit)):
        raise FundingRefused(why)
    earlier = Application.objects.filter(call=call, unit=unit, state=Application.State.PREPARING)
    if any(one.name == texts.kept(details.name) for one in earlier):
        raise FundingRefused(Reason(_("An application of this name is being prepared already."), field="name_fi"))
    application = Application(call=call, unit=unit, begun_by=by, begun_at=clock.now(), **_fields(details))
    if on_form and call.has_form and by is not None:
        application.response = _begun(call, unit, by)
        for name in TYPED:
            setattr(application, name, None)
    checked(application).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.application.begun",
        target=application,
        after=audit.snapshot(application),
        unit_id=unit.pk,
    )
    return application


def _begun(call: Call, unit: Unit, by: Account) -> Response:
    """Begin the form: on the collection of an own call, else on one that is opened for this application alone."""
    try:
        collection = call.collection or _opened(call, unit, by)
        response = begin_response(collection=collection, unit=unit, by=by)
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused
    if Application.objects.filter(response=response).exists():
        raise FundingRefused(_("The unit has an application on this form already."))
    return response


def _opened(call: Call, unit: Unit, by: Account) -> Collection:
    if call.mirror is None:
        raise FundingRefused(_("The call has no form."))
    by_kind = {Kind.INSTITUTION: Collection.Answerer.INSTITUTIONS}
    details = CollectionDetails(
        names=call.names,
        answered_by=by_kind.get(Kind(unit.kind), Collection.Answerer.PROVIDERS),
        opens_at=clock.now(),
    )
    return open_collection(version=call.mirror, owner=unit, details=details, by=by)


@transaction.atomic
def change_application(*, application: Application, details: ApplicationDetails, by: Account | None) -> Application:
    """Write what is told of an application; no audit row when nothing changed.

    Raises:
        FundingRefused: it has no name, contradicts itself, or what was handed in would change afterwards.
    """
    _needed(details)
    names = list(vars(details))
    if application.state != Application.State.PREPARING or application.response_id:
        names = [name for name in names if name not in TYPED]
    before = audit.snapshot(application, *names)
    for name, value in _fields(details).items():
        if name in names:
            setattr(application, name, value)
    after = audit.snapshot(checked(application), *names)
    if changed := [name for name in names if before[name] != after[name]]:
        application.save(update_fields=changed)
        audit.record(
            by=by,
            verb="funding.application.changed",
            target=application,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            unit_id=application.unit_id,
        )
    return application
