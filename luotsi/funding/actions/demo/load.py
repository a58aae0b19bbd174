"""Loads the calls and applications of the demo through the actions that people use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.db import transaction

from luotsi.base import audit, clock, texts
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, Handing, begin_application, submit_application
from luotsi.funding.actions.calls import CallDetails, add_call, funder_named, mirror_form
from luotsi.funding.actions.demo.strategy import answers_from
from luotsi.funding.actions.links import link_measure
from luotsi.funding.actions.team import MemberDetails, add_member
from luotsi.funding.models import Application, ApplicationLink, ApplicationMember, Call, Funder
from luotsi.funding.queries.call_files import fields_of
from luotsi.funding.rules.reading import loads
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import Account, Person, Unit
from luotsi.people.queries.demo import REGION, SCHOOL
from luotsi.people.rules import Kind
from luotsi.programme.models import Programme
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import measures_of
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import Typed, save_answers
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection, QuestionnaireVersion
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.questionnaires.models import Response

HELSINKI, PILOTS, MINISTRY = "helsinki", "school-pilot-call", "okm-strategiarahoitus-2021"
STRATEGY = Names(
    fi="Ammatillisen koulutuksen strategiarahoitus 2021",
    sv="Strategifinansiering för yrkesutbildning 2021",
    en="Strategy funding for vocational education 2021",
)
ENVIRONMENTS = {
    "fi": "Innovatiivisten oppimisympäristöjen edistäminen esi- ja perusopetuksessa",
    "sv": "Främjande av innovativa lärmiljöer i förskoleundervisning och grundläggande utbildning",
    "en": "Innovative learning environments in pre-primary and basic education",
}
PURPOSE = Names(
    fi="Digitalisaation kokonaisvaltainen edistäminen ja opetuskäytäntöjen kehittäminen kunnassa.",
    sv="Att främja digitaliseringen som helhet och utveckla undervisningspraxis i kommunen.",
    en="Advancing digitalisation as a whole and developing teaching practice in the municipality.",
)

ALLOWED = Names(
    fi=f"{PURPOSE.fi} Avustusta voi käyttää tutoropettajien toimintaan ja vähäisessä määrin henkilöstön osaamisen "
    "kehittämiseen ja laitehankintoihin.",
    sv=f"{PURPOSE.sv} Bidraget kan användas för tutorlärarnas verksamhet och i mindre mån för personalens kompetens "
    "och anskaffning av utrustning.",
    en=f"{PURPOSE.en} The grant can be used for the work of tutor teachers and to a lesser degree for the skills of "
    "staff and for devices.",
)

SUPPORTED = Names(
    fi="Seutu tukee koulujen omia digitaalisen oppimisen kokeiluja.",
    sv="Regionen stöder skolornas egna försök med digitalt lärande.",
    en="The region supports schools' own pilots in digital learning.",
)
SCHOOLS = Names(
    fi="Seudun kuntien koulut.", sv="Skolorna i regionens kommuner.", en="Schools of the municipalities of the region."
)


def load_demo() -> bool:
    """Add calls and applications; return False when they are there, or the units of the demo are not."""
    helsinki = Unit.objects.filter(key=HELSINKI).first()
    by = Account.objects.filter(email="pihla@luotsi.example").first()
    if helsinki is None or by is None or Call.objects.exists():
        return False
    with transaction.atomic():
        _strategy(helsinki, by)
        _environments(helsinki, by)
        _pilots()
    return True


def clear_demo() -> None:
    """Take every application and call away."""
    for model in (ApplicationLink, ApplicationMember, Application, Call, Funder):
        model.objects.all().delete()


def packaged(name: str) -> Any:
    """Return a document of this room."""
    return loads((resources.files("luotsi.funding") / "data" / f"{name}.json").read_bytes())


def _call(name: str, owner: Unit, by: Account | None, names: Names, text: Names = PURPOSE) -> Call:
    fields = fields_of(packaged(f"{name}.call")) | {"name": names, "text": text}
    return add_call(owner=owner, details=CallDetails(**fields), by=by)


def _strategy(helsinki: Unit, by: Account) -> None:
    """Helsinki's application as it was, with what the checks find in it, and corrected and handed in."""
    call = _call("strategy-2021", helsinki, by, STRATEGY, Names())
    version = QuestionnaireVersion.objects.published().filter(questionnaire__key=MINISTRY).first()
    if version is None:
        return
    mirror_form(call=call, version=version, by=by)
    draft = begin_application(
        call=call,
        unit=helsinki,
        details=ApplicationDetails(name=_named("luonnos", "utkast", "draft"), chance=60),
        by=by,
    )
    _write(draft, packaged("strategy-2021.application"), by)
    _staff(draft)
    mended = values.loads(
        (resources.files("luotsi.questionnaires") / "data" / "strategy-form-mended.json").read_text(encoding="utf-8"),
        depth=values.DEEPEST,
    )
    newer = _published(helsinki, mended, by)
    mirror_form(call=call, version=newer, by=by)
    details = ApplicationDetails(name=_named("korjattu", "rättad", "corrected"), chance=60)
    corrected = begin_application(call=call, unit=helsinki, details=details, by=by)
    held = _write(corrected, packaged("strategy-2021.mended"), by)
    submit_application(application=corrected, handing=Handing(at=None), form=held, by=by)


def _published(owner: Unit, definition: dict[str, Any], by: Account) -> QuestionnaireVersion:
    """Return the mended form, which stays when the demo of this room alone is loaded anew."""
    key = definition["x-luotsi"]["name"]
    earlier = QuestionnaireVersion.objects.published().filter(questionnaire__key=key, questionnaire__owner=owner)
    return earlier.first() or publish_version(owner=owner, definition=definition, by=by)


def _named(fi: str, sv: str, en: str) -> Names:
    return Names(
        fi=f"Eheät opintopolut ja tieto käyttöön ({fi})",
        sv=f"Sammanhållna studiestigar och data i bruk ({sv})",
        en=f"Whole study paths and data put to use ({en})",
    )


def _write(application: Application, document: dict[str, Any], by: Account) -> Held | None:
    response = application.response
    if response is None:
        return None
    definition = response.collection.version.definition
    return written(application, answers_from(document, definition, application.unit.name_fi), by)


def written(
    application: Application, answers: dict[str, Any], by: Account, was: Mapping[str, Any] | None = None
) -> Held | None:
    """Write answers on the form of an application over what it `was`; return it in hands that may hand it in."""
    response = application.response
    if response is None:
        return None
    held = Held(response, Grant.SUBMIT, by)
    seen = {name: digest((was or {}).get(name)) for name in answers}
    saved = save_answers(held=held, typed=Typed(values=answers, was=seen))
    return Held(_fresh(saved.response), Grant.SUBMIT, by)


def _fresh(response: Response) -> Response:
    return (
        type(response)
        .objects.select_related("collection__version__questionnaire", "collection__owner", "unit")
        .get(pk=response.pk)
    )


def _staff(application: Application) -> None:
    person = Person.objects.filter(email="pihla@luotsi.example").first()
    if person is not None:
        details = MemberDetails(part="submit", is_preparer=True, since=date(2021, 4, 19))
        add_member(application=application, person=person, details=details, by=None)


def _environments(helsinki: Unit, by: Account) -> None:
    """The learning environments of 2020 in Helsinki and of 2022 in Kemi, with sums that were typed."""
    named = {code: f"{text} 2020" for code, text in ENVIRONMENTS.items()}
    call = _call("environments-2020", helsinki, by, Names(**named))
    lab = ApplicationDetails(
        name=Names(fi="InnoLab", sv="InnoLab", en="InnoLab"),
        purpose=PURPOSE,
        applied=Decimal(393000),
        own_share=Decimal(39300),
        starts_on=date(2020, 10, 1),
        ends_on=date(2020, 7, 31),
    )
    made = begin_application(call=call, unit=helsinki, details=lab, on_form=False, by=by)
    _link(made, helsinki)
    submit_application(application=made, handing=Handing(at=None), form=None, by=by)
    kemi = Unit.objects.filter(key="kemi").first() or add_unit(
        kind=Kind.PROVIDER,
        parent=None,
        details=UnitDetails(name_fi="Kemi", name_sv="Kemi", municipality_number="240", valid_from=date(2009, 1, 1)),
        by=None,
    )
    named = {code: f"{text} 2022" for code, text in ENVIRONMENTS.items()}
    call = _call("environments-2022", kemi, None, Names(**named), ALLOWED)
    paths = ApplicationDetails(
        name=Names(fi="Oppilaat vihreällä digimatkalla tulevaisuuteen"),
        purpose=PURPOSE,
        applied=Decimal(30150),
        ends_on=date(2024, 7, 31),
    )
    made = begin_application(call=call, unit=kemi, details=paths, on_form=False, by=None)
    submit_application(application=made, handing=Handing(at=None), form=None, by=None)
    region = Unit.objects.filter(key=REGION).first()
    if region is not None:
        _call("environments-2022", region, None, Names(**named), ALLOWED)


def _link(application: Application, owner: Unit) -> None:
    """Link the first measures of the owner's programme that is there."""
    programme = Programme.objects.filter(owner=owner).first()
    if programme is None:
        return
    for measure in list(measures_of(plan_of(programme)))[:2]:
        link_measure(application=application, programme=programme, measure=measure.code, by=None)


def _pilots() -> None:
    """The region's own call to its schools, on the form that schools are answering; Bilal's school applies."""
    region, bilal = (
        Unit.objects.filter(key=REGION).first(),
        Account.objects.filter(email="bilal@luotsi.example").first(),
    )
    asked = Collection.objects.filter(owner=region, version__questionnaire__key=PILOTS).first() if region else None
    if region is None or asked is None:
        return
    name = Names(fi="Tampereen kaupunkiseutu", sv="Tammerfors stadsregion", en="Tampere City Region")
    funder = funder_named(name) or Funder(name=texts.kept(name), unit=region)
    if not Funder.objects.filter(pk=funder.pk).exists():
        funder.save(force_insert=True)
    call = Call(
        kind=Call.Kind.OWN,
        owner=region,
        funder=funder,
        slug=PILOTS,
        name=texts.kept(asked.names),
        text=texts.kept(SUPPORTED),
        eligibility=texts.kept(SCHOOLS),
        applicants="institutions",
        eligible=[REGION],
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
        collection=asked,
        published_at=clock.now(),
    )
    call.save(force_insert=True)
    audit.record(by=None, verb="funding.demo.loaded", target=call, after=audit.snapshot(call), unit_id=region.pk)
    school = Unit.objects.filter(key=SCHOOL).first()
    if school is not None and bilal is not None:
        details = ApplicationDetails(name=Names(fi="Koulun oma kokeilu", sv="Skolans eget försök", en="Our own pilot"))
        begin_application(call=call, unit=school, details=details, by=bilal)
