"""Which way an application may go from where it stands."""

from __future__ import annotations

from enum import StrEnum

from luotsi.funding.rules.portfolio import Standing


class Move(StrEnum):
    """What may be done with an application as a whole."""

    SUBMIT = "submit"
    DROP = "drop"
    WITHDRAW = "withdraw"
    RESUME = "resume"


# In the funder's own system things are told after they happened, so that a mistake in the telling can be undone; what
# was handed in to a unit of this installation is with its officers and stays there.
FOREIGN: dict[Standing, dict[Move, Standing]] = {
    Standing.PREPARING: {Move.SUBMIT: Standing.SUBMITTED, Move.DROP: Standing.DROPPED},
    Standing.DROPPED: {Move.RESUME: Standing.PREPARING},
    Standing.SUBMITTED: {Move.WITHDRAW: Standing.WITHDRAWN, Move.RESUME: Standing.PREPARING},
    Standing.WITHDRAWN: {Move.RESUME: Standing.SUBMITTED},
}
OWN: dict[Standing, dict[Move, Standing]] = {
    Standing.PREPARING: {Move.SUBMIT: Standing.SUBMITTED, Move.DROP: Standing.DROPPED},
    Standing.DROPPED: {Move.RESUME: Standing.PREPARING},
    Standing.SUBMITTED: {Move.WITHDRAW: Standing.WITHDRAWN},
}


def moves_from(standing: Standing, *, own: bool) -> dict[Move, Standing]:
    """Return where each move leads from a standing; `own` for a call that a unit of this installation opened."""
    return dict((OWN if own else FOREIGN).get(standing, {}))
