"""Inserting many rows at once: as if each had been saved, or none of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from luotsi.base import bulk, clock
from luotsi.base.models import OutboxMail

pytestmark = pytest.mark.django_db

NAMES = ("to", "subject", "key")


def insert(*rows: tuple[str, str, str]) -> int:
    now = clock.now()
    same = {"body": "Hei", "html": "", "language": "sv", "created_at": now, "not_before": now}
    return bulk.insert(OutboxMail, NAMES, rows, attempts=0, last_error="", sent_at=None, **same)


class TestInserting:
    def test_rows_are_there_as_if_each_had_been_saved(self) -> None:
        rows = [(f"a{number}@luotsi.example", "Ääkköset", f"key-{number}") for number in range(7)]
        assert insert(*rows) == 7
        found = list(OutboxMail.objects.order_by("key"))
        assert [(one.to, one.subject, one.key) for one in found] == rows
        assert {(one.body, one.language, one.sent_at) for one in found} == {("Hei", "sv", None)}
        assert len({one.pk for one in found}) == 7
        assert OutboxMail.objects.get(pk=found[3].pk) == found[3]

    def test_parts_make_a_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bulk, "BATCH", 3)
        assert insert(*[("a@luotsi.example", "x", f"key-{number}") for number in range(7)]) == 7
        assert OutboxMail.objects.count() == 7

    def test_nothing_is_nothing(self) -> None:
        assert insert() == 0

    def test_a_constraint_takes_all_of_them_back(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(("a@luotsi.example", "x", "same"), ("b@luotsi.example", "x", "same"))
        assert not OutboxMail.objects.exists()


class TestReading:
    def test_rows_are_as_a_query_gives_them_but_for_their_keys(self) -> None:
        insert(*[("a@luotsi.example", "x", f"key-{number}") for number in range(7)])
        OutboxMail.objects.filter(key="key-3").update(sent_at=clock.now())
        found, names = OutboxMail.objects.order_by("key"), ("to", "created_at", "sent_at", "attempts", "pk")
        told = [(*values, key.hex) for *values, key in found.values_list(*names)]
        assert list(bulk.rows(found, *names)) == told
        assert len(told) == 7

    def test_many_blocks_make_a_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        insert(*[("a@luotsi.example", "x", f"key-{number}") for number in range(7)])
        monkeypatch.setattr(bulk, "BATCH", 3)
        told = [f"key-{number}" for number in range(7)]
        assert [key for (key,) in bulk.rows(OutboxMail.objects.order_by("key"), "key")] == told

    def test_nothing_is_nothing(self) -> None:
        assert list(bulk.rows(OutboxMail.objects.all(), "key")) == []
        assert list(bulk.rows(OutboxMail.objects.none(), "key")) == []
