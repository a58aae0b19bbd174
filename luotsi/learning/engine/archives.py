"""Archives of study data: which are not opened at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zipfile import ZipInfo

ZIP = b"PK\x03\x04"
WORKBOOK = "[Content_Types].xml"
MOST_UNPACKED = 2 * 1024**3
MOST_FILES = 200_000
MOST_SWELLING = 250
SMALL = 1024 * 1024


def refused(members: Sequence[ZipInfo]) -> str:
    """Return why an archive with these files is not opened, as a code (`empty`, `workbook`, `swells`); "" when it is.

    It swells when it promises more than honest files hold; what is read never exceeds the promise.
    """
    if not members:
        return "empty"
    if any(one.filename == WORKBOOK for one in members):
        return "workbook"
    swells = (
        len(members) > MOST_FILES
        or sum(one.file_size for one in members) > MOST_UNPACKED
        or any(one.file_size > SMALL and one.file_size > MOST_SWELLING * max(one.compress_size, 1) for one in members)
    )
    return "swells" if swells else ""
