"""`luotsi region`: founds a city region of education providers, and invites its first coordinator if asked."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from luotsi.base.errors import Refused
from luotsi.base.names import Names
from luotsi.people.actions.invitations import Invitee, Issued, issue_invitation
from luotsi.people.actions.regions import found_region
from luotsi.people.management.commands.invite import municipality_numbered, told
from luotsi.people.models import Unit
from luotsi.people.models.accounts import LANGUAGES
from luotsi.people.rules import Role


class Command(BaseCommand):
    """Founds the region as the installation itself; nothing is done when any part of it is refused."""

    help = "Founds a city region, brings its education providers below it, and invites its first coordinator if asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the names, the member municipalities and, if wished, whom to invite."""
        parser.add_argument("--name-fi", required=True)
        parser.add_argument("--name-sv", default="")
        parser.add_argument("--name-en", default="")
        parser.add_argument(
            "--member",
            action="append",
            required=True,
            metavar="MUNICIPALITY_NUMBER",
            help="A municipality whose education provider belongs to the region, such as 837; once for each.",
        )
        parser.add_argument("--coordinator", metavar="EMAIL", help="Whom to invite to coordinate the region.")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")
        parser.add_argument("--language", choices=[code for code, _name in LANGUAGES], default="fi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, invite and tell; exit code 1 with the reasons when it is refused."""
        with translation.override("en"):
            try:
                region, issued = self._found(options)
            except Refused as refused:
                raise CommandError(str(refused)) from None
            members = ", ".join(str(unit) for unit in region.children.all())
            self.stdout.write(f"Founded {region} ({region.key}) with {members}.")
            for line in told(issued) if issued else ():
                self.stdout.write(line)

    @transaction.atomic
    def _found(self, options: dict[str, Any]) -> tuple[Unit, Issued | None]:
        names = Names(fi=options["name_fi"], sv=options["name_sv"], en=options["name_en"])
        members = [municipality_numbered(number) for number in dict.fromkeys(options["member"])]
        region = found_region(names=names, members=members, by=None)
        if not options["coordinator"]:
            return region, None
        if not (options["given_name"] and options["family_name"]):
            raise CommandError("Give --given-name and --family-name of the coordinator too.")
        invitee = Invitee(
            email=options["coordinator"],
            given_name=options["given_name"],
            family_name=options["family_name"],
            language=options["language"],
        )
        return region, issue_invitation(invitee=invitee, role=Role.COORDINATOR, unit=region, by=None)
