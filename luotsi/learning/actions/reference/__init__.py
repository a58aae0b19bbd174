"""The indicators of studies that come with the program, each a definition with what is counted in words.

They are brought up when there are rights to study: whoever has none is not shown a dozen empty figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base.names import Names
from luotsi.indicators.actions.reference import Declared, bring_up
from luotsi.learning.actions.reference.advance import at_work, behind, fresh, guidance, late, shown
from luotsi.learning.actions.reference.engagement import answered, engaged, present
from luotsi.learning.actions.reference.outcomes import completion, gone, left, went_on
from luotsi.learning.models import StudyRight
from luotsi.learning.rules import figures as keys

if TYPE_CHECKING:
    from luotsi.people.models import Account


def declared() -> tuple[Declared, ...]:
    """Return the indicators of studies, in the order of their page."""
    return (
        completion(keys.COMPLETED_3, "3", ("kolmessa", "tre", "three")),
        completion(keys.COMPLETED_3_5, "3.5", ("kolmessa ja puolessa", "tre och ett halvt", "three and a half")),
        completion(keys.COMPLETED_4, "4", ("neljässä", "fyra", "four")),
        left(),
        gone(),
        late(),
        behind(),
        fresh(),
        shown(),
        at_work(),
        guidance(
            keys.GUIDANCE_PLANNED,
            Names(
                fi="Suunniteltu opetus ja ohjaus oppijaa kohti",
                sv="Planerad undervisning och handledning per studerande",
                en="Teaching and guidance planned for each learner",
            ),
            "planned",
            Names(
                fi="HOKSien opetuksen ja ohjauksen tunnit",
                sv="Planernas timmar av undervisning och handledning",
                en="Hours of teaching and guidance in the plans",
            ),
            decimals=1,
        ),
        guidance(
            keys.GUIDANCE_GIVEN,
            Names(
                fi="Annettu ohjaus oppijaa kohti 12 kuukaudessa",
                sv="Given handledning per studerande på 12 månader",
                en="Guidance given to each learner in 12 months",
            ),
            "given",
            Names(
                fi="Ohjauslokin tunnit 12 kuukauden ajalta",
                sv="Timmar i handledningsloggen under 12 månader",
                en="Hours in the guidance log of 12 months",
            ),
            decimals=2,
        ),
        went_on(),
        engaged(),
        answered(),
        present(),
    )


def load_reference(*, by: Account | None = None) -> int:
    """Bring the indicators of studies up to what is declared, where there are rights to study."""
    return bring_up(declared(), by=by) if StudyRight.objects.exists() else 0
