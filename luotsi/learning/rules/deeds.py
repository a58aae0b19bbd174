"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS: dict[str, str] = {
    "learning.caseload.changed": _("Caseload changed"),
    "learning.caseload.ended": _("Caseload ended"),
    "learning.caseload.taken": _("Caseload taken"),
    "learning.absences.forgotten": _("Old hours away forgotten"),
    "learning.caseloads.forgotten": _("Ended caseloads forgotten"),
    "learning.judgements.forgotten": _("Old judgements of teachers forgotten"),
    "learning.learners.forgotten": _("Learners forgotten whose studies ended long ago"),
    "learning.score-views.forgotten": _("Old views of scores forgotten"),
    "learning.scores.forgotten": _("Old scores forgotten"),
    "learning.study-imports.forgotten": _("Old imports of study data forgotten"),
    "learning.import.done": _("Study data taken in"),
    "learning.tuva.agreed": _("TUVA plan agreed"),
    "learning.tuva.proposed": _("TUVA plan proposed"),
    "learning.tuva.saved": _("TUVA plan saved"),
    "learning.tuva.turned_down": _("TUVA plan turned down"),
    "learning.deed.written": _("Guidance log written"),
    "learning.judgement.given": _("Start of studies judged"),
    "learning.learner.objected": _("Learner objected"),
    "learning.learner.took-back": _("Objection taken back"),
    "learning.need.closed": _("Need for guidance ended"),
    "learning.need.moved": _("Need for guidance given to somebody else"),
    "learning.need.opened": _("Need for guidance opened"),
    "learning.need.outcome": _("Outcome of guidance told"),
    "learning.saying.answered": _("Learner answered"),
    "learning.saying.said": _("Learner said something"),
    "learning.week.ordered": _("Order of the week drawn anew"),
    "learning.week.scored": _("Week scored"),
}
