"""Records of this room."""

from luotsi.funding.models.applications import Application, ApplicationLink, ApplicationMember
from luotsi.funding.models.calls import Call, Funder

__all__ = ["Application", "ApplicationLink", "ApplicationMember", "Call", "Funder"]
