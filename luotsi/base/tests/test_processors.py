"""Work that is shared among processors: the same in the same order, here where others would not see or not pay."""

from __future__ import annotations

import os
from functools import partial
from multiprocessing import parent_process

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import processors
from luotsi.base.processors import spread


def weighed(by: int, share: int) -> int:
    return by * share


def whose(share: int) -> tuple[int, int]:
    """Return a share with who did it; only a process that was prepared has rooms."""
    from django.apps import apps

    return share, os.getpid() if apps.ready else 0


def end(share: int) -> int:
    """End the process that helps with the third share, as a system does that has no memory left."""
    if share == 2 and parent_process() is not None:
        os._exit(9)
    return share


def refuse(share: int) -> int:
    if share == 2:
        msg = "No share of that number."
        raise LookupError(msg)
    return share


class TestHere:
    @given(st.lists(st.integers()), st.integers(1, 9))
    def test_shares_come_back_in_their_order(self, shares: list[int], least: int) -> None:
        found = list(spread(partial(weighed, 3), shares, least=least, most=1))
        assert found == [3 * one for one in shares]

    def test_few_shares_ask_nobody(self) -> None:
        assert {pid for _share, pid in spread(whose, range(5), least=6)} == {os.getpid()}

    @pytest.mark.django_db
    def test_what_others_would_not_see_is_done_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A test is a transaction: nothing of it is there for another process."""
        with transaction.atomic():
            assert {pid for _share, pid in spread(whose, range(5), least=1, most=2)} == {os.getpid()}

    def test_there_is_one_processor_at_least(self) -> None:
        assert processors._processors() >= 1


@pytest.mark.processes
class TestElsewhere:
    @pytest.fixture(autouse=True)
    def seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the database of the tests for one that others see; the work here asks none."""
        monkeypatch.setattr(processors, "_is_seen", lambda: True)

    def test_others_do_it_prepared_and_in_order(self) -> None:
        found = list(spread(whose, range(40), least=2, most=2))
        assert [share for share, _pid in found] == list(range(40))
        assert {pid for _share, pid in found}.isdisjoint({os.getpid(), 0})

    def test_what_fails_there_fails_here(self) -> None:
        with pytest.raises(LookupError, match="No share of that number"):
            list(spread(refuse, range(4), least=2, most=2))

    def test_what_nobody_is_left_to_do_is_done_here(self, caplog: pytest.LogCaptureFixture) -> None:
        assert list(spread(end, range(9), least=2, most=2)) == list(range(9))
        assert "too little memory" in caplog.text
