"""What the planner of the database knows of a table after many rows came into it."""

import pytest
from django.db import connection

from luotsi.base import clock, ids
from luotsi.base.models import OutboxMail
from luotsi.base.planner import MANY, many_came

pytestmark = pytest.mark.django_db


def known_rows() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [OutboxMail._meta.db_table])
        return float(cursor.fetchone()[0])


class TestTellingThePlanner:
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no such count.")
    def test_it_knows_of_many_rows_at_once(self) -> None:
        at = clock.now()
        mails = [OutboxMail(id=ids.new_id(), to="x@luotsi.example", created_at=at, not_before=at) for n in range(MANY)]
        OutboxMail.objects.bulk_create(mails)
        many_came(len(mails), OutboxMail)
        assert known_rows() == MANY

    def test_a_few_rows_cost_no_query(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        with django_assert_num_queries(0):
            many_came(MANY - 1, OutboxMail)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is told.")
    def test_sqlite_is_not_asked(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        with django_assert_num_queries(0):
            many_came(MANY, OutboxMail)
