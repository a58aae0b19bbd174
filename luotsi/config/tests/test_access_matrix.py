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
from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.people.actions.imports import try_import
from luotsi.people.actions.invitations import Invitee, invite_person
from luotsi.people.models import Account, Invitation, RoleAssignment, Unit, UnitImport
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.programme.tests.making import Staged, make_staged
from luotsi.questionnaires.tests.answered import Questioned, make_questioned
from luotsi.reports.tests.making import Reported, make_reported

PEOPLE = ("nobody", "aino", "bilal", "celia", "daniel", "eeva", "farid", "gunilla", "hilkka")

MATRIX = """
GET  workspace:enter                          in  302 302 302 302 302 302 302 302
GET  workspace:see-home                       in  200 200 200 200 200 404 404 200
GET  workspace:see-home@region                in  200 404 404 404 404 404 200 404
GET  workspace:see-home@elsewhere             in  404 404 404 404 404 200 404 404
GET  workspace:search                         in  200 200 200 200 200 404 404 200
POST workspace:set-scheme                     400 400 400 400 400 400 400 400 400
GET  workspace:see-accessibility              200 200 200 200 200 200 200 200 200
GET  workspace:see-privacy                    200 200 200 200 200 200 200 200 200
GET  workspace:list-mail                      in  200 200 200 200 200 200 200 200
GET  workspace:see-components                 in  200 200 200 200 200 200 200 200
GET  workspace:see-health                     200 200 200 200 200 200 200 200 200
GET  people:see-unit                          in  200 200 200 200 200 404 404 200
GET  people:see-unit@region                   in  200 404 404 404 404 404 200 404
GET  people:edit-unit                         in  200 403 403 403 403 404 404 403
GET  people:end-unit                          in  200 403 403 403 403 404 404 403
POST people:reopen-unit                       in  302 403 403 403 403 404 404 403
GET  people:list-units                        in  200 200 200 200 200 404 404 200
GET  people:list-units@tampere                in  200 404 404 200 200 404 404 200
GET  people:add-unit                          in  200 403 403 403 403 404 404 403
GET  people:list-persons                      in  200 200 403 200 403 404 404 200
GET  people:see-person                        in  200 200 200 200 404 404 404 200
GET  people:give-role                         in  200 200 403 403 403 404 404 403
GET  people:end-role                          in  200 200 404 403 404 404 404 403
POST people:continue-role                     in  302 302 404 403 404 404 404 403
GET  people:list-invitations                  in  200 200 403 200 403 404 404 200
GET  people:invite-person                     in  200 200 403 403 403 404 404 403
POST people:send-again                        in  302 302 404 403 404 404 404 403
POST people:withdraw-invitation               in  302 302 404 403 404 404 404 403
GET  people:import-units@tampere              in  200 404 404 403 403 404 404 403
GET  people:download-template@tampere         in  200 404 404 403 403 404 404 403
GET  people:see-import@tampere                in  200 404 404 404 404 404 404 404
POST people:run-import@tampere                in  302 404 404 404 404 404 404 404
POST people:discard-import@tampere            in  302 404 404 404 404 404 404 404
GET  people:download-errors@tampere           in  200 404 404 404 404 404 404 404
GET  people:list-audit                        in  200 403 403 403 403 404 404 200
GET  people:accept-invitation                 410 410 410 410 410 410 410 410 410
GET  people:see-my-account                    in  200 200 200 200 200 200 200 200
POST people:choose-language                   in  302 302 302 302 302 302 302 302
GET  people:list-my-sessions                  in  200 200 200 200 200 200 200 200
POST people:end-other-sessions                in  302 302 302 302 302 302 302 302
POST people:end-session                       in  404 404 404 404 404 404 404 404
POST people:download-my-data                  in  200 200 200 200 200 200 200 200
POST people:sign-in-as                        404 404 404 404 404 404 404 404 404
GET  indicators:list-indicators               in  200 200 200 200 200 404 404 200
GET  indicators:list-indicators@region        in  200 404 404 404 404 404 200 404
GET  indicators:see-indicator                 in  200 200 200 200 200 404 404 200
GET  indicators:see-indicator@region          in  200 404 404 404 404 404 200 404
GET  indicators:see-trace                     in  200 200 200 200 200 404 404 200
GET  indicators:compare-units                 in  200 200 200 200 200 404 404 200
GET  indicators:see-definition                in  200 200 200 200 200 404 404 200
GET  indicators:define-indicator              in  200 403 403 403 403 404 404 403
GET  indicators:write-definition              in  200 403 403 403 403 404 404 403
GET  indicators:rename-indicator              in  200 403 403 403 403 404 404 403
GET  indicators:retire-indicator              in  200 403 403 403 403 404 404 403
GET  indicators:list-targets                  in  200 200 200 200 200 404 404 200
GET  indicators:set-target                    in  200 403 403 403 403 404 404 403
GET  indicators:withdraw-target               in  200 403 403 403 403 404 404 403
GET  indicators:list-observations             in  200 200 403 200 403 404 404 403
GET  indicators:enter-observation             in  200 200 403 200 403 404 404 403
GET  indicators:enter-many                    in  200 200 403 200 403 404 404 403
GET  indicators:import-observations           in  200 200 403 200 403 404 404 403
GET  indicators:download-template             in  200 200 403 200 403 404 404 403
GET  indicators:see-import                    in  200 200 404 200 404 404 404 404
GET  indicators:download-errors               in  200 200 404 200 404 404 404 404
POST indicators:submit-import                 in  302 302 404 302 404 404 404 404
POST indicators:undo-import                   in  302 302 404 302 404 404 404 404
POST indicators:run-import                    in  302 302 404 302 404 404 404 404
POST indicators:discard-import                in  302 302 404 302 404 404 404 404
GET  indicators:see-observation               in  200 200 403 200 403 404 404 403
GET  indicators:edit-observation              in  200 200 403 200 403 404 404 403
GET  indicators:change-observation            in  200 200 403 200 403 404 404 403
GET  indicators:send-back-observation         in  200 403 403 403 403 404 404 403
GET  indicators:approve-observations          in  200 403 403 403 403 404 404 403
POST indicators:submit-observation            in  302 302 403 302 403 404 404 403
POST indicators:approve-observation           in  302 403 403 403 403 404 404 403
POST indicators:discard-observation           in  302 302 403 302 403 404 404 403
GET  indicators:list-facts                    in  200 200 200 200 200 404 404 200
GET  indicators:download-facts                in  200 403 403 200 200 404 404 200
GET  indicators:list-keys                     in  200 403 403 200 200 404 404 200
GET  indicators:make-key                      in  200 403 403 200 200 404 404 200
POST indicators:withdraw-key                  in  302 404 404 302 302 404 404 302
GET  api:api-root                             404 404 404 404 404 404 404 404 404
GET  api:openapi-json                         200 200 200 200 200 200 200 200 200
GET  api:list-tables                          401 401 401 401 401 401 401 401 401
GET  api:read-table                           401 401 401 401 401 401 401 401 401
GET  api:list-indicators                      401 401 401 401 401 401 401 401 401
GET  api:read-figures                         401 401 401 401 401 401 401 401 401
GET  programme:list-programmes                 in  200 200 200 200 200 404 404 200
GET  programme:list-programmes@region          in  200 404 404 404 404 404 200 404
GET  programme:see-my-unit                     in  200 200 200 200 200 404 404 200
GET  programme:import-plan@tampere             in  200 404 404 403 403 404 404 403
GET  programme:download-template@tampere       in  200 404 404 403 403 404 404 403
GET  programme:see-programme                   in  200 200 200 200 200 404 404 200
GET  programme:see-programme@region            in  200 404 404 404 404 404 200 404
GET  programme:download-grid                   in  200 200 200 200 200 404 404 200
GET  programme:download-plan                   in  200 200 200 200 200 404 404 200
GET  programme:list-measures                   in  200 200 200 200 200 404 404 200
GET  programme:see-measure                     in  200 200 200 200 200 404 404 200
GET  programme:tell-measure                    in  200 200 200 200 200 404 404 200
GET  programme:list-milestones                 in  200 200 200 200 200 404 404 200
GET  programme:tell-state                      in  200 200 200 200 200 404 404 200
GET  programme:tell-state@region               in  200 404 404 404 404 404 200 404
GET  programme:download-evidence               in  200 200 200 200 200 404 404 200
GET  programme:list-programme-indicators       in  200 200 200 200 200 404 404 200
GET  programme:list-findings                   in  200 200 200 200 200 404 404 200
GET  programme:add-finding                     in  200 403 403 403 403 404 404 403
GET  programme:see-finding                     in  200 200 200 200 200 404 404 200
GET  programme:edit-finding                    in  200 403 403 403 403 404 404 403
GET  programme:close-finding                   in  200 403 403 403 403 404 404 403
GET  programme:see-money                       in  200 200 200 200 200 404 404 200
GET  programme:add-budget-line                 in  200 403 403 403 403 404 404 403
GET  programme:edit-budget-line                in  200 403 403 403 403 404 404 403
GET  programme:add-decision                    in  200 403 403 403 403 404 404 403
GET  programme:edit-decision                   in  200 403 403 403 403 404 404 403
GET  programme:list-versions                   in  200 200 200 200 200 404 404 200
GET  programme:publish-draft                   in  200 403 403 403 403 404 404 403
GET  programme:compare-versions                in  200 200 200 200 200 404 404 200
GET  programme:edit-plan                       in  200 403 403 403 403 404 404 403
GET  programme:edit-item                       in  200 403 403 403 403 404 404 403
GET  programme:edit-milestone                  in  200 403 403 403 403 404 404 403
GET  programme:add-measure@region              in  200 404 404 404 404 404 403 404
GET  programme:add-milestone                   in  302 403 403 403 403 404 404 403
GET  programme:link-indicators                 in  200 403 403 403 403 404 404 403
POST programme:remove-item                     in  302 403 403 403 403 404 404 403
GET  programme:see-clock                       in  200 200 200 200 200 404 404 200
GET  programme:add-event                       in  200 403 403 403 403 404 404 403
GET  programme:edit-event                      in  200 403 403 403 403 404 404 403
POST programme:end-event                       in  302 403 403 403 403 404 404 403
GET  programme:download-clock                  in  200 200 200 200 200 404 404 200
GET  programme:compare-members                 in  200 200 200 200 200 404 404 200
GET  programme:compare-members@region          in  200 404 404 404 404 404 200 404
GET  programme:edit-consent@tampere            in  200 404 404 403 403 404 404 403
GET  programme:list-rounds                     in  200 200 200 200 200 404 404 200
GET  programme:list-rounds@region              in  200 404 404 404 404 404 200 404
GET  programme:open-round                      in  200 403 403 403 403 404 404 403
GET  programme:open-round@region               in  200 404 404 404 404 404 403 404
GET  programme:see-round                       in  200 200 200 200 200 404 404 200
GET  programme:see-round@region                in  200 404 404 404 404 404 200 404
GET  programme:list-networks                   in  200 200 200 200 200 404 404 200
GET  programme:found-network                   in  200 403 403 403 403 404 404 403
GET  programme:see-network                     in  200 200 200 200 200 404 404 200
GET  programme:see-network@region              in  200 404 404 404 404 404 200 404
GET  programme:decide-member                   in  200 403 403 403 403 404 404 403
GET  programme:ask-members                     in  200 403 403 403 403 404 404 403
GET  programme:publish-concept                 in  200 403 403 403 403 404 404 403
GET  programme:adopt-concept                   in  200 200 403 403 403 404 404 403
GET  programme:adopt-concept@tampere           in  403 404 404 403 403 404 404 403
GET  programme:see-public-network              200 200 200 200 200 200 200 200 200
GET  programme:see-public-programme            200 200 200 200 200 200 200 200 200
GET  programme:download-public-clock           200 200 200 200 200 200 200 200 200
GET  programme:download-public-plan            200 200 200 200 200 200 200 200 200
GET  programme:download-public-data            200 200 200 200 200 200 200 200 200
GET  programme:subscribe-clock                 200 200 200 200 200 200 200 200 200
POST programme:discard-draft                   in  302 403 403 403 403 404 404 403
POST programme:open-page                       in  302 403 403 403 403 404 404 403
GET  questionnaires:list-collections          in  200 200 200 200 200 404 404 200
GET  questionnaires:list-collections@region   in  200 404 404 404 404 404 200 404
GET  questionnaires:publish-version           in  200 403 403 403 403 404 404 403
GET  questionnaires:open-collection           in  200 403 403 403 403 404 404 403
GET  questionnaires:see-collection            in  200 403 403 403 403 404 404 403
POST questionnaires:begin-response            in  403 302 403 403 403 404 404 403
POST questionnaires:close-collection          in  302 403 403 403 403 404 404 403
GET  questionnaires:fill-page                 in  404 200 404 404 404 404 404 404
GET  questionnaires:see-summary               in  404 200 404 404 404 404 404 404
POST questionnaires:submit-response           in  404 422 404 404 404 404 404 404
POST questionnaires:renew-response            in  404 302 404 404 404 404 404 404
GET  questionnaires:list-versions             in  404 200 404 404 404 404 404 404
GET  questionnaires:see-receipt               in  200 200 404 404 404 404 404 404
GET  questionnaires:download-submission       in  200 200 404 404 404 404 404 404
GET  questionnaires:list-people               in  404 200 404 404 404 404 404 404
POST questionnaires:revoke-share              in  404 302 404 404 404 404 404 404
GET  questionnaires:download-attachment       in  404 200 404 404 404 404 404 404
GET  questionnaires:open-link                 302 302 302 302 302 302 302 302 302
GET  questionnaires:open-survey               in  200 403 403 403 403 404 404 403
GET  questionnaires:see-survey                in  200 403 403 403 403 404 404 403
GET  questionnaires:see-common-link           in  200 403 403 403 403 404 404 403
POST questionnaires:remind-survey             in  302 403 403 403 403 404 404 403
GET  questionnaires:see-results               in  200 200 403 403 403 404 404 403
GET  questionnaires:download-results          in  200 403 403 403 403 404 404 403
GET  questionnaires:answer-survey             200 200 200 200 200 200 200 200 200
GET  questionnaires:answer-by-common-link     200 200 200 200 200 200 200 200 200
GET  questionnaires:list-own-sheets           in  200 200 200 200 200 200 200 200
POST questionnaires:settle-survey             in  302 403 403 403 403 404 404 403
GET  questionnaires:list-questionnaires       in  200 200 200 200 200 404 404 200
GET  questionnaires:list-questionnaires@region in  200 404 404 404 404 404 200 404
GET  questionnaires:add-questionnaire         in  200 403 403 403 403 404 404 403
GET  questionnaires:see-questionnaire         in  200 200 200 200 200 404 404 200
GET  questionnaires:compare-versions          in  200 200 200 200 200 404 404 200
GET  questionnaires:see-export                in  200 200 200 200 200 404 404 200
GET  questionnaires:download-version          in  200 200 200 200 200 404 404 200
POST questionnaires:begin-draft               in  302 403 403 403 403 404 404 403
GET  questionnaires:edit-draft                in  200 403 403 403 403 404 404 403
GET  questionnaires:edit-draft@tampere        in  200 404 404 403 403 404 404 403
POST questionnaires:shape-draft               in  400 403 403 403 403 404 404 403
GET  questionnaires:add-element               in  200 403 403 403 403 404 404 403
GET  questionnaires:edit-element              in  200 403 403 403 403 404 404 403
GET  questionnaires:check-expression          in  200 403 403 403 403 404 404 403
GET  questionnaires:translate-draft           in  200 403 403 403 403 404 404 403
GET  questionnaires:edit-rules                in  200 403 403 403 403 404 404 403
GET  questionnaires:try-draft                 in  200 403 403 403 403 404 404 403
GET  questionnaires:list-revisions            in  200 403 403 403 403 404 404 403
POST questionnaires:restore-draft             in  302 403 403 403 403 404 404 403
GET  questionnaires:publish-draft             in  200 403 403 403 403 404 404 403
POST questionnaires:discard-draft             in  302 403 403 403 403 404 404 403
GET  reports:list-reports                     in  200 200 200 200 200 404 404 200
GET  reports:list-reports@region              in  200 404 404 404 404 404 200 404
GET  reports:begin-report                     in  200 403 403 403 403 404 404 403
GET  reports:see-report                       in  200 200 200 200 200 404 404 200
POST reports:write-text                       in  302 404 404 404 404 404 404 404
GET  reports:freeze-report                    in  200 404 404 404 404 404 404 404
GET  reports:prepare-matter                   in  200 403 403 403 403 404 404 403
GET  reports:decide-report                    in  200 403 403 403 403 404 404 403
GET  reports:publish-report                   in  200 403 403 403 403 404 404 403
GET  reports:renew-report                     in  200 403 403 403 403 404 404 403
GET  reports:verify-report                    in  200 200 200 200 200 404 404 200
GET  reports:download-report                  in  200 200 200 200 200 404 404 200
GET  reports:see-public-report                200 200 200 200 200 200 200 200 200
GET  reports:download-public-report           200 200 200 200 200 200 200 200 200
GET  account_login                            200 302 302 302 302 302 302 302 302
GET  account_logout                           in  200 200 200 200 200 200 200 200
GET  account_inactive                         200 200 200 200 200 200 200 200 200
GET  account_signup                           200 302 302 302 302 302 302 302 302
GET  account_reauthenticate                   in  403 403 403 403 403 403 403 403
GET  account_email                            in  200 200 200 200 200 200 200 200
GET  account_email_verification_sent          200 200 200 200 200 200 200 200 200
GET  account_confirm_email                    200 200 200 200 200 200 200 200 200
GET  account_change_password                  in  302 302 302 302 302 302 302 302
GET  account_set_password                     in  200 200 200 200 200 200 200 200
GET  account_reset_password                   200 200 200 200 200 200 200 200 200
GET  account_reset_password_done              200 200 200 200 200 200 200 200 200
GET  account_reset_password_from_key          200 200 200 200 200 200 200 200 200
GET  account_reset_password_from_key_done     200 200 200 200 200 200 200 200 200
GET  mfa_index                                in  200 200 200 200 200 200 200 200
GET  mfa_authenticate                         in  302 302 302 302 302 302 302 302
GET  mfa_reauthenticate                       in  403 403 403 403 403 403 403 403
GET  mfa_activate_totp                        in  200 200 200 200 200 200 200 200
GET  mfa_deactivate_totp                      in  404 404 404 404 404 404 404 404
GET  mfa_view_recovery_codes                  in  404 404 404 404 404 404 404 404
GET  mfa_generate_recovery_codes              in  200 200 200 200 200 200 200 200
GET  mfa_download_recovery_codes              in  404 404 404 404 404 404 404 404
GET  mfa_list_webauthn                        in  200 200 200 200 200 200 200 200
GET  mfa_add_webauthn                         in  200 200 200 200 200 200 200 200
GET  mfa_login_webauthn                       in  302 302 302 302 302 302 302 302
GET  mfa_reauthenticate_webauthn              in  403 403 403 403 403 403 403 403
GET  mfa_remove_webauthn                      in  404 404 404 404 404 404 404 404
GET  mfa_edit_webauthn                        in  404 404 404 404 404 404 404 404
GET  socialaccount_connections                in  200 200 200 200 200 200 200 200
GET  socialaccount_login_cancelled            200 200 200 200 200 200 200 200 200
GET  socialaccount_login_error                401 401 401 401 401 401 401 401 401
GET  openid_connect_login                     404 404 404 404 404 404 404 404 404
GET  openid_connect_callback                  404 404 404 404 404 404 404 404 404
POST set_language                             302 302 302 302 302 302 302 302 302
"""


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
    for text in MATRIX.strip().splitlines():
        method, address, *statuses = text.split()
        name, _at, unit = address.partition("@")
        found.append(Line(method, name, unit or "school", dict(zip(PEOPLE, statuses, strict=True))))
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

    def arguments(self, line: Line) -> dict[str, Any]:
        """Return what the address of the line needs."""
        unit: Unit = getattr(self.cast, line.unit)
        if line.name.startswith("reports:"):
            scope = {} if "public" in line.name else {"scope": unit.key}
            return {**scope, **self.reported.arguments(line.name)}
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
        made: dict[str, Callable[[], Any]] = {
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
        return {name: made[name]() for name in needed}

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
    made = (make_followed(cast), make_staged(cast), make_reported(cast), make_questioned(cast))
    return Stage(cast, invitation, role, tried_import(cast), *made)


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


def answer_of(client: Client, method: str, url: str) -> str:
    """Return the status, or `in` when the answer is the way to the sign-in page."""
    response = client.get(url) if method == "GET" else client.post(url)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "in"
    return str(response.status_code)
