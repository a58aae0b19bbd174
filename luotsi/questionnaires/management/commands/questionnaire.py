"""`luotsi questionnaire`: what can be done with a questionnaire from a terminal, a verb each."""

from luotsi.base.verbs import VerbsCommand
from luotsi.questionnaires.management.verbs import converting, evaluating, linting, verifying


class Command(VerbsCommand):
    """Hands over to the verb."""

    help = "Tells what is wrong with a questionnaire (lint), what follows from answers; converts it; proves a copy."
    verbs = {"lint": linting, "evaluate": evaluating, "convert": converting, "verify": verifying}
