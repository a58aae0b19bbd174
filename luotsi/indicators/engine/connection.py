"""Where the engine computes: DuckDB inside the process, or a Spark session.

The few things that the two say differently stand here, under one name for both.
"""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    import ibis.expr.types as ir
    import pyarrow as pa

# numerator / denominator * factor, exact, rounded half up at the sixth decimal; null over zero. DuckDB divides
# decimals as floats. That is right for the sixth decimal unless the figure is large or close to the middle between
# two; only then whole numbers of 128 bits are divided, which takes fifteen times as long. Spark divides exactly.
DUCKDB_QUOTIENT = """
CREATE OR REPLACE MACRO luotsi_guess(n, d, f) AS
  CAST(n AS DOUBLE) / CAST(d AS DOUBLE) * CAST(f AS DOUBLE) * 1e6;
CREATE OR REPLACE MACRO luotsi_exact(n, d, f) AS
  CAST(sign(n) * sign(d) * sign(f) * (
    (abs(CAST(n * 100000000 AS HUGEINT)) * abs(CAST(f * 10000 AS HUGEINT)) * 200
     + abs(CAST(d * 100000000 AS HUGEINT)))
    // (2 * abs(CAST(d * 100000000 AS HUGEINT)))
  ) AS DECIMAL(38, 0));
CREATE OR REPLACE MACRO luotsi_quotient(n, d, f) AS
CASE WHEN d <> 0 THEN CAST(
  CASE WHEN abs(luotsi_guess(n, d, f)) < 1e12
            AND abs(abs(luotsi_guess(n, d, f)) - floor(abs(luotsi_guess(n, d, f))) - 0.5) > 0.01
       THEN CAST(CAST(round(luotsi_guess(n, d, f)) AS BIGINT) AS DECIMAL(38, 0))
       ELSE luotsi_exact(n, d, f)
  END * CAST(0.000001 AS DECIMAL(7, 6)) AS DECIMAL(38, 6))
END
"""
SPARK_QUOTIENT = """
CREATE OR REPLACE TEMPORARY FUNCTION luotsi_quotient(n DECIMAL(38, 8), d DECIMAL(38, 8), f DECIMAL(18, 4))
RETURNS DECIMAL(38, 6)
RETURN CASE WHEN d <> 0 THEN CAST(
  CAST(n AS DECIMAL(26, 8)) * CAST(f AS DECIMAL(11, 4)) / CAST(d AS DECIMAL(26, 8)) AS DECIMAL(38, 6)
) END
"""


@dataclass(frozen=True)
class Connection:
    """One place of computing; belongs to one thread at a time. Close it, or use it with `with`."""

    backend: Any
    name: str

    def table(self, data: pa.Table | ir.Table, name: str) -> ir.Table:
        """Return an Arrow table as something to compute with, laid out under a name; what already is one stays."""
        import ibis
        import pyarrow as pa

        if not isinstance(data, pa.Table):
            return data
        self.name_table(name, data)
        return ibis.table(ibis.schema(data.schema), name=name)

    def read_parquet(self, path: str) -> ir.Table:
        """Return a Parquet file, or all that a pattern of files names, without reading it yet."""
        table: ir.Table = self.backend.read_parquet(path)
        return table

    def run(self, table: ir.Table) -> pa.Table:
        """Compute an expression and return the rows."""
        return self.query(self._text(table))

    def _text(self, table: ir.Table) -> str:
        self.backend._run_pre_execute_hooks(table)
        return str(self.backend.compile(table))

    def name_table(self, name: str, data: pa.Table) -> None:
        """Let queries speak of an Arrow table by a name; the one that had it before is forgotten."""
        if self.name == "duckdb":
            self.backend.con.register(name, data)
        else:
            self.backend._session.createDataFrame(data).createOrReplaceTempView(name)

    def name_view(self, name: str, table: ir.Table) -> None:
        """Let queries speak of an expression by a name; the one that had it before is forgotten."""
        self.backend.raw_sql(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {self._text(table)}")

    def query(self, text: str) -> pa.Table:
        """Run the text of a query and return the rows."""
        if self.name == "duckdb":
            rows: pa.Table = self.backend.con.sql(text).to_arrow_table()
        else:
            rows = self.backend._session.sql(text).toArrow()
        return rows

    def write(self, text: str, path: Path) -> None:
        """Run the text of a query and write the rows into a Parquet file."""
        if self.name == "duckdb":
            self.backend.con.sql(text).write_parquet(str(path))
        else:
            self.backend._session.sql(text).write.parquet(str(path))

    def close(self) -> None:
        """Give back what the connection holds."""
        self.backend.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(
    backend: str = "duckdb", *, threads: int | None = None, memory: str = "", session: Any = None
) -> Connection:
    """Open a place of computing.

    Args:
        backend: "duckdb" (in the process, in memory) or "pyspark" (needs the extra `spark` and Java 17).
        threads: how many threads DuckDB may use; None for all cores.
        memory: how much memory DuckDB may use before it works on the disk: "2GB"; empty for most of the machine.
        session: for Spark, a session that stands already.

    Raises:
        ValueError: the backend has another name.
    """
    import ibis

    # Selects within selects are merged by the planner of the backend, in a hundredth of the time that Ibis takes.
    ibis.options.sql.fuse_selects = False
    if backend == "duckdb":
        settings: dict[str, Any] = {"threads": threads, "memory_limit": memory or None}
        opened = ibis.duckdb.connect(
            # What does not fit in memory goes to the system's place for such, not beside the program.
            temp_directory=Path(tempfile.gettempdir()) / f"luotsi-{uuid.uuid4().hex}",
            # Rows come in any order; keeping that of the input would hold whole results in memory.
            preserve_insertion_order=False,
            # Nothing is fetched from the net.
            autoinstall_known_extensions=False,
            **{name: value for name, value in settings.items() if value is not None},
        )
        opened.con.execute(DUCKDB_QUOTIENT)
    elif backend == "pyspark":
        opened = ibis.pyspark.connect(session) if session is not None else ibis.pyspark.connect()
        opened._session.sql(SPARK_QUOTIENT)
    else:
        raise ValueError(f"{backend!r} is no place where the engine computes: duckdb or pyspark.")
    return Connection(opened, backend)


@cache
def _quotient() -> Callable[..., ir.DecimalScalar]:
    import ibis
    import ibis.expr.datatypes as dt

    @ibis.udf.scalar.builtin(
        name="luotsi_quotient",
        signature=((dt.Decimal(38, 8), dt.Decimal(38, 8), dt.Decimal(18, 4)), dt.Decimal(38, 6)),
    )
    def quotient(n, d, f):  # type: ignore[no-untyped-def]
        ...

    found: Callable[..., ir.DecimalScalar] = quotient
    return found


def quotient(numerator: Any, denominator: Any, factor: Any) -> Any:
    """Return numerator / denominator * factor as DECIMAL(38, 6), rounded half up; null over zero and over null."""
    return _quotient()(
        numerator.cast("decimal(38, 8)"), denominator.cast("decimal(38, 8)"), factor.cast("decimal(18, 4)")
    )
