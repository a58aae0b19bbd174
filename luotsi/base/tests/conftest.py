"""Fixtures of the base room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model

from luotsi.base.tests.house import Builder, House

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@pytest.fixture
def account(db: None) -> AbstractBaseUser:
    """Return somebody who does things; the base room does not know what an account is."""
    made = get_user_model()(email="aino@example.org")
    made.save(force_insert=True)
    return made


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Yield the builder of houses."""
    built = Builder(tmp_path_factory.mktemp("houses"))
    yield built
    built.tear_down()


@pytest.fixture
def house(builder: Builder) -> House:
    """Return a house with an empty, migrated database of its own."""
    return builder.build()
