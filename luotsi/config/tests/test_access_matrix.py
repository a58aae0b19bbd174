"""Who may open what: every address × everybody of the cast, the expected answer written down once.

Read a line as: method, address, and the status for the signed-out, Aino (coordinator of the region), Bilal
(principal of the school), Celia (teacher there), Daniel (IT), Eeva (finance), Farid (coordinator elsewhere),
Gunilla (digital team of the region) and Hilkka (data protection). Pages of a unit are asked at the school, unless
the line names another unit. `in` = sent to sign in; an address that has no line fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luotsi.base import uploads
from luotsi.config.tests.access_matrix import MATRIX
from luotsi.config.tests.call_matrix import CALLS
from luotsi.config.tests.deciding_matrix import DECIDING
from luotsi.config.tests.grant_matrix import GRANTS
from luotsi.config.tests.learning_matrix import LEARNING
from luotsi.config.tests.receive_matrix import RECEIVED
from luotsi.config.tests.report_matrix import REPORTING
from luotsi.config.tests.spend_matrix import SPENDING
from luotsi.funding.tests.calling import Called, make_called
from luotsi.funding.tests.deciding import Decided, make_decided
from luotsi.funding.tests.granting import Granted, make_granted
from luotsi.funding.tests.making import Staged as Funded
from luotsi.funding.tests.making import stage as make_funded
from luotsi.funding.tests.officiating import Received, make_received
from luotsi.funding.tests.reporting import Running, stage_running
from luotsi.funding.tests.spent import Spent, make_spent
from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.learning.tests.staged import Staged as Studied
from luotsi.learning.tests.staged import stage as make_studied
from luotsi.people.actions.imports import try_import
from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.models import Account, Invitation, RoleAssignment, Unit, UnitImport
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.programme.tests.making import Staged, make_staged
from luotsi.questionnaires.tests.answered import Questioned, make_questioned
from luotsi.reports.tests.making import Reported, make_reported

PEOPLE = ("nobody", "aino", "bilal", "celia", "daniel", "eeva", "farid", "gunilla", "hilkka")
AT_SCHOOL = ("leo", "sanni", "tuure", "irma", "minna")


@dataclass(frozen=True)
class Line:
    """One line of the matrix."""

    method: str
    name: str
    unit: str
    expected: dict[str, str]


def lines() -> list[Line]:
    """Return the matrix as values."""
    found = []
    parts = (MATRIX, GRANTS, SPENDING, REPORTING, CALLS, RECEIVED, DECIDING, LEARNING)
    for text in [line for part in parts for line in part.strip().splitlines()]:
        told, _bar, at_school = text.partition("|")
        method, address, *statuses = told.split()
        name, _at, unit = address.partition("@")
        expected = dict(zip(PEOPLE, statuses, strict=True))
        if at_school:
            expected |= dict(zip(AT_SCHOOL, at_school.split(), strict=True))
        found.append(Line(method, name, unit or "school", expected))
    return found


def addresses(
    patterns: list[URLPattern | URLResolver], space: str = "", given: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every address of the product: its name and the names of its arguments."""
    for pattern in patterns:
        inside = given | set(pattern.pattern.regex.groupindex) | set(getattr(pattern.pattern, "converters", {}))
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", inside
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner, inside)


CALL_LINES = [line for line in lines() if f" {line.name}" in CALLS]
RECEIVED_LINES = [line for line in lines() if f" {line.name}" in RECEIVED]
DECIDING_LINES = [line for line in lines() if f" {line.name}" in DECIDING]
GRANT_LINES = [line for line in lines() if f" {line.name} " in GRANTS]
SPEND_LINES = [line for line in lines() if f" {line.name} " in SPENDING]
REPORT_LINES = [line for line in lines() if f" {line.name} " in REPORTING]


@dataclass(frozen=True)
class Stage:
    """The cast and one record of each kind that the addresses point to."""

    cast: Cast
    invitation: Invitation
    role: RoleAssignment
    imported: UnitImport
    followed: Followed
    staged: Staged
    reported: Reported
    questioned: Questioned
    funded: Funded
    granted: Granted
    spent: Spent
    running: Running
    called: Called
    received: Received
    decided: Decided
    studied: Studied

    def arguments(self, line: Line) -> dict[str, Any]:
        """Return what the address of the line needs."""
        unit: Unit = self.studied.group if line.unit == "group" else getattr(self.cast, line.unit)
        if line.name.startswith("reports:"):
            scope = {} if "public" in line.name else {"scope": unit.key}
            return {**scope, **self.reported.arguments(line.name)}
        if line in CALL_LINES:
            given = self.called.arguments(line.name)
            return {"scope": unit.key, **given} if self.called.is_of_unit(line.name) else given
        if line in RECEIVED_LINES:
            return {"scope": unit.key, **self.received.arguments(line.name)}
        if line in DECIDING_LINES:
            given = self.decided.arguments(line.name)
            return given if line.name == "funding:download-grants" else {"scope": unit.key, **given}
        if line in GRANT_LINES:
            given = self.granted.arguments(line.name)
            return given if line.name == "funding:subscribe-obligations" else {"scope": unit.key, **given}
        if line in SPEND_LINES:
            return {"scope": unit.key, **self.spent.arguments(line.name)}
        if line in REPORT_LINES:
            return {"scope": unit.key, **self.running.arguments(line.name)}
        rooms: dict[str, Funded | Studied] = {"funding": self.funded, "learning": self.studied}
        if made := rooms.get(line.name.partition(":")[0]):
            return {"scope": unit.key, **made.arguments(line.name)}
        if line.name.startswith("questionnaires:"):
            given = self.questioned.arguments(line.name)
            return {"scope": unit.key, **given} if self.questioned.is_of_unit(line.name) else given
        pks: dict[str, Any] = {
            "person": self.cast.celia.person.pk,
            "role": self.role.pk,
            "invitation": self.invitation.pk,
            "import": self.imported.pk,
            "again": self.invitation.pk,
            "session": 999_999,
            "webauthn": 999_999,
            "errors": self.imported.pk,
        }
        kind = next((word for word in pks if word in line.name), "")
        kind = "person" if line.name == "people:give-role" else kind
        taken: dict[str, Callable[[], Any]] = {
            "scope": lambda: unit.key,
            "pk": lambda: self._pk(line.name, pks[kind] if kind else None),
            "programme": lambda: self.staged.programme.slug,
            "network": lambda: self.staged.network.slug,
            "unit": lambda: self.staged.applied,
            "code": lambda: self.staged.code_for(line.name),
            "period": lambda: "2024-25",
            "old": lambda: "1",
            "new": lambda: "1",
            "table": lambda: "institutions",
            "step": lambda: "details",
            "kind": lambda: "yaml" if "plan" in line.name or line.name.startswith("programme:download-t") else "csv",
            "token": lambda: "unknown",
            "key": lambda: self._key(line.name),
            "uidb36": lambda: "1",
            "provider_id": lambda: "unknown",
        }
        needed = dict(addresses(get_resolver().url_patterns))[line.name]
        return {name: taken[name]() for name in needed}

    def _pk(self, name: str, other: Any) -> Any:
        rooms = {"indicators": self.followed.pk_for, "programme": self.staged.pk_for}
        room = name.partition(":")[0]
        return rooms[room](name) if room in rooms else other

    def _key(self, name: str) -> str:
        keys = {"indicators": self.followed.indicator.key, "programme": self.staged.feed}
        return keys.get(name.partition(":")[0], "unknown")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    invitee = Invitee(email="oona@luotsi.example", given_name="Oona", family_name="Esimerkki")
    invitation = invite_person(invitee=invitee, role=Role.TUTOR_TEACHER, unit=cast.school, by=cast.aino)
    role = RoleAssignment.objects.get(person=cast.celia.person, role=Role.TEACHER)
    made = (make_followed(cast), make_staged(cast), make_reported(cast), make_questioned(cast), make_funded(cast))
    grants = (make_granted(cast), make_spent(cast), stage_running(cast))
    calls = (make_called(cast), make_received(cast), make_decided(cast))
    return Stage(cast, invitation, role, tried_import(cast), *made, *grants, *calls, make_studied(cast))


def tried_import(cast: Cast) -> UnitImport:
    """Return an import of one good and one bad row, tried by Aino at Tampere."""
    rows = b"kind;name_fi;parent\ninstitution;Hauen esimerkkikoulu;837\ninstitution;;837\n"
    upload = uploads.read(SimpleUploadedFile("units.csv", rows), kinds=frozenset({uploads.CSV}))
    return try_import(scope=cast.tampere, upload=upload, by=cast.aino)


class TestTheMatrix:
    def test_it_has_a_line_for_every_address_and_no_other(self) -> None:
        named = {name for name, _pattern in addresses(get_resolver().url_patterns)}
        assert {line.name for line in lines()} == named

    @pytest.mark.parametrize("person", PEOPLE)
    def test_everybody_gets_the_answer_that_is_written_down(self, stage: Stage, person: str) -> None:
        wrong = []
        client = Client(raise_request_exception=False)
        if person != "nobody":
            account: Account = getattr(stage.cast, person)
            client.force_login(account)
        for line in lines():
            url = reverse(line.name, kwargs=stage.arguments(line))
            got = answer_of(client, line.method, url)
            if got != line.expected[person]:
                wrong.append(f"{line.method} {line.name}@{line.unit}: {got}, not {line.expected[person]}")
        assert not wrong, "\n".join([person, *wrong])

    @pytest.mark.parametrize("person", AT_SCHOOL)
    def test_those_of_a_school_get_theirs_of_learning(self, cast: Cast, person: str) -> None:
        studied = make_studied(cast)
        client = Client(raise_request_exception=False)
        client.force_login(getattr(studied, person))
        wrong = []
        for line in (line for line in lines() if line.name.startswith("learning:")):
            unit = studied.group if line.unit == "group" else getattr(cast, line.unit)
            given = {"scope": unit.key, **studied.arguments(line.name)}
            got = answer_of(client, line.method, reverse(line.name, kwargs=given))
            if got != line.expected[person]:
                wrong.append(f"{line.method} {line.name}@{line.unit}: {got}, not {line.expected[person]}")
        assert not wrong, "\n".join([person, *wrong])


def answer_of(client: Client, method: str, url: str) -> str:
    """Return the status, or `in` when the answer is the way to the sign-in page."""
    response = client.get(url) if method == "GET" else client.post(url)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "in"
    return str(response.status_code)
