"""Every page of the product: who looks at it and with which arguments.

Read a line as: who, address, what its arguments are taken from, and the status when it is not 200.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from luotsi.base import clock, uploads
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.tests.making import make_followed
from luotsi.people.actions.imports import discard_import, run_import, try_import
from luotsi.people.actions.invitations import Invitee, issue_invitation, withdraw_invitation
from luotsi.people.actions.units import end_unit
from luotsi.people.models import Account, RoleAssignment, UnitImport
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.signing_in import PASSWORD, give_password, last_mail, link_in
from luotsi.programme.tests.making import make_staged
from luotsi.reports.tests.making import make_reported
from luotsi.workspace.tests.browser.learning_pages import LEARNING, learning
from luotsi.workspace.tests.browser.money_pages import MONEY, money
from luotsi.workspace.tests.browser.passkeys import credential
from luotsi.workspace.tests.browser.questionnaire_pages import ANSWERING, AUTHORS, questioned

PAGES = (
    """
nobody   account_login
nobody   account_inactive
nobody   account_signup
nobody   account_email_verification_sent
nobody   account_confirm_email                 key=confirming
nobody   account_confirm_email                 key=unknown
nobody   account_reset_password
nobody   account_reset_password_done
nobody   account_reset_password_from_key       path=reset_link
nobody   account_reset_password_from_key       uidb36=1 key=unknown
nobody   account_reset_password_from_key_done
nobody   socialaccount_login_cancelled
nobody   socialaccount_login_error             401
nobody   workspace:see-accessibility
nobody   workspace:see-privacy
nobody   people:accept-invitation              token=token
nobody   people:accept-invitation              token=unknown 410
pending  mfa_authenticate
aino     people:accept-invitation              token=token
aino     workspace:see-home                    scope=region
aino     workspace:see-home                    scope=school
aino     workspace:search                      scope=region ?q=koulu
aino     workspace:search                      scope=region ?q=zzzz
aino     workspace:see-accessibility
aino     workspace:see-privacy
aino     workspace:list-mail
aino     workspace:see-components
aino     people:see-unit                       scope=region
aino     people:see-unit                       scope=school
aino     people:see-unit                       scope=other_school
aino     people:edit-unit                      scope=school
aino     people:end-unit                       scope=school
aino     people:list-units                     scope=region
aino     people:list-units                     scope=region ?q=zzzz
aino     people:add-unit                       scope=tampere step=details
aino     people:add-unit                       scope=tampere step=leader
aino     people:list-persons                   scope=region
aino     people:see-person                     scope=school pk=celia
aino     people:give-role                      scope=school pk=celia
aino     people:end-role                       scope=school pk=role
aino     people:list-invitations               scope=region
aino     people:invite-person                  scope=school
aino     people:import-units                   scope=tampere
aino     people:see-import                     scope=tampere pk=tried
aino     people:see-import                     scope=tampere pk=done
aino     people:see-import                     scope=tampere pk=discarded
aino     people:list-audit                     scope=region
aino     people:see-my-account
aino     people:list-my-sessions
aino     people:see-unit                       scope=elsewhere 404
aino     account_logout
aino     account_email
aino     account_set_password
aino     account_reauthenticate                403
aino     mfa_index
aino     mfa_activate_totp
aino     mfa_generate_recovery_codes
aino     mfa_list_webauthn
aino     mfa_add_webauthn
aino     socialaccount_connections
nobody   programme:see-public-programme        programme=programme
aino     programme:list-programmes             scope=region
farid    programme:list-programmes             scope=elsewhere
aino     programme:import-plan                 scope=tampere
aino     programme:see-programme               scope=region programme=programme
aino     programme:see-programme               scope=tampere programme=programme
aino     programme:list-measures               scope=region programme=programme
aino     programme:see-measure                 scope=region programme=programme code=M11
aino     programme:tell-measure                scope=tampere programme=programme code=M11
aino     programme:list-milestones             scope=region programme=programme
aino     programme:list-milestones             scope=region programme=programme ?q=zzzz
aino     programme:tell-state                  scope=tampere programme=programme code=M11 period=2024-25
aino     programme:list-programme-indicators   scope=region programme=programme
aino     programme:list-findings               scope=region programme=programme
aino     programme:add-finding                 scope=region programme=programme
aino     programme:see-finding                 scope=region programme=programme code=finding
aino     programme:edit-finding                scope=region programme=programme code=finding
aino     programme:close-finding               scope=region programme=programme code=finding
aino     programme:see-money                   scope=region programme=programme
aino     programme:add-budget-line             scope=region programme=programme
aino     programme:edit-budget-line            scope=region programme=programme code=line
aino     programme:add-decision                scope=region programme=programme
aino     programme:edit-decision               scope=region programme=programme code=decision
aino     programme:list-versions               scope=region programme=programme
aino     programme:compare-versions            scope=region programme=programme old=1 new=plan_draft
aino     programme:publish-draft               scope=region programme=programme
aino     programme:edit-plan                   scope=region programme=programme
aino     programme:edit-item                   scope=region programme=programme code=PP1
aino     programme:edit-milestone              scope=region programme=programme code=M11 period=2024-25
aino     programme:add-measure                 scope=region programme=programme code=PP1
aino     programme:link-indicators             scope=region programme=programme code=M11
aino     programme:see-clock                   scope=region programme=programme
aino     programme:add-event                   scope=region programme=programme
aino     programme:edit-event                  scope=region programme=programme pk=event
aino     programme:compare-members             scope=region programme=programme
aino     programme:edit-consent                scope=tampere programme=programme
aino     programme:list-rounds                 scope=region programme=programme
aino     programme:open-round                  scope=region programme=programme
aino     programme:see-round                   scope=region programme=programme pk=round
aino     programme:list-networks               scope=region programme=programme
aino     programme:found-network               scope=region programme=programme
aino     programme:see-network                 scope=region programme=programme network=network
aino     programme:decide-member               scope=region programme=programme network=network unit=applied
aino     programme:ask-members                 scope=region programme=programme network=network
aino     programme:publish-concept             scope=region programme=programme network=network
bilal    programme:adopt-concept               scope=school programme=programme network=network
nobody   programme:see-public-network          programme=programme network=network
celia    programme:see-my-unit                 scope=school
celia    programme:see-programme               scope=school programme=programme
celia    programme:tell-state                  scope=school programme=programme code=M11 period=2024-25
bilal    questionnaires:list-collections       scope=school
aino     questionnaires:list-collections       scope=tampere
farid    questionnaires:list-collections       scope=elsewhere
aino     questionnaires:open-collection        scope=tampere version=small_version
aino     questionnaires:see-collection         scope=tampere pk=collection
bilal    questionnaires:see-summary            pk=response
bilal    questionnaires:list-versions          pk=response
bilal    questionnaires:list-versions          pk=handed_in
bilal    questionnaires:see-receipt            pk=handed_in number=1
bilal    questionnaires:list-people            pk=response
nobody   questionnaires:open-link              token=unknown 410
aino     questionnaires:open-survey            scope=tampere version=survey_version
aino     questionnaires:see-survey             scope=tampere pk=survey
aino     questionnaires:see-common-link        scope=tampere pk=survey unit=survey_unit
aino     questionnaires:move-closing           scope=tampere pk=survey
aino     questionnaires:see-results            scope=tampere pk=survey_settled
bilal    questionnaires:see-results            scope=school pk=survey_settled
nobody   questionnaires:answer-survey          token=survey_token
nobody   questionnaires:answer-survey          token=unknown 410
nobody   questionnaires:answer-by-common-link  pk=survey unit=survey_unit token=survey_common
celia    questionnaires:list-own-sheets
nobody   reports:see-public-report              pk=published
aino     reports:list-reports                  scope=tampere
aino     reports:list-reports                  scope=region ?state=approved
aino     reports:begin-report                  scope=tampere programme=koe-2024-2027 kind=evaluation
aino     reports:see-report                    scope=tampere pk=drafted
aino     reports:see-report                    scope=tampere pk=frozen
aino     reports:see-report                    scope=school pk=published
aino     reports:freeze-report                 scope=tampere pk=drafted
aino     reports:prepare-matter                scope=tampere pk=frozen
aino     reports:decide-report                 scope=tampere pk=frozen
aino     reports:publish-report                scope=tampere pk=published
aino     reports:renew-report                  scope=tampere pk=published
aino     reports:verify-report                 scope=tampere pk=frozen
celia    reports:see-report                    scope=school pk=published
celia    workspace:see-home                    scope=school
celia    people:see-unit                       scope=school
celia    people:list-persons                   scope=school 403
hilkka   people:see-my-account
hilkka   account_change_password
hilkka   account_reauthenticate
hilkka   mfa_index
hilkka   mfa_reauthenticate
hilkka   mfa_reauthenticate_webauthn
hilkka   mfa_deactivate_totp
hilkka   mfa_view_recovery_codes
hilkka   mfa_list_webauthn
hilkka   mfa_edit_webauthn                     pk=passkey
hilkka   mfa_remove_webauthn                   pk=passkey
aino     indicators:list-indicators            scope=region
aino     indicators:list-indicators            scope=school ?q=zzzz
aino     indicators:see-indicator              scope=region key=followed
aino     indicators:see-indicator              scope=school key=followed
aino     indicators:see-indicator              scope=nokia key=followed
aino     indicators:see-trace                  scope=region key=followed
aino     indicators:see-trace                  scope=nokia key=followed 404
aino     indicators:compare-units              scope=tampere key=followed
aino     indicators:compare-units              scope=nokia key=followed
aino     indicators:see-definition             scope=region key=followed
aino     indicators:define-indicator           scope=region
aino     indicators:write-definition           scope=region key=followed
aino     indicators:rename-indicator           scope=region key=followed
aino     indicators:retire-indicator           scope=region key=followed
aino     indicators:list-targets               scope=school key=followed
aino     indicators:list-targets               scope=nokia key=followed
aino     indicators:set-target                 scope=school key=followed
aino     indicators:withdraw-target            scope=school key=followed pk=target
aino     indicators:list-observations          scope=region
aino     indicators:enter-observation          scope=school
aino     indicators:enter-observation          scope=school ?indicator=followed&unit=kapytikan-esimerkkikoulu
aino     indicators:enter-many                 scope=tampere ?indicator=followed
aino     indicators:see-observation            scope=school pk=approved
aino     indicators:see-observation            scope=school pk=draft
aino     indicators:see-observation            scope=school pk=submitted
aino     indicators:edit-observation           scope=school pk=draft
aino     indicators:change-observation         scope=school pk=approved
aino     indicators:send-back-observation      scope=school pk=submitted
aino     indicators:approve-observations       scope=region
aino     indicators:approve-observations       scope=nokia
aino     indicators:import-observations        scope=school
aino     indicators:see-import                 scope=school pk=figures_tried
aino     indicators:see-import                 scope=school pk=figures_done
aino     indicators:list-facts                 scope=tampere
aino     indicators:list-keys                  scope=school
aino     indicators:list-keys                  scope=nokia
aino     indicators:make-key                   scope=school
celia    indicators:see-indicator              scope=school key=followed
celia    indicators:see-trace                  scope=school key=followed
visitor  workspace:enter
"""
    + AUTHORS.lstrip()
    + ANSWERING.lstrip()
    + MONEY
    + LEARNING.lstrip()
)


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    who: str
    name: str
    given: dict[str, str]
    query: str
    status: int

    def __str__(self) -> str:
        return " ".join([self.who, self.name, *self.given.values(), self.query]).strip()


def lines() -> list[Line]:
    """Return the list as values."""
    found = []
    for text in PAGES.strip().splitlines():
        who, name, *rest = text.split()
        given = dict(word.split("=", 1) for word in rest if "=" in word and not word.startswith("?"))
        query = next((word for word in rest if word.startswith("?")), "")
        status = next((int(word) for word in rest if word.isdigit()), 200)
        found.append(Line(who, name, given, query, status))
    return found


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Yield the name of every address of the product."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


class Stage:
    """The cast, what its people have done, and one record of each kind that the pages show."""

    def __init__(self, cast: Cast) -> None:
        """Let the people do it."""
        self.cast = cast
        give_password(cast.hilkka)
        self.values: dict[str, Any] = {
            "token": self._invitations(),
            "celia": cast.celia.person.pk,
            "role": RoleAssignment.objects.get(person=cast.celia.person, role=Role.TEACHER).pk,
            "confirming": EmailConfirmationHMAC(EmailAddress.objects.get(email=cast.eeva.email)).key,
            "reset_link": self._ask_reset(cast.hilkka),
            **self._imports(),
            **self._followed(),
            **self._programme(),
            **self._reported(),
            **questioned(cast),
            **money(cast),
            **learning(cast),
        }
        self._second_factors(cast.hilkka)
        end_unit(unit=cast.other_school, last_day=clock.today().replace(day=1), reason="Yhdistyi", by=cast.aino)

    def _reported(self) -> dict[str, Any]:
        """Write a draft, freeze a report, publish another."""
        made = make_reported(self.cast)
        return {"drafted": made.draft.pk, "frozen": made.frozen.pk, "published": made.published.pk}

    def _invitations(self) -> str:
        """Send two invitations and withdraw one; return the secret of the other."""
        oona = Invitee(email="oona@luotsi.example", given_name="Oona", family_name="Esimerkki")
        petra = Invitee(email="petra@luotsi.example", given_name="Petra", family_name="Malli")
        given: dict[str, Any] = {"role": Role.TEACHER, "unit": self.cast.school, "by": self.cast.aino}
        withdraw_invitation(invitation=issue_invitation(invitee=petra, **given).invitation, by=self.cast.aino)
        return issue_invitation(invitee=oona, **given).link.rstrip("/").rpartition("/")[2]

    def _imports(self) -> dict[str, Any]:
        """Try one file, import another, discard a third."""
        tried, done, discarded = (self._tried(name) for name in ("Hauen", "Kuhan", "Siian"))
        run_import(found=done, expected=(1, 0), by=self.cast.aino)
        discard_import(found=discarded, by=self.cast.aino)
        return {"tried": tried.pk, "done": done.pk, "discarded": discarded.pk}

    def _followed(self) -> dict[str, Any]:
        """Follow an indicator, with a figure in each state, a target and a key."""
        made = make_followed(self.cast, "followed")
        figures_of([made.indicator], self.cast.region)  # the engine is loaded before anybody waits for it
        return {
            "figures_tried": made.tried.pk,
            "figures_done": made.imported.pk,
            "target": made.target.pk,
            **{name: getattr(made, name).pk for name in ("approved", "draft", "submitted")},
        }

    def _programme(self) -> dict[str, Any]:
        """Import the plan of the region, publish it, open its page, and write down one record of each kind."""
        return make_staged(self.cast).values

    def _tried(self, name: str) -> UnitImport:
        rows = f"kind;name_fi;parent\ninstitution;{name} esimerkkikoulu;837\ninstitution;;837\n".encode()
        upload = uploads.read(SimpleUploadedFile(f"{name}.csv", rows), kinds=frozenset({uploads.CSV}))
        return try_import(scope=self.cast.tampere, upload=upload, by=self.cast.aino)

    def _second_factors(self, account: Account) -> None:
        TOTP.activate(account, generate_totp_secret())
        RecoveryCodes.activate(account)
        passkey = Authenticator(user=account, type="webauthn", data={"name": "Puhelin", "credential": credential()})
        passkey.save(force_insert=True)
        self.values["passkey"] = passkey.pk

    def _ask_reset(self, account: Account) -> str:
        Client().post(reverse("account_reset_password"), {"email": account.email})
        return link_in(last_mail())

    @cached_property
    def pending(self) -> Client:
        """Hilkka's browser between password and second factor."""
        client = Client()
        client.post(reverse("account_login"), {"login": self.cast.hilkka.email, "password": PASSWORD})
        return client

    @cached_property
    def visitor(self) -> Account:
        """Somebody who is signed in and has no role."""
        account = Account(email="valma@luotsi.example")
        account.set_unusable_password()
        account.save(force_insert=True)
        return account

    def person(self, who: str) -> Account | Client | None:
        """Return whose browser to open."""
        if who == "nobody":
            return None
        if isinstance(known := self.values.get(who), Account):
            return known
        found: Account | Client = getattr(self if who in {"pending", "visitor"} else self.cast, who)
        return found

    def path(self, line: Line) -> str:
        """Return the address of a line."""
        if "path" in line.given:
            return str(self.values[line.given["path"]])
        made = {key: self._value(key, word) for key, word in line.given.items()}
        return reverse(line.name, kwargs=made) + line.query

    def _value(self, key: str, word: str) -> Any:
        if key == "scope" and word not in self.values:
            return getattr(self.cast, word).key
        return self.values.get(word, word)
