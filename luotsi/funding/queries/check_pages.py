"""What the panel of checks shows: every finding with both sides of its evidence, opening the fields they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.check_words import fix, message, shown
from luotsi.funding.queries.documents import (
    Document,
    application_document,
    call_document,
    digits,
    key_of,
    place_of,
    with_questions_of,
)
from luotsi.funding.queries.fault_words import sentence
from luotsi.funding.queries.label_words import path
from luotsi.funding.rules.checks import Document as Kind
from luotsi.funding.rules.checks import Field, Finding, Severity, check
from luotsi.funding.rules.reading import loads, read_application, read_call, read_register
from luotsi.funding.rules.register import Register
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import values
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.funding.access import FormHeld, Held
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class SideRow:
    """One side of the evidence: where it stands, what stands there, and the page that it opens ("" = none)."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class FindingRow:
    """A finding; `mark` is bad, warn or info."""

    rule: str
    mark: str
    words: str
    sides: tuple[SideRow, ...]
    fix: str
    source: str


@dataclass(frozen=True)
class Group:
    """Findings of one severity."""

    key: str
    title: str
    mark: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True)
class CheckPage:
    """The panel of checks; `unreadable` tells why nothing could be checked."""

    groups: tuple[Group, ...]
    unreadable: tuple[str, ...]
    grants: int
    has_form: bool

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(len(group.rows) for group in self.groups)


NOT_ASKED = frozenset({"D8.not_told"})
type Findings = tuple[tuple[Finding, ...], Document, tuple[str, ...], int]


def findings_of(application: Application) -> Findings:
    """Return what the checks find, the document they looked at, why they could not, and how many grants they knew."""
    granted = Application.objects.granted().filter(unit=application.unit_id)
    return _findings(application, application_document(application), granted)


def handed_in_findings(application: Application, granted: ApplicationQuerySet) -> Findings:
    """Return what the checks find in what was handed in last, as `findings_of` does, by the grants that are known.

    That the applicant told no decisions of its own bodies is no finding here: a form handed in has no place for them.
    """
    found, made, faults, grants = _findings(application, application_document(application, as_received=True), granted)
    return tuple(one for one in found if one.code not in NOT_ASKED), made, faults, grants


def funder_knows(application: Application) -> ApplicationQuerySet:
    """Return the grants of the applicant that the funder of its call gave itself; it knows of no others."""
    granted = Application.objects.granted().filter(unit=application.unit_id)
    return granted.filter(call__kind=Call.Kind.OWN, call__owner=application.call.owner_id)


def _findings(application: Application, made: Document, granted: ApplicationQuerySet) -> Findings:
    call = read_call(_exact(with_questions_of(made, call_document(application.call))))
    found = read_application(_exact(made.data))
    register, grants = register_of(application, granted)
    faults = (*found.faults, *call.faults)
    if found.found is None or call.found is None:
        return (), made, tuple(f"{one.at}: {sentence(one)}" for one in faults[:20]), grants
    return check(found.found, call.found, register, clock.today()), made, (), grants


def _exact(data: object) -> object:
    return loads(values.dumps(data))


def register_of(application: Application, granted: ApplicationQuerySet) -> tuple[Register, int]:
    """Return the grants among those that are known of the applicant, and how many they are; one query."""
    grants = [
        {
            "id": key_of(str(one.pk)),
            "name": one.names.text[:300],
            "funder": one.call.funder.names.text[:300],
            "register_number": one.register_number,
            **({"decided_on": one.decided_on.isoformat()} if one.decided_on is not None else {}),
            **({"sum": told} if (told := digits(one.granted)) else {}),
            **(
                {
                    "period": {
                        "start_on": one.starts_on.isoformat() if one.starts_on else None,
                        "end_on": one.ends_on.isoformat() if one.ends_on else None,
                    }
                }
                if one.starts_on or one.ends_on
                else {}
            ),
        }
        for one in granted.exclude(pk=application.pk).select_related("call__funder")
    ]
    return read_register(_exact({"grants": grants})).found or Register(), len(grants)


def check_page(visitor: Visitor, held: Held, scope: Unit) -> CheckPage:
    """Return the panel of checks of an application."""
    one = held.application
    found, made, unreadable, grants = findings_of(one)
    form = access.form_for(visitor, one)
    groups = groups_of(found, Finder(one, scope, made, form))
    return CheckPage(groups, unreadable, grants, one.response_id is not None)


def groups_of(found: tuple[Finding, ...], finder: Finds) -> tuple[Group, ...]:
    """Return findings by severity, the worst first, each side of the evidence with the page that it opens."""
    titles = {
        Severity.BLOCK: (_("Errors"), "bad"),
        Severity.WARN: (_("Look again"), "warn"),
        Severity.INFO: (_("Remarks"), "info"),
    }
    groups = [
        Group(
            str(severity), title, mark, tuple(_row(each, mark, finder) for each in found if each.severity is severity)
        )
        for severity, (title, mark) in titles.items()
    ]
    return tuple(group for group in groups if group.rows)


def _row(finding: Finding, mark: str, finder: Finds) -> FindingRow:
    told = (finding.found, finding.expected)
    sides = tuple(
        SideRow(path(side.names), shown(value) if value is not None else "", finder.url(side))
        for side, value in zip(finding.where, told, strict=True)
    )
    return FindingRow(finding.rule, mark, message(finding), sides, fix(finding), finding.source)


class Finds(Protocol):
    """Finds the page that a side of the evidence opens."""

    def url(self, side: Field) -> str: ...  # noqa: D102


class Finder:
    """Finds the page that a side of the evidence opens."""

    def __init__(self, application: Application, scope: Unit, made: Document, form: FormHeld | None) -> None:
        self.application, self.scope, self.made, self.form = application, scope, made, form
        response = application.response
        self.places = Places(definition_of(response.collection.version), language()) if response else None

    def url(self, side: Field) -> str:
        """Return the address of the field of a side; of a call its page, of the register the portfolio."""
        call = self.application.call
        if side.document is Kind.CALL:
            return reverse("funding:see-call", args=[self.scope.key, call.owner.key, call.slug])
        if side.document is Kind.REGISTER:
            return reverse("funding:list-portfolio", args=[self.scope.key])
        if self.places is None:
            return reverse("funding:see-application", args=[self.scope.key, self.application.pk])
        name = place_of(self.made, side.pointer)
        return self._field(name) if name and self.form is not None else ""

    def _field(self, name: str) -> str:
        response, place = self.application.response, self.places.of(name) if self.places else None
        if response is None or place is None:
            return ""
        if response.state == Response.State.DRAFT:
            page = reverse("questionnaires:fill-page", args=[response.pk, place.page])
        else:
            number = response.submissions.values_list("number", flat=True).first() or 1
            page = reverse("questionnaires:see-receipt", args=[response.pk, number])
        return f"{page}#{place.anchor}"
