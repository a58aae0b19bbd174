"""Tells the planner of the database how large tables have become, where it would otherwise learn so a minute later."""

from __future__ import annotations

from django.db import connection, models

MANY = 1_000  # fewer rows than this change no plan


def many_came(rows: int, *tables: type[models.Model]) -> None:
    """Have PostgreSQL count anew the tables that have just been given so many rows.

    Its own counting comes within a minute; a large import is followed at once by the pages that show it, and a plan
    for an empty table reads a full one again and again. ANALYZE reads a sample and may run inside a transaction.
    SQLite plans without such counts.
    """
    if rows < MANY or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
