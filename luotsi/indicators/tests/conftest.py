"""What the tests of the room share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from luotsi.indicators.engine import Connection, connect


@pytest.fixture(scope="module")
def con() -> Iterator[Connection]:
    """A place to compute, open as long as the tests of a file last."""
    with connect(threads=1) as opened:
        yield opened
