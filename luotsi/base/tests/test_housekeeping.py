"""Keeping house once a day: every room is asked, and one that fails does not hold up the others."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from luotsi.base import clock, ids, privacy
from luotsi.base.housekeeping import keep_house
from luotsi.base.models import PersonalDataView

asked: list[str] = []


def fails() -> None:
    asked.append("fails")
    raise ValueError("a row that cannot be read")


def finds_no_database() -> None:
    asked.append("finds_no_database")
    raise OperationalError("away")


def does_its_part() -> None:
    asked.append("does_its_part")


@pytest.fixture(autouse=True)
def nobody_asked() -> None:
    asked.clear()


class TestKeepingHouse:
    @pytest.mark.django_db
    def test_every_room_of_the_product_does_its_part(self, account: Any) -> None:
        with time_machine.travel(clock.now() - privacy.KEEP_VIEWS - timedelta(days=1)):
            privacy.log_view(by=account, person_id=ids.new_id(), what="roles")
        keep_house()
        assert not PersonalDataView.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_what_fails_is_logged_and_holds_up_nobody(self, settings: Any, caplog: Any) -> None:
        settings.LUOTSI_DAILY = [f"{__name__}.fails", f"{__name__}.does_its_part"]
        with caplog.at_level(logging.ERROR):
            keep_house()
        assert asked == ["fails", "does_its_part"]
        assert "fails has failed" in caplog.text

    def test_a_database_that_is_away_ends_the_round(self, settings: Any) -> None:
        settings.LUOTSI_DAILY = [f"{__name__}.finds_no_database", f"{__name__}.does_its_part"]
        with pytest.raises(OperationalError):
            keep_house()
        assert asked == ["finds_no_database"]
