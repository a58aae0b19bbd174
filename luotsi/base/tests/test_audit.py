"""Writing the audit log."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.base import audit, chain, guards, ids, requests
from luotsi.base.models import AuditEntry, AuditHead, OutboxMail

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from luotsi.base.tests.house import House

ODD_TEXT = st.text(st.characters(exclude_categories=()))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | ODD_TEXT
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.times()
    | st.uuids()
    | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3),
    max_leaves=8,
)
within_one_test = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestRecording:
    def test_it_keeps_who_when_what_and_why(self, account: AbstractBaseUser) -> None:
        unit = ids.new_id()
        with requests.within("abc"):
            entry = audit.record(
                by=account,
                verb="people.unit.renamed",
                target=account,
                before={"name": "Old"},
                after={"name": "New"},
                unit_id=unit,
                reason="Asked for by the school.",
            )
        kept = AuditEntry.objects.get(pk=entry.pk)
        assert (kept.seq, kept.actor_id, kept.actor_label) == (1, account.pk, "aino@example.org")
        assert (kept.target_type, kept.target_id) == (account._meta.label_lower, str(account.pk))
        assert (kept.before, kept.after, kept.unit_id) == ({"name": "Old"}, {"name": "New"}, unit)
        assert (kept.request_id, kept.reason, kept.prev_hash) == ("abc", "Asked for by the school.", "")
        assert kept.at.tzinfo is not None

    def test_numbers_have_no_gaps_and_each_row_is_chained_to_the_one_before(self, account: AbstractBaseUser) -> None:
        rows = [audit.record(by=None, verb="x.y.z", target=account) for _ in range(3)]
        assert [row.seq for row in rows] == [1, 2, 3]
        assert [row.prev_hash for row in rows] == ["", rows[0].hash, rows[1].hash]
        assert AuditHead.objects.get().hash == rows[2].hash

    def test_what_is_rolled_back_leaves_no_row_and_no_gap(self, account: AbstractBaseUser) -> None:
        with transaction.atomic():
            audit.record(by=None, verb="x.y.undone", target=account)
            transaction.set_rollback(True)
        assert audit.record(by=None, verb="x.y.done", target=account).seq == 1

    @pytest.mark.django_db(transaction=True)
    def test_it_refuses_to_run_outside_a_transaction(self) -> None:
        with pytest.raises(TransactionManagementError):
            audit.record(by=None, verb="x.y.z", target=AuditHead(pk=1))

    @within_one_test
    @given(before=st.dictionaries(ODD_TEXT, VALUES, max_size=4), reason=ODD_TEXT)
    def test_the_hash_survives_the_database(
        self, account: AbstractBaseUser, before: dict[str, Any], reason: str
    ) -> None:
        with transaction.atomic():
            audit.record(by=account, verb="x.y.z", target=account, before=before, after=before, reason=reason)
            verdict = chain.verify()
            transaction.set_rollback(True)
        assert verdict.sound, verdict.why


class TestSafeValues:
    @pytest.mark.parametrize(
        ("value", "kept"),
        [
            (None, None),
            (0, 0),
            (False, False),
            (Decimal("1E+3"), "1000"),
            (Decimal("0.10"), "0.10"),
            (1e22, "1e+22"),
            (date(2026, 11, 23), "2026-11-23"),
            (datetime(2026, 11, 23, 14, 32, tzinfo=UTC), "2026-11-23T14:32:00.000000+00:00"),
            (time(14, 32), "14:32:00"),
            (timedelta(minutes=1), "60.000000 s"),
            ({"b", "a"}, ["a", "b"]),
            ((1, 2), [1, 2]),
            ({3: "x"}, {"3": "x"}),
            ("a\x00b\ud800", "a\ufffdb\ufffd"),
            (b"", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ],
    )
    def test_null_zero_and_money_stay_what_they_are(self, value: object, kept: object) -> None:
        assert audit.safe(value) == kept
        assert type(audit.safe(value)) is type(kept)


class TestSnapshot:
    def test_it_takes_the_named_fields(self, account: AbstractBaseUser) -> None:
        assert audit.snapshot(account, "email") == {"email": "aino@example.org"}

    def test_it_takes_all_stored_fields_when_none_is_named(self, account: AbstractBaseUser) -> None:
        taken = audit.snapshot(account)
        assert taken.keys() == {field.name for field in account._meta.concrete_fields}
        assert taken["id"] == str(account.pk)

    def test_it_says_which_field_there_is_not(self, account: AbstractBaseUser) -> None:
        with pytest.raises(ValueError, match="colour"):
            audit.snapshot(account, "email", "colour")


@pytest.mark.django_db
class TestTheDatabase:
    @pytest.fixture(autouse=True)
    def _guarded(self, account: AbstractBaseUser) -> None:
        guards.install(connection)
        audit.record(by=None, verb="x.y.z", target=account)

    @pytest.mark.parametrize("statement", ["UPDATE base_auditentry SET reason = 'x'", "DELETE FROM base_auditentry"])
    def test_it_refuses_to_alter_or_remove_a_row(self, statement: str) -> None:
        with (
            pytest.raises(Exception, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert AuditEntry.objects.get().reason == ""

    def test_its_guards_can_be_seen_and_put_back(self) -> None:
        guards.remove(connection, "UPDATE")
        assert guards.standing(connection) == {"DELETE"}
        guards.install(connection)
        guards.install(connection)
        assert guards.standing(connection) == {"UPDATE", "DELETE"}


class TestWritersAtTheSameTime:
    WRITES = """
from django.db import transaction
from luotsi.base import audit
from luotsi.base.models import AuditHead
for number in range(20):
    with transaction.atomic():
        audit.record(by=None, verb="x.y.z", target=AuditHead(pk=1), after={"number": number})
"""

    def test_they_take_their_numbers_one_by_one(self, house: House) -> None:
        writers = [house.start_python(self.WRITES) for _ in range(3)]
        assert [writer.communicate(timeout=60)[1] for writer in writers] == ["", "", ""]
        told = json.loads(house.run("audit", "verify", "--json").stdout)
        assert (told["sound"], told["rows"]) == (True, 60)


class TestLongText:
    def test_it_is_cut_to_the_column_before_it_is_hashed(self, account: AbstractBaseUser) -> None:
        long = OutboxMail(to="a" * 200 + "@example.org", subject="ä" * 300)
        entry = audit.record(by=account, verb="x.y.z", target=long)
        assert len(entry.target_label) == 300
        assert chain.verify().sound
