"""Applications: beginning one, changing what is told of it, handing it in and taking it back."""

from luotsi.funding.actions.applications.keeping import (
    ApplicationDetails,
    begin_application,
    change_application,
    details_of,
)
from luotsi.funding.actions.applications.moving import Handing, move_application, submit_application

__all__ = [
    "ApplicationDetails",
    "Handing",
    "begin_application",
    "change_application",
    "details_of",
    "move_application",
    "submit_application",
]
