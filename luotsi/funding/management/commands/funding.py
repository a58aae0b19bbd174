"""`luotsi funding`: what can be done with calls and applications from a terminal, a verb each."""

from luotsi.base.verbs import VerbsCommand
from luotsi.funding.management.verbs import check, schema


class Command(VerbsCommand):
    """Hands over to the verb."""

    help = "Tells what is wrong with an application (check); prints the schema of the files (schema)."
    verbs = {"check": check, "schema": schema}
