"""What is decided about questionnaires, as pure functions: what a definition means, what follows from answers."""

from luotsi.base.declarations import PersonalData

PERSONAL_DATA: tuple[PersonalData, ...] = ()
