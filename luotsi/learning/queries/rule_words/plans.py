"""Words of the rules of personal plans (H)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.learning.queries.rule_words.words import DONE, LATE, PLAN_REFUSED, Words

WORDS: dict[str, Words] = {
    "H01": Words(
        title=_("Nothing to acquire"),
        message=_("The plan says that competence is to be acquired, but has no part that is."),
        fix=_("Add the parts that are to be acquired, or say that nothing is."),
        why=_("There is nothing to hold progress against: nobody would see that studies stand still."),
    ),
    "H02": Words(
        title=_("A way without days"),
        message=_("A way of acquiring competence has no first or no last day."),
        fix=_("Add both days; an estimate will do and can be changed."),
        why=PLAN_REFUSED,
    ),
    "H03": Words(
        title=_("A time that ends before it begins"),
        message=_("A time in the plan begins on %(start)s and ends on %(end)s."),
        fix=_("Correct the days; often the year is wrong."),
        why=PLAN_REFUSED,
    ),
    "H04": Words(
        title=_("Interruptions that overlap or stand outside"),
        message=_("The interruption from %(start)s overlaps another one, or stands outside its time of learning."),
        fix=_("Correct the days of the interruptions; end one before the next begins."),
        why=PLAN_REFUSED,
    ),
    "H05": Words(
        title=_("A part-time share that cannot be"),
        message=_("The share of part-time work is %(share)s %%; it must be from 1 to 100."),
        fix=_("Correct the share."),
        why=PLAN_REFUSED,
    ),
    "H06": Words(
        title=_("Planned before the studies began"),
        message=_("A way of acquiring competence begins on %(day)s, before the studies began on %(start)s."),
        fix=_("Correct the first day; what was learnt before belongs to the competence acquired earlier."),
        why=PLAN_REFUSED,
    ),
    "H07": Words(
        title=_("Planned after the estimated end"),
        message=_("A part is planned until %(day)s, after the estimated end %(end)s."),
        fix=_("Move the part, or correct the estimated end in the register."),
        why=LATE,
    ),
    "H08": Words(
        title=_("More than five years"),
        message=_("A way of acquiring competence goes on from %(start)s until %(end)s."),
        fix=_("Correct the days; often the year is wrong."),
        why=PLAN_REFUSED,
    ),
    "H09": Words(
        title=_("A part of preparatory studies of more than a year"),
        message=_("A part of preparatory studies goes on from %(start)s until %(end)s, %(days)s days."),
        fix=_("Correct the days; preparatory studies take a year as a rule."),
        why=LATE,
    ),
    "H10": Words(
        title=_("More weeks than a part may have"),
        message=_("Part %(part)s is planned with %(weeks)s weeks; the most is %(most)s."),
        fix=_("Correct the weeks; days or hours are sometimes written instead."),
        why=_("Studies planned so cannot be completed in KOSKI."),
    ),
    "H11": Words(
        title=_("A part of other studies"),
        message=_("The plan has a part of the kind “%(kind)s”, but the right to study is of the kind “%(right)s”."),
        fix=_("Take the part away, or join the plan to the right it belongs to."),
        why=PLAN_REFUSED,
    ),
    "H12": Words(
        title=_("A business identifier that cannot be"),
        message=_("%(business_id)s is no business identifier: its check digit is wrong."),
        fix=_("Look the identifier up again and correct it."),
        why=PLAN_REFUSED,
    ),
    "H13": Words(
        title=_("Learning at work without a workplace"),
        message=_("The way is “%(way)s”, but no workplace is told."),
        fix=_("Add the workplace, or choose learning at school until there is one."),
        why=PLAN_REFUSED,
    ),
    "H14": Words(
        title=_("Competence reached in the future"),
        message=_("Competence is said to be reached on %(day)s, more than two weeks from now."),
        fix=_("Leave the day out until competence has been reached."),
        why=PLAN_REFUSED,
    ),
    "H15": Words(
        title=_("A demonstration without assessors"),
        message=_("Nobody is told who assesses the demonstration, neither of the school nor of the workplace."),
        fix=_("Add the assessors."),
        why=_("The demonstration cannot be graded as planned."),
    ),
    "H16": Words(
        title=_("A demonstration without contents"),
        message=_("It is not told what is done in the demonstration."),
        fix=_("Describe what the learner will do."),
        why=_("The learner and the workplace do not know what to prepare for."),
    ),
    "H17": Words(
        title=_("Changed before it was approved"),
        message=_("The plan was changed on %(day)s, before it was first approved on %(first)s."),
        fix=_("Correct the day of the approval."),
        why=DONE,
    ),
    "H18": Words(
        title=_("An extent that cannot be"),
        message=_("The extent is %(extent)s; studies have more than nothing, and no more than 999."),
        fix=_("Correct the extent."),
        why=LATE,
    ),
}
