"""Words of the rules over right and plan together (X)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.learning.queries.rule_words.words import DONE, LATE, REFUSED, RESULTS, WORK, YEARS, Words

WORDS: dict[str, Words] = {
    "X01": Words(
        title=_("Nobody’s studies"),
        message=_("The document has neither the OID nor the identity code of a learner."),
        fix=_("Add the OID of the learner."),
        why=REFUSED,
    ),
    "X02": Words(
        title=_("An identity code that cannot be"),
        message=_("The identity code is not one: its form, its day or its check character is wrong."),
        fix=_("Look the code up again and correct it."),
        why=REFUSED,
    ),
    "X03": Words(
        title=_("No personal plan"),
        message=_("The studies began on %(day)s, more than a month ago, and have no personal plan."),
        fix=_("Make the plan with the learner; if there is one, join it to this right to study."),
        why=_("A personal plan is everybody’s right, and without it nobody can tell who is late."),
    ),
    "X04": Words(
        title=_("A plan without its right"),
        message=_("The plan belongs to the right to study %(right)s, which the learner does not have."),
        fix=_("Join the plan to the right it belongs to, or take it away."),
        why=LATE,
    ),
    "X05": Words(
        title=_("A plan that nobody has touched"),
        message=_("The plan was changed last on %(day)s, %(days)s days ago."),
        fix=_("Go through the plan with the learner; if it still holds, confirm it."),
        why=LATE,
    ),
    "X06": Words(
        title=_("A demonstration without a grade"),
        message=_("The demonstration of part %(part)s was planned until %(day)s, but the part has no grade."),
        fix=_("Grade the part, or move the demonstration."),
        why=DONE,
        funding=RESULTS,
    ),
    "X07": Words(
        title=_("Done but not planned"),
        message=_("Part %(part)s was passed on %(day)s but is not in the plan."),
        fix=_("Add the part to the plan."),
        why=LATE,
    ),
    "X08": Words(
        title=_("Learning at work only in the plan"),
        message=_("By the plan “%(way)s” begins on %(day)s; the register knows nothing of it on that day."),
        fix=_("Add the period to the register, or correct the plan if it did not take place."),
        why=WORK,
    ),
    "X09": Words(
        title=_("Learning at work only in the register"),
        message=_("In the register “%(way)s” begins on %(day)s; the plan knows nothing of it."),
        fix=_("Add the period to the plan, or take it from the register if it did not take place."),
        why=WORK,
    ),
    "X10": Words(
        title=_("Two rights at the same time"),
        message=_("The right %(right)s goes on at the same time as the right %(other)s."),
        fix=_("End the one that is not used, or tell that one is within the other."),
        why=_("One learner counts as two, and leaving one of the two looks like dropping out."),
        funding=YEARS,
    ),
    "X11": Words(
        title=_("Graduated with an open plan"),
        message=_("The learner graduated on %(day)s, but the plan does not tell when competence was reached."),
        fix=_("Add the day on which competence was reached."),
        why=_("Questions to those who have graduated are sent from that day; without it nobody is asked."),
    ),
    "X12": Words(
        title=_("Another permit than before"),
        message=_("The permit of the preparatory studies is %(permit)s; first it was told to be %(before)s."),
        fix=_("Tell the permit that was told first; studies under another permit are another right."),
        why=REFUSED,
    ),
}
