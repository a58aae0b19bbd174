"""How the actions of this room say no."""

from luotsi.base.errors import Refused


class QuestionnaireRefused(Refused):
    """A version that cannot be published, or a collection that cannot be opened or closed."""


class AnswerRefused(Refused):
    """A response that cannot be begun, written, shared or renewed as asked."""


class SubmitRefused(Refused):
    """A response that cannot be handed in yet, or any more."""
