"""`luotsi study`: what can be done with study data from a terminal, a verb each."""

from luotsi.base.verbs import VerbsCommand
from luotsi.learning.management.verbs import college, validate


class Command(VerbsCommand):
    """Hands over to the verb."""

    help = "Tells what is wrong with files of study data (validate); invents those of a whole college (college)."
    verbs = {"college": college, "validate": validate}
