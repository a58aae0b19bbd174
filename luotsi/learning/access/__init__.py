"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from luotsi.learning.access.findings import findings_visible_to
from luotsi.learning.access.guidance import (
    caseload_for,
    caseloads_of,
    counsellors_of,
    group_taught_by,
    need_for,
    own_learner,
    saying_for,
)
from luotsi.learning.access.learners import (
    guided_learner_for,
    guides,
    learner_for,
    learner_of,
    learners_guided_by,
    learners_visible_to,
    may_do,
    require,
)
from luotsi.learning.access.models import model_for, models_of, provider_for
from luotsi.learning.access.pages import pages_of_followed, pages_of_guided
from luotsi.learning.access.registers import import_for, imports_of
from luotsi.learning.access.staggered import start_for
from luotsi.learning.access.tuva import (
    Preparing,
    answering_for,
    planning_for,
    preparing_for,
    tuva_right_of,
    tuva_version_for,
)

__all__ = [
    "Preparing",
    "answering_for",
    "caseload_for",
    "caseloads_of",
    "counsellors_of",
    "findings_visible_to",
    "group_taught_by",
    "guided_learner_for",
    "guides",
    "import_for",
    "imports_of",
    "learner_for",
    "learner_of",
    "learners_guided_by",
    "learners_visible_to",
    "may_do",
    "model_for",
    "models_of",
    "need_for",
    "own_learner",
    "pages_of_followed",
    "pages_of_guided",
    "planning_for",
    "preparing_for",
    "provider_for",
    "require",
    "saying_for",
    "start_for",
    "tuva_right_of",
    "tuva_version_for",
]
