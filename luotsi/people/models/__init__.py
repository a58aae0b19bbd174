"""Records of the people room: units, reference data, accounts, persons, roles, invitations, imports."""

from luotsi.people.models.accounts import Account, Person
from luotsi.people.models.imports import UnitImport
from luotsi.people.models.invitations import Invitation
from luotsi.people.models.reference import InstitutionType, Municipality
from luotsi.people.models.roles import RoleAssignment
from luotsi.people.models.units import Unit

__all__ = [
    "Account",
    "InstitutionType",
    "Invitation",
    "Municipality",
    "Person",
    "RoleAssignment",
    "Unit",
    "UnitImport",
]
