"""Who acts: the guests of the demo, and teachers and learners of the college who have no account of the demo."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.people.models import Account, Person
from luotsi.people.queries.demo import GUESTS

if TYPE_CHECKING:
    from luotsi.people.rules import Role


def guest(role: Role) -> tuple[Person, Account]:
    """Return the guest of a role with the account."""
    email = next(one.email for one in GUESTS if one.role == role)
    person = Person.objects.select_related("account").get(account__email=email)
    return person, Account.objects.get(email=email)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day in Finland."""
    return datetime.combine(day, time(hour, minute), clock.HELSINKI)
