"""Calls and applications of the cast, made through the real actions: for the pages and for who may open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, begin_application
from luotsi.funding.actions.calls import CallDetails, add_call, mirror_form
from luotsi.funding.actions.links import link_indicator
from luotsi.funding.actions.team import MemberDetails, add_member
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.people.rules import Role
from luotsi.people.tests.cast import make_member
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import Typed, save_answers
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.funding.models import Application, ApplicationLink, ApplicationMember, Call
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast

ROWS = [
    {"value": "grant", "text": {"en": "Grant"}, "x-luotsi": {"role": "grant"}},
    {"value": "own", "text": {"en": "Own"}, "x-luotsi": {"role": "own_share"}},
    {"value": "other", "text": {"en": "Other"}, "x-luotsi": {"role": "other_funding"}},
]
AMOUNT = [{"name": "amount", "title": {"en": "Euros"}, "cellType": "text", "inputType": "number"}]
FORM: dict[str, Any] = {
    "x-luotsi": {"name": "grant-form", "version": "1.0.0"},
    "title": {"en": "Application"},
    "pages": [
        {
            "name": "money",
            "title": {"en": "Money"},
            "elements": [
                {
                    "type": "comment",
                    "name": "what",
                    "title": {"en": "What is done"},
                    "isRequired": True,
                    "maxLength": 100,
                    "x-luotsi": {"number": "1", "role": "measures"},
                },
                {
                    "type": "matrixdropdown",
                    "name": "costs",
                    "title": {"en": "Costs"},
                    "columns": AMOUNT,
                    "rows": [
                        {"value": "staff", "text": {"en": "Staff"}},
                        {"value": "services", "text": {"en": "Services"}},
                    ],
                    "x-luotsi": {"number": "2", "role": "cost"},
                },
                {
                    "type": "matrixdropdown",
                    "name": "funding",
                    "title": {"en": "Financing"},
                    "columns": AMOUNT,
                    "rows": ROWS,
                    "x-luotsi": {"number": "3", "role": "financing"},
                },
                {
                    "type": "text",
                    "inputType": "date",
                    "name": "starts",
                    "title": {"en": "Starts"},
                    "x-luotsi": {"role": "period_start"},
                },
                {
                    "type": "text",
                    "inputType": "date",
                    "name": "ends",
                    "title": {"en": "Ends"},
                    "x-luotsi": {"role": "period_end"},
                },
            ],
        }
    ],
}
ANSWERS: dict[str, Any] = {
    "what": "We build a lab.",
    "costs": {"staff": {"amount": 80000}, "services": {"amount": 20000}},
    "funding": {"grant": {"amount": 90000}, "own": {"amount": 10000}},
    "starts": "2027-01-01",
    "ends": "2027-12-31",
}
NAMES = Names(fi="Oppimisympäristöjen digitaaliset ratkaisut", en="Digital learning environments")


def make_officer(unit: Unit, given_name: str = "Ossi") -> Account:
    """Add somebody who handles the calls of a unit."""
    return make_member(unit, Role.FUNDER, given_name)


def make_principal(unit: Unit, given_name: str = "Sirpa") -> Account:
    """Add somebody who leads a school and applies for it."""
    return make_member(unit, Role.PRINCIPAL, given_name)


def make_call(owner: Unit, by: Account | None = None, **details: Any) -> Call:
    """Watch a call that closes in twenty days, at a time that is not stated."""
    given: dict[str, Any] = {
        "name": NAMES,
        "funder": Names(fi="Esimerkkivirasto", sv="Exempelverket"),
        "closes_on": clock.today() + timedelta(days=20),
        **details,
    }
    return add_call(owner=owner, details=CallDetails(**given), by=by)


def make_application(call: Call, unit: Unit, by: Account, name: str = "Laboratorio", **details: Any) -> Application:
    """Begin an application with typed sums."""
    told: dict[str, Any] = {
        "name": Names(fi=name),
        "applied": Decimal(90000),
        "own_share": Decimal(10000),
        "total": Decimal(100000),
        **details,
    }
    return begin_application(call=call, unit=unit, details=ApplicationDetails(**told), on_form=False, by=by)


def make_form_application(call: Call, unit: Unit, by: Account, answers: dict[str, Any] | None = None) -> Application:
    """Begin an application on a form that mirrors the funder's, with answers of the form."""
    if call.mirror is None:
        mirror_form(call=call, version=publish_version(owner=call.owner, definition=FORM, by=by), by=by)
    made = begin_application(call=call, unit=unit, details=ApplicationDetails(name=Names(fi="Lomakkeella")), by=by)
    write(made, ANSWERS if answers is None else answers, by)
    return made


def form_of(application: Application, by: Account) -> Held:
    """Return the form of an application in hands that may hand it in."""
    assert application.response is not None
    application.response.refresh_from_db()
    return Held(application.response, Grant.SUBMIT, by)


def write(application: Application, answers: dict[str, Any], by: Account) -> None:
    """Write answers on the form of an application."""
    form = form_of(application, by)
    now = form.response.values
    typed = Typed(values=answers, was={name: digest(now.get(name)) for name in answers})
    save_answers(held=form, typed=typed)
    assert application.response is not None
    application.response.refresh_from_db()


OF_UNITS = frozenset({"list-portfolio", "list-calls", "add-call", "import-calls", "download-call-template"})
OF_CALLS = frozenset({"see-call", "edit-call", "mirror-form", "begin-application"})


@dataclass(frozen=True)
class Staged:
    """A call watched by Tampere, with an application of Bilal's school, its team and what it serves."""

    call: Call
    application: Application
    member: ApplicationMember
    link: ApplicationLink

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of the room needs beside the unit."""
        verb = name.partition(":")[2]
        if verb in OF_UNITS:
            return {}
        if verb in OF_CALLS:
            return {"owner": self.call.owner.key, "slug": self.call.slug}
        more: dict[str, dict[str, Any]] = {
            "edit-member": {"member": self.member.pk},
            "end-member": {"member": self.member.pk},
            "remove-link": {"link": self.link.pk},
            "move-application": {"move": "drop"},
            "download-application": {"kind": "json"},
        }
        return {"pk": self.application.pk, **more.get(verb, {})}


def stage(cast: Cast) -> Staged:
    """Make one record of each kind."""
    call = make_call(cast.tampere)
    application = make_application(call, cast.school, cast.bilal)
    details = MemberDetails(part="write", is_preparer=True, since=date(2026, 1, 1))
    person = cast.bilal.person
    member = add_member(application=application, person=person, details=details, by=cast.bilal)
    indicator = define_indicator(
        key="school-things",
        owner=cast.school,
        names=Names(fi="Asioita"),
        details=DefinitionDetails(valid_from=date(2020, 1, 1)),
        by=None,
    )
    link = link_indicator(application=application, indicator=indicator, by=None)
    return Staged(call, application, member, link)
