"""Archives that were damaged on their way, or that are no honest archives: told, never a failure, nothing swells."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.engine.deliveries import Sheet, contents_of
from luotsi.learning.engine.documents import Broken, Document, documents_in
from luotsi.learning.tests.documents import vocational

WAYS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def packed(way: int, **files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


WHOLE = {way: packed(way, a_json=json.dumps(vocational()).encode(), b_csv=b"oid;group\n1;x\n") for way in WAYS}


class TestAnArchive:
    @pytest.mark.parametrize("way", WAYS)
    def test_is_read_however_it_is_packed(self, way: int) -> None:
        assert [type(one) for one in contents_of("a.zip", WHOLE[way])] == [Document, Sheet]

    @given(st.sampled_from(WAYS), st.data())
    def test_that_was_damaged_is_told_and_never_a_failure(self, way: int, data: st.DataObject) -> None:
        whole = bytearray(WHOLE[way])
        for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
            whole[place] = data.draw(st.integers(0, 255))
        kept = bytes(whole[: data.draw(st.integers(1, len(whole)))])
        for one in contents_of("a.zip", kept):
            assert isinstance(one, Document | Sheet | Broken)
        for each in documents_in("a.zip", io.BytesIO(kept)):
            assert isinstance(each, Document | Broken)

    @pytest.mark.parametrize("way", WAYS)
    def test_cut_short_is_no_archive(self, way: int) -> None:
        (told,) = contents_of("a.zip", WHOLE[way][:-30])
        assert isinstance(told, Broken)
        assert told.code == "not_zip"

    def test_within_an_archive_is_not_opened(self) -> None:
        outer = packed(zipfile.ZIP_STORED, inner_zip=WHOLE[zipfile.ZIP_DEFLATED])
        for (told,) in (list(contents_of("a.zip", outer)), list(documents_in("a.zip", io.BytesIO(outer)))):
            assert isinstance(told, Broken)
            assert told.code == "unknown_file"
