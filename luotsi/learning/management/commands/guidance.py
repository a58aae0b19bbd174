"""`luotsi guidance`: what can be done with models of the need for guidance from a terminal, a verb each."""

from luotsi.base.verbs import VerbsCommand
from luotsi.learning.management.verbs import benchmark


class Command(VerbsCommand):
    """Hands over to the verb."""

    help = "Shows on public data how well the way from cohorts to a model holds (benchmark)."
    verbs = {"benchmark": benchmark}
