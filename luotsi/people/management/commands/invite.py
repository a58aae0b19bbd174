"""`luotsi invite EMAIL`: invites somebody from the terminal, so that an empty installation gets its first person."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from luotsi.base.errors import Refused
from luotsi.people.actions.adding import provider_of
from luotsi.people.actions.invitations import Invitee, Issued, issue_invitation
from luotsi.people.models import Municipality, Unit
from luotsi.people.models.accounts import LANGUAGES
from luotsi.people.rules import Role


class Command(BaseCommand):
    """Writes the invitation as the installation itself, and prints the link that the mail carries."""

    help = "Invites somebody to a role and prints the link to accept it. Adds the provider of a municipality if asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom, to what and where; the place is a unit or the municipality of a provider."""
        parser.add_argument("email")
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--role", choices=[role.value for role in Role], default=Role.COORDINATOR.value)
        parser.add_argument("--language", choices=[code for code, _name in LANGUAGES], default="fi")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--unit", metavar="KEY", help="The unit as its address names it: /u/KEY/.")
        place.add_argument(
            "--add-provider",
            metavar="MUNICIPALITY_NUMBER",
            help="The education provider of a municipality, such as 837; added when it is not there.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite and print the link; exit code 1 with the reasons when it is refused."""
        with translation.override("en"):
            try:
                issued = self._invite(options)
            except Refused as refused:
                raise CommandError(str(refused)) from None
        for line in told(issued):
            self.stdout.write(line)

    @transaction.atomic
    def _invite(self, options: dict[str, Any]) -> Issued:
        invitee = Invitee(
            email=options["email"],
            given_name=options["given_name"],
            family_name=options["family_name"],
            language=options["language"],
        )
        return issue_invitation(invitee=invitee, role=Role(options["role"]), unit=self._place(options), by=None)

    def _place(self, options: dict[str, Any]) -> Unit:
        if number := options["add_provider"]:
            return provider_of(municipality=municipality_numbered(number), by=None)
        unit = Unit.objects.filter(key=options["unit"]).first()
        if unit is None:
            raise CommandError(f"There is no unit at /u/{options['unit']}/.")
        return unit


def told(issued: Issued) -> list[str]:
    """Return what the terminal says of an invitation: to whom and where, until when, and the link on its own line."""
    invitation = issued.invitation
    role = Role(invitation.role).value
    return [
        f"Invited {invitation.email} to be {role} at {invitation.unit} ({invitation.unit.key}).",
        f"The link is open until {invitation.expires_at:%d.%m.%Y} and works once:",
        issued.link,
    ]


def municipality_numbered(number: str) -> Municipality:
    """Return the municipality with the number; exit code 1 when the reference data have none."""
    municipality = Municipality.objects.filter(number=number).first()
    if municipality is None:
        raise CommandError(f"No municipality has the number {number}. Run `luotsi prepare` first, then look again.")
    return municipality
