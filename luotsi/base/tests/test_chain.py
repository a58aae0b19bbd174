"""Proving the audit log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.base import audit, chain, guards
from luotsi.base.models import AuditEntry, AuditHead

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ROWS = 5
PLAIN_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
HEXADECIMAL = st.text("0123456789abcdef", min_size=64, max_size=64)
OTHER_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "seq": st.integers(min_value=ROWS + 1, max_value=10**12),
    "at": st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    "actor_id": st.none() | st.uuids(),
    "unit_id": st.none() | st.uuids(),
    "before": st.dictionaries(PLAIN_TEXT, st.none() | st.integers() | PLAIN_TEXT, max_size=3),
    "after": st.dictionaries(PLAIN_TEXT, st.none() | st.booleans() | PLAIN_TEXT, max_size=3),
    "prev_hash": HEXADECIMAL,
    "hash": HEXADECIMAL,
}
FIELDS = [field.name for field in AuditEntry._meta.concrete_fields]


@pytest.fixture
def log(account: AbstractBaseUser) -> list[AuditEntry]:
    """Return a log of a few rows in a database that no longer refuses to alter them."""
    guards.remove(connection)
    return [
        audit.record(by=account, verb="x.y.z", target=account, after={"number": number}, reason=f"No. {number}")
        for number in range(1, ROWS + 1)
    ]


def forge(entry: AuditEntry, **changes: object) -> None:
    """Alter a row and compute its hash anew, as somebody who knows how would."""
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.hash = audit.link(entry.prev_hash, {name: getattr(entry, name) for name in audit.CONTENT})
    entry.save(update_fields=[*changes, "hash"])


class TestVerifying:
    def test_it_passes_a_log_as_it_was_written(self, log: list[AuditEntry]) -> None:
        verdict = chain.verify()
        assert (verdict.sound, verdict.rows, verdict.hash) == (True, ROWS, log[-1].hash)

    @pytest.mark.django_db
    def test_it_passes_a_log_in_which_nothing_was_done(self) -> None:
        assert chain.verify() == chain.Verdict(0, 0, "")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
    @given(row=st.integers(min_value=1, max_value=ROWS), name=st.sampled_from(FIELDS), data=st.data())
    def test_it_names_the_row_whatever_was_altered_in_it(
        self, log: list[AuditEntry], row: int, name: str, data: st.DataObject
    ) -> None:
        kept = getattr(log[row - 1], name)
        other = data.draw(OTHER_VALUES.get(name, PLAIN_TEXT).filter(lambda value: value != kept), label=name)
        with transaction.atomic():
            AuditEntry.objects.filter(pk=row).update(**{name: other})
            verdict = chain.verify()
            transaction.set_rollback(True)
        assert verdict.broken_at == row
        assert verdict.why

    @pytest.mark.parametrize("row", range(1, ROWS + 1))
    def test_it_names_a_row_that_was_removed(self, log: list[AuditEntry], row: int) -> None:
        AuditEntry.objects.filter(pk=row).delete()
        assert chain.verify().broken_at == row

    def test_it_names_the_first_of_two_rows_that_changed_places(self, log: list[AuditEntry]) -> None:
        AuditEntry.objects.filter(pk=2).update(seq=99)
        AuditEntry.objects.filter(pk=3).update(seq=2)
        AuditEntry.objects.filter(pk=99).update(seq=3)
        assert chain.verify().broken_at == 2

    @pytest.mark.parametrize("row", range(1, ROWS + 1))
    def test_it_names_a_forged_row_whose_hash_was_computed_anew(self, log: list[AuditEntry], row: int) -> None:
        forge(log[row - 1], reason="Nothing happened.")
        assert chain.verify().broken_at == row

    def test_it_finds_a_tail_that_was_cut_off(self, log: list[AuditEntry]) -> None:
        AuditEntry.objects.filter(pk__gt=3).delete()
        assert chain.verify().broken_at == 4

    def test_it_finds_rows_that_the_head_does_not_know(self, log: list[AuditEntry]) -> None:
        AuditHead.objects.update(seq=3, hash=log[2].hash)
        assert chain.verify().broken_at == 4

    def test_it_finds_an_altered_head(self, log: list[AuditEntry]) -> None:
        AuditHead.objects.update(hash=log[0].hash)
        assert chain.verify().broken_at == ROWS

    def test_it_finds_a_missing_head(self, log: list[AuditEntry]) -> None:
        AuditHead.objects.all().delete()
        assert not chain.verify().sound

    def test_it_finds_an_emptied_log_by_its_head(self, log: list[AuditEntry]) -> None:
        AuditEntry.objects.all().delete()
        assert chain.verify().broken_at == 1

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses what is no id")
    def test_it_names_a_row_that_cannot_be_read_any_more(self, log: list[AuditEntry]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE base_auditentry SET unit_id = 'x' WHERE seq = 3")
        assert chain.verify().broken_at == 3


class TestHeadsNotedElsewhere:
    def test_they_give_away_a_cut_tail_with_a_head_to_fit(self, log: list[AuditEntry]) -> None:
        AuditEntry.objects.filter(pk__gt=3).delete()
        AuditHead.objects.update(seq=3, hash=log[2].hash)
        assert chain.verify().sound
        assert chain.verify({ROWS: log[-1].hash}).broken_at == 4

    def test_they_give_away_a_chain_that_was_written_anew(self, log: list[AuditEntry]) -> None:
        noted = {3: log[2].hash}
        forge(log[2], reason="Nothing happened.")
        for before, entry in pairwise(log[2:]):
            forge(entry, prev_hash=before.hash)
        AuditHead.objects.update(hash=log[-1].hash)
        assert chain.verify().sound
        assert chain.verify(noted).broken_at == 3

    def test_they_do_not_mind_that_the_log_has_grown(self, log: list[AuditEntry]) -> None:
        assert chain.verify({2: log[1].hash}).sound


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def _own_data_folder(self, tmp_path: Path, settings: Any) -> None:
        settings.DATA = tmp_path

    def verify(self, *options: str) -> str:
        out = StringIO()
        call_command("audit", "verify", *options, stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_it_says_that_the_log_holds_and_notes_the_head_once(self, log: list[AuditEntry]) -> None:
        assert f"{ROWS} rows" in self.verify()
        self.verify()
        noted = chain.heads_file().read_text().splitlines()
        assert [line.split()[1:] for line in noted] == [[str(ROWS), log[-1].hash]]

    def test_it_answers_in_json(self, log: list[AuditEntry]) -> None:
        told = json.loads(self.verify("--json"))
        assert told == {
            "sound": True,
            "rows": ROWS,
            "seq": ROWS,
            "hash": log[-1].hash,
            "broken_at": None,
            "why": "",
        }

    def test_it_fails_with_the_number_of_the_first_bad_row(self, log: list[AuditEntry]) -> None:
        AuditEntry.objects.filter(pk=2).update(reason="x")
        with pytest.raises(CommandError, match="at row 2"):
            self.verify("--json")
        assert not chain.heads_file().exists()

    def test_it_finds_what_was_cut_since_it_last_looked(self, log: list[AuditEntry]) -> None:
        self.verify()
        AuditEntry.objects.filter(pk__gt=3).delete()
        AuditHead.objects.update(seq=3, hash=log[2].hash)
        with pytest.raises(CommandError, match="at row 4"):
            self.verify()

    def test_it_refuses_a_file_of_heads_that_it_cannot_read(self, log: list[AuditEntry]) -> None:
        chain.heads_file().write_text("something else\n")
        with pytest.raises(CommandError, match=r"audit-heads\.log"):
            self.verify()

    def test_it_warns_when_the_database_no_longer_guards_the_log(self, log: list[AuditEntry]) -> None:
        err = StringIO()
        call_command("audit", "verify", stdout=StringIO(), stderr=err)
        assert "does not refuse DELETE and UPDATE" in err.getvalue()

    def test_it_prints_the_head_to_note_elsewhere(self, log: list[AuditEntry]) -> None:
        out = StringIO()
        call_command("audit", "head", stdout=out)
        assert out.getvalue().split() == [str(ROWS), log[-1].hash]
