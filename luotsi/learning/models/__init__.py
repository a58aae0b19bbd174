"""Tables of the learning room."""

from luotsi.learning.models.guidance import Caseload, GuidanceDeed, Judgement, Need, Saying
from luotsi.learning.models.learners import Learner, Notice, Placement, Traits
from luotsi.learning.models.scoring import DriftWatch, GuidanceSwitch, RiskModel, Score, ScoreView
from luotsi.learning.models.staggered import StaggeredStart, StartingUnit
from luotsi.learning.models.studies import (
    Absence,
    Extract,
    QualityFinding,
    StudyImport,
    StudyLine,
    StudyPlan,
    StudyRight,
    WorkPeriod,
)
from luotsi.learning.models.turns import Turn
from luotsi.learning.models.tuva import TuvaPlan

__all__ = [
    "Absence",
    "Caseload",
    "DriftWatch",
    "Extract",
    "GuidanceDeed",
    "GuidanceSwitch",
    "Judgement",
    "Learner",
    "Need",
    "Notice",
    "Placement",
    "QualityFinding",
    "RiskModel",
    "Saying",
    "Score",
    "ScoreView",
    "StaggeredStart",
    "StartingUnit",
    "StudyImport",
    "StudyLine",
    "StudyPlan",
    "StudyRight",
    "Traits",
    "Turn",
    "TuvaPlan",
    "WorkPeriod",
]
