"""Pilot networks: founding one with its call, choosing schools, asking them, publishing the concept, adopting it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.indicators.models import Indicator
from luotsi.indicators.rules.values import Policy, Rollup
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import Adoption, IndicatorLink, Network, NetworkMember, NetworkReview, Programme
from luotsi.programme.queries.rows import names
from luotsi.programme.rules import networks as rules
from luotsi.programme.rules.rounds import is_school_year
from luotsi.programme.rules.values import Text
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import QuestionnaireVersion, Submission

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit

PLAN, REVIEW = "pilot-plan", "pilot-review"
AFTER_ALL = 950  # the place of the indicator of spread among those of the programme
LONGEST_KEY = 80


@dataclass(frozen=True, kw_only=True)
class NetworkDetails:
    """What a network is: names, purpose, development areas (code and names), until when schools may apply.

    `figures` are codes of observations of the plan that tell of the network's size.
    """

    names: Names
    purpose: Names
    areas: tuple[tuple[str, Names], ...]
    closes_at: datetime
    figures: tuple[str, ...] = ()


def packaged(name: str) -> Any:
    """Return a definition that comes with the room: `PLAN` or `REVIEW`."""
    found = resources.files("luotsi.programme") / "data" / "questionnaires" / f"{name}.json"
    return json.loads(found.read_text(encoding="utf-8"))


@transaction.atomic
def found_network(*, programme: Programme, details: NetworkDetails, by: Account | None) -> Network:
    """Found a network with an open call to the schools of the programme, and the indicator of its spread.

    Raises:
        ProgrammeRefused: it has no name or no area, there is one of that name, or the call would close at once.
    """
    reasons = []
    slug = slugify(details.names.best("fi")[0])[:40]
    if not slug:
        reasons.append(Reason(_("Give the network a name in at least one language."), field="name_fi"))
    if not details.areas:
        reasons.append(Reason(_("Name at least one development area."), field="areas"))
    if details.closes_at <= clock.now():
        reasons.append(Reason(_("The call must close in the future."), field="closes_on"))
    if reasons:
        raise ProgrammeRefused(*reasons)
    areas = [{"code": code, **texts.kept(named)} for code, named in details.areas]
    version = _version(programme, slug, PLAN, details.names, areas, by)
    collection_details = CollectionDetails(
        names=details.names, answered_by="institutions", opens_at=clock.now(), closes_at=details.closes_at
    )
    network = Network(
        programme=programme,
        slug=slug,
        name=texts.kept(details.names),
        purpose=texts.kept(details.purpose),
        areas=areas,
        figures=list(details.figures),
        call=open_collection(version=version, owner=programme.owner, details=collection_details, by=by),
    )
    checked(network).save(force_insert=True)
    _define_spread(network, by)
    after = audit.snapshot(network, "slug", "name", "areas", "call")
    audit.record(by=by, verb="programme.network.founded", target=network, after=after, unit_id=programme.owner_id)
    return network


def _version(
    programme: Programme,
    slug: str,
    name: str,
    named: Names,
    areas: list[dict[str, str]],
    by: Account | None,
) -> QuestionnaireVersion:
    key = f"{programme.slug.replace('_', '-')[:30]}-{slug}"[: LONGEST_KEY - len(name) - 1].strip("-") + f"-{name}"
    text = Text(fi=named.fi, sv=named.sv, en=named.en)
    definition = rules.questionnaire(packaged(name), key=key, names=text, areas=areas)
    try:
        return publish_version(owner=programme.owner, definition=definition, by=by)
    except QuestionnaireRefused as refused:
        raise ProgrammeRefused(*(Reason(one.message) for one in refused.reasons)) from refused


def _define_spread(network: Network, by: Account | None) -> None:
    programme = network.programme
    key = rules.key_of(programme.slug, network.slug)
    if Indicator.objects.filter(key=key).exists():
        return
    named = Names(**{
        code: f"{network.name.get(code) or network.names.text}: {getattr(names(rules.NAMES), code)}"
        for code in ("fi", "sv", "en")
    })  # fmt: skip
    made = define_indicator(
        key=key,
        owner=programme.owner,
        names=named,
        details=DefinitionDetails(
            valid_from=programme.starts_on,
            rollup=Rollup.SUM,
            policy=Policy.OPEN,
            period_kind=PeriodKind.SCHOOL_YEAR,
            numerator=names(rules.NUMERATOR),
            rule=names(rules.RULE),
            counting=rules.counting(programme.key, network.slug),
        ),
        by=by,
    )
    IndicatorLink.objects.get_or_create(programme=programme, item="", indicator=made, defaults={"position": AFTER_ALL})


@transaction.atomic
def decide_member(
    *, network: Network, unit: Unit, is_chosen: bool, reason: str, decided_on: date, by: Account | None
) -> NetworkMember:
    """Choose a school that handed in its project plan, or decline it; with the day and the reason.

    Raises:
        ProgrammeRefused: it has handed in no plan, was decided on, no reason is given, or the day has not come.
    """
    found = rules.against_choosing(
        has_plan=Submission.objects.filter(response__collection=network.call_id, response__unit=unit).exists(),
        decided=network.members.filter(unit=unit).exists(),
        reason=reason,
        decided_on=decided_on,
        today=clock.today(),
    )
    told = {
        "no_plan": Reason(_("The school has not handed in a project plan."), field="unit"),
        "decided": Reason(_("The school has been decided on already."), field="unit"),
        "no_reason": Reason(_("Tell why."), field="reason"),
        "day_is_coming": Reason(_("The day has not come yet."), field="decided_on"),
    }
    if found:
        raise ProgrammeRefused(*(told[code] for code in found))
    member = NetworkMember(
        network=network,
        unit=unit,
        is_chosen=is_chosen,
        decided_on=decided_on,
        reason=reason.strip(),
        decided_by=by,
    )
    checked(member).save(force_insert=True)
    after = audit.snapshot(member, "is_chosen", "decided_on", "reason")
    audit.record(by=by, verb="programme.network.decided", target=member, after=after, unit_id=unit.pk)
    return member


@transaction.atomic
def open_reviews(
    *, network: Network, school_year: str, term: str, closes_at: datetime, by: Account | None
) -> list[NetworkReview]:
    """Ask every member for its self-evaluation of a term, in a collection of its own; return those that were asked.

    Raises:
        ProgrammeRefused: the school year or term is none, it would close at once, or no member is left to ask.
    """
    reasons = []
    if not is_school_year(school_year):
        reasons.append(Reason(_("Give a school year, such as 2025-26."), field="school_year"))
    if term not in NetworkReview.Term.values:
        reasons.append(Reason(_("Choose a term."), field="term"))
    if closes_at <= clock.now():
        reasons.append(Reason(_("The self-evaluation must close in the future."), field="closes_on"))
    asked = network.reviews.filter(school_year=school_year, term=term).values("unit")
    members = list(network.members.chosen().exclude(unit__in=asked).select_related("unit"))
    if not members:
        reasons.append(Reason(_("Every member has been asked for this term, or there is none."), field="term"))
    if reasons:
        raise ProgrammeRefused(*reasons)
    version = _version(network.programme, network.slug, REVIEW, network.names, [], by)
    details = CollectionDetails(
        names=_of_term(network, school_year, term),
        answered_by="institutions",
        opens_at=clock.now(),
        closes_at=closes_at,
    )
    made = []
    for member in members:
        collection = open_collection(version=version, owner=member.unit, details=details, by=by)
        review = NetworkReview(
            network=network, school_year=school_year, term=term, unit=member.unit, collection=collection
        )
        review.save(force_insert=True)
        made.append(review)
    audit.record(
        by=by,
        verb="programme.network.asked",
        target=network,
        after={"school_year": school_year, "term": term, "members": len(made)},
        unit_id=network.programme.owner_id,
    )
    return made


def _of_term(network: Network, school_year: str, term: str) -> Names:
    words = rules.TERMS[term]
    return Names(
        **{code: f"{text}, {getattr(words, code)} {school_year}" for code, text in texts.kept(network.names).items()}
    )


@transaction.atomic
def publish_concept(*, network: Network, concept: Names, is_public: bool, by: Account | None) -> Network:
    """Publish the concept, or a new wording of it, to all schools; `is_public` shows it to everybody too.

    Raises:
        ProgrammeRefused: it has no words, or everybody should see what has no public programme around it.
    """
    if not concept.text:
        raise ProgrammeRefused(Reason(_("Write the concept in at least one language."), field="concept_fi"))
    if is_public and not network.programme.is_public:
        raise ProgrammeRefused(Reason(_("Open the public page of the programme first."), field="is_public"))
    before = audit.snapshot(network, "concept", "concept_on", "is_public")
    network.concept, network.is_public = texts.kept(concept), is_public
    network.concept_on = network.concept_on or clock.today()
    fields = ["concept", "concept_on", "is_public"]
    checked(network).save(update_fields=fields)
    audit.record(
        by=by,
        verb="programme.network.published",
        target=network,
        before=before,
        after=audit.snapshot(network, *fields),
        unit_id=network.programme.owner_id,
    )
    return network


@transaction.atomic
def adopt_concept(*, network: Network, unit: Unit, adopted_on: date, note: str, by: Account | None) -> Adoption:
    """Tell that a school outside the network has taken the concept into use.

    Raises:
        ProgrammeRefused: no concept is published, the school is a member or has told already, or the day lies ahead.
    """
    found = rules.against_adopting(
        published_on=network.concept_on,
        is_member=network.members.chosen().filter(unit=unit).exists(),
        told=network.adoptions.filter(unit=unit).exists(),
        on=adopted_on,
        today=clock.today(),
    )
    told = {
        "no_concept": Reason(_("No concept has been published yet.")),
        "member": Reason(_("The school is a member of the network: spread counts the others.")),
        "told": Reason(_("The school has told so already.")),
        "day_is_coming": Reason(_("The day has not come yet."), field="adopted_on"),
    }
    if found:
        raise ProgrammeRefused(*(told[code] for code in found))
    adoption = Adoption(network=network, unit=unit, adopted_on=adopted_on, note=note.strip(), told_by=by)
    checked(adoption).save(force_insert=True)
    after = audit.snapshot(adoption, "adopted_on", "note")
    audit.record(by=by, verb="programme.network.adopted", target=adoption, after=after, unit_id=unit.pk)
    return adoption
