"""Reads the files of the public sets, plain or packed, row by row."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path


def rows_of(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, which may be packed with gzip; names and values without spaces around.

    Raises:
        FileNotFoundError: it is not there.
    """
    packed = path.suffix == ".gz"
    with (gzip.open if packed else open)(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            yield {name.strip(): (value or "").strip() for name, value in row.items() if name}


def one_of(names: Sequence[str], prefix: str, value: str) -> dict[str, float]:
    """Return a value of a list as numbers: 1 for itself, 0 for each other that is known."""
    return {f"{prefix}={name}": float(name == value) for name in names}


def common(values: Iterator[str], least: int) -> list[str]:
    """Return the values that at least so many have, in their order."""
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return sorted(value for value, count in counted.items() if count >= least)
