"""Keys of the indicators of studies, and the groups in which they are shown."""

COMPLETED_3 = "studies-completed-3"
COMPLETED_3_5 = "studies-completed-3-5"
COMPLETED_4 = "studies-completed-4"
LEFT = "studies-left"
GONE = "studies-gone-september"
LATE = "studies-late"
BEHIND = "studies-behind"
FRESH = "studies-plans-fresh"
SHOWN = "studies-demonstrations-in-time"
AT_WORK = "studies-at-work"
GUIDANCE_PLANNED = "studies-guidance-planned"
GUIDANCE_GIVEN = "studies-guidance-given"
WENT_ON = "studies-tuva-went-on"
ENGAGED = "studies-engagement"
ANSWERED = "studies-engagement-answered"
PRESENT = "studies-presence"

OUTCOMES = (COMPLETED_3, COMPLETED_3_5, COMPLETED_4, LEFT, GONE, WENT_ON)
ADVANCE = (LATE, BEHIND, FRESH, SHOWN, AT_WORK)
GUIDED = (GUIDANCE_PLANNED, GUIDANCE_GIVEN)
ENGAGEMENT = (ENGAGED, ANSWERED, PRESENT)
EVERY = (*OUTCOMES, *ADVANCE, *GUIDED, *ENGAGEMENT)
