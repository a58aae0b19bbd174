"""Loads the questionnaires of the demo through the actions that people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people.models import Account, RoleAssignment, Unit
from luotsi.people.queries.demo import REGION, SCHOOL
from luotsi.people.rules import Role
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.demo.answers import drafts, whole
from luotsi.questionnaires.actions.demo.drafts import begin_next
from luotsi.questionnaires.actions.demo.surveys import clear_surveys, load_surveys
from luotsi.questionnaires.actions.responses import Typed, begin_response, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import (
    Attachment,
    Collection,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    ResponseShare,
    ShareUse,
    Submission,
)
from luotsi.questionnaires.queries.authoring.packaged import packaged
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.people.models.units import UnitQuerySet

CALL, MINISTRY = "school-pilot-call", "strategy-form"
CALLED = Names(fi="Koulujen kokeilut 2027", sv="Skolornas försök 2027", en="School pilots 2027")
ASKED = Names(
    fi="Strategiarahoitus 2021, harjoitus",
    sv="Strategifinansiering 2021, övning",
    en="Strategy funding 2021, practice",
)
HANDED_IN, DRAFTED = 9, 5


def load_demo() -> bool:
    """Add what is missing; return False when all is there, or there is nobody to ask."""
    with transaction.atomic():
        return any([_call(), _ministry(), begin_next(CALL), load_surveys()])


def clear_demo() -> None:
    """Take every questionnaire away, with the files of responses."""
    for stored in Attachment.objects.values_list("stored", flat=True):
        default_storage.delete(stored)
    clear_surveys()
    _submissions()
    for model in (ShareUse, ResponseShare, Attachment, Response, Collection, QuestionnaireVersion, Questionnaire):
        model.objects.all().delete()


def _submissions() -> None:
    """Take submissions away, each before the one that it replaced."""
    for number in Submission.objects.order_by("-number").values_list("number", flat=True).distinct():
        Submission.objects.filter(number=number).delete()


def _call() -> bool:
    """Open the region's call: Bilal's school has a draft, some others too, and some have handed in."""
    region, by = Unit.objects.filter(key=REGION).first(), Account.objects.filter(email="aino@luotsi.example").first()
    if region is None or Questionnaire.objects.filter(key=CALL).exists():
        return False
    version = publish_version(owner=region, definition=packaged(CALL), rule_set=packaged(f"{CALL}.rules"), by=by)
    now = clock.now()
    closes = (now + timedelta(days=16)).astimezone(clock.HELSINKI).replace(hour=16, minute=15, second=0, microsecond=0)
    details = CollectionDetails(
        names=CALLED, answered_by="institutions", opens_at=now - timedelta(days=9), closes_at=closes
    )
    collection = open_collection(version=version, owner=region, details=details, by=by)
    schools = Unit.objects.filter(kind="institution", path__startswith=region.path).in_force(clock.today())
    for place, (school, account) in enumerate(_principals(schools)):
        answers = whole(place, school.name_fi) if place < HANDED_IN else drafts(place)
        response = begin_response(collection=collection, unit=school, by=account)
        held = Held(response, Grant.SUBMIT, account)
        response = _written(held, answers)
        if place < HANDED_IN:
            submit_response(held=held, received_at=clock.now(), language="fi", revision=response.revision)
    return True


def _principals(schools: UnitQuerySet) -> Iterator[tuple[Unit, Account]]:
    """Yield schools with a principal who signs in, Bilal's as the first of those that have only a draft."""
    led = RoleAssignment.objects.in_force(clock.today()).filter(
        role=Role.PRINCIPAL, unit__in=schools, person__account__isnull=False
    )
    found = [
        (one.unit, one.person.account) for one in led.select_related("unit", "person__account").order_by("unit__key")
    ]
    own = [one for one in found if one[0].key == SCHOOL]
    others = [one for one in found if one[0].key != SCHOOL][: HANDED_IN + DRAFTED]
    for school, account in [*others[:HANDED_IN], *own, *others[HANDED_IN:]]:
        if account is not None:
            yield school, account


def _ministry() -> bool:
    """Publish the ministry's form as a provider's own practice, open to the provider."""
    owner, by = (
        Unit.objects.filter(key="helsinki").first(),
        Account.objects.filter(email="pihla@luotsi.example").first(),
    )
    definition = packaged(MINISTRY)
    if owner is None or definition is None or Questionnaire.objects.filter(owner=owner).exists():
        return False
    version = publish_version(owner=owner, definition=definition, rule_set=packaged(f"{MINISTRY}.rules"), by=by)
    details = CollectionDetails(names=ASKED, answered_by="providers", opens_at=clock.now() - timedelta(days=2))
    open_collection(version=version, owner=owner, details=details, by=by)
    return True


def _written(held: Held, answers: dict[str, Any]) -> Response:
    typed = Typed(values=answers, was=dict.fromkeys(answers, digest(None)))
    return save_answers(held=held, typed=typed).response
