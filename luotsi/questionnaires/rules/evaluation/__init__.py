"""What follows from answers: visibility, duties, errors, values worked out, and what is handed in."""

from luotsi.questionnaires.rules.evaluation.evaluating import evaluate
from luotsi.questionnaires.rules.evaluation.forms import Form, form_of
from luotsi.questionnaires.rules.evaluation.outcome import Error, Outcome

__all__ = ["Error", "Form", "Outcome", "evaluate", "form_of"]
