"""How the states of applications and calls are marked."""

from luotsi.funding.models import Application

MARKS: dict[str, str] = {
    Application.State.PREPARING: "run",
    Application.State.DROPPED: "none",
    Application.State.SUBMITTED: "use",
    Application.State.GRANTED: "done",
    Application.State.PARTLY: "done",
    Application.State.REFUSED: "late",
    Application.State.WITHDRAWN: "none",
}
