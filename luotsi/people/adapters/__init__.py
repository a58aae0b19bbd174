"""The edge towards django-allauth: its hooks, told in Luotsi's words (settings name these classes)."""

from luotsi.people.adapters.account import AccountAdapter
from luotsi.people.adapters.backend import AccountBackend
from luotsi.people.adapters.identity import IdentityAdapter
from luotsi.people.adapters.second_factor import SecondFactorAdapter

__all__ = ["AccountAdapter", "AccountBackend", "IdentityAdapter", "SecondFactorAdapter"]
