"""Fixtures of the base room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@pytest.fixture
def account(db: None) -> AbstractBaseUser:
    """Return somebody who does things; the base room does not know what an account is."""
    made = get_user_model()(email="aino@example.org")
    made.save(force_insert=True)
    return made
