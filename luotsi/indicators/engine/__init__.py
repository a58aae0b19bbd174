"""The indicator engine: figures of every unit of a tree from measurements, and measurements from records.

A pure library on Ibis: DuckDB inside the process, or Spark for those who outgrow one machine, with equal figures.

    con = engine.connect()
    tree = Tree.of(places, told_by="institution")
    told = count(con, facts, definition, periods=["2026"], tree=tree)
    table = compute(con, tree, [definition], told)
    for cell in cells(table): ...

Measurements in, one row for each indicator, version, unit, period and split (`measurements.SCHEMA`); figures out, one
row for each cell of every unit (`figures.COLUMNS`). Both are Arrow tables; large ones may stay in Parquet.
"""

from luotsi.indicators.engine.connection import Connection, connect
from luotsi.indicators.engine.counting import count, records
from luotsi.indicators.engine.figures import (
    cells,
    compute,
    recompute,
    recompute_branch,
    store,
)
from luotsi.indicators.engine.measurements import ToldTwice, measurements
from luotsi.indicators.engine.trees import Place, Tree

__all__ = [
    "Connection",
    "Place",
    "ToldTwice",
    "Tree",
    "cells",
    "compute",
    "connect",
    "count",
    "measurements",
    "recompute",
    "recompute_branch",
    "records",
    "store",
]
