"""`luotsi demo`: load the demo, list the people to sign in as."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luotsi.people.actions.demo import DemoRefused, load_demo, reset_demo
from luotsi.people.queries.demo import DEMO_PASSWORD, demo_people


class Command(BaseCommand):
    """Loads the demo once; running it again changes nothing."""

    help = "Load the demo: real municipalities, invented schools and people (only with LUOTSI_DEMO=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --reset."""
        parser.add_argument("--reset", action="store_true", help="Take away all units, persons and accounts first.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo and print the cast."""
        try:
            if options["reset"]:
                reset_demo()
            loaded = load_demo()
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("Demo loaded." if loaded else "The demo is there already.")
        if options["verbosity"] > 0:
            for person in demo_people():
                self.stdout.write(f"  {person.name:<24} {person.email:<28} {person.role}")
            self.stdout.write(f"Everybody's password: {DEMO_PASSWORD}")
