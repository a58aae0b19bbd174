"""What is decided about grants, as pure functions: what an application says, and what is wrong with it."""

from luotsi.base.declarations import PersonalData

PERSONAL_DATA: tuple[PersonalData, ...] = ()
