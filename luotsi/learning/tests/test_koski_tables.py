"""Tables of a mass transfer say what documents say, however they are cut; and what is wrong with them is told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.engine.deliveries import Sheet, contents_of
from luotsi.learning.engine.documents import Broken, Document, documents_in
from luotsi.learning.rules import koski
from luotsi.learning.tests.documents import LEARNER, RIGHT, SCHOOL, tuva, vocational
from luotsi.learning.tests.transferred import RIGHTS, tables_of, transfer, written, zipped

REAL = Path(__file__).parents[4] / "shared" / "data" / "koski_ehoks"


def read(files: dict[str, bytes]) -> list[Document | Broken]:
    """Return what is read out of an archive with these files, by both ways."""
    data = zipped(files)
    found = list(documents_in("siirto.zip", io.BytesIO(data)))
    sent = [one for one in contents_of("siirto.zip", data) if not isinstance(one, Sheet)]
    assert [getattr(one, "value", None) for one in found] == [getattr(one, "value", None) for one in sent]
    return found


def rights_in(found: Iterable[Document | Broken]) -> list[koski.Right]:
    """Return the rights of documents that could be read, each without its place."""
    read = [koski.read(one.value) for one in found if isinstance(one, Document)]
    assert not [fault for one in read for fault in one.faults]
    return [right for one in read for right in one.rights]


def told(right: koski.Right) -> dict[str, Any]:
    """Return what a right says wherever it stood: no places, and nothing of what tables leave out."""
    found: dict[str, Any] = json.loads(json.dumps(_plain(replace(right, version=None, told_end=None)), default=str))
    return found


def _plain(one: Any) -> Any:
    if isinstance(one, tuple):
        return [_plain(each) for each in one]
    if hasattr(one, "__dataclass_fields__"):
        return {name: _plain(getattr(one, name)) for name in one.__dataclass_fields__ if name != "at"}
    return one


class TestATransfer:
    def test_it_says_what_the_documents_say(self) -> None:
        documents = [vocational(), _other(tuva())]
        found = rights_in(read(transfer(documents)))
        plain = [right for one in documents for right in koski.read(one).rights]
        assert [told(one) for one in found] == [told(one) for one in plain]

    def test_whose_a_right_is_stands_in_it(self) -> None:
        (document,) = read(transfer([vocational()]))
        assert isinstance(document, Document)
        assert isinstance(document.value, dict)
        assert (document.value["oppijaOid"], document.value["oid"]) == (LEARNER, RIGHT)
        assert document.place.file == "siirto.zip/opiskeluoikeus.csv"
        assert document.place.line == 2

    def test_without_the_column_of_data_it_still_says_what_is_done(self) -> None:
        (right,) = rights_in(read(transfer([vocational()], with_data=False)))
        (plain,) = koski.read(vocational()).rights
        assert (right.begins, right.ends, right.school) == (plain.begins, plain.ends, plain.school)
        ours, theirs = list(koski.parts_of(right.studies[0])), list(koski.parts_of(plain.studies[0]))
        assert [(one.code, one.extent, one.done_on) for one in ours] == [
            (one.code, one.extent, one.done_on) for one in theirs
        ]

    @given(st.randoms(use_true_random=False), st.integers(1, 4))
    def test_neither_pieces_nor_the_order_of_files_and_rows_change_it(self, rng: Any, pieces: int) -> None:
        documents = [vocational(), _other(tuva())]
        files = [
            (f"{name}.{number}.csv", written(rows[number::pieces]))
            for name, rows in tables_of(documents).items()
            for number in range(pieces)
            if rows[number::pieces]
        ]
        rng.shuffle(files)
        found = {one.oid: told(one) for one in rights_in(read(dict(files)))}
        plain = {right.oid: told(right) for one in documents for right in koski.read(one).rights}
        assert found.keys() == plain.keys()
        for oid, right in found.items():
            assert _sorted(right) == _sorted(plain[oid])

    def test_a_right_that_was_taken_back_ends_that_day(self) -> None:
        row = {
            "opiskeluoikeus_oid": RIGHT,
            "versionumero": 8,
            "oppija_oid": LEARNER,
            "mitatoitu": "2026-11-02",
            "tyyppi": "ammatillinenkoulutus",
            "oppilaitos_oid": SCHOOL,
        }
        (right,) = rights_in(read({"mitatoity_opiskeluoikeus.csv": written([row])}))
        assert (right.oid, right.school, str(right.ends)) == (RIGHT, SCHOOL, "2026-11-02")
        assert right.periods[0].state == koski.State.INVALIDATED

    @pytest.mark.skipif(not REAL.is_dir(), reason="The documents of the handbook are not here.")
    def test_the_examples_of_the_register_say_the_same_in_tables(self) -> None:
        count = 0
        for file in sorted(REAL.glob("koski_*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            for number, right in enumerate(document["opiskeluoikeudet"]):
                right.setdefault("oid", f"1.2.246.562.15.{number + 1:011}")
            document["henkilö"]["oid"] = LEARNER
            found = rights_in(read(transfer([document])))
            assert [told(one) for one in found] == [told(one) for one in koski.read(document).rights], file.name
            count += len(found)
        assert count > 5


class TestWhatIsWrong:
    def test_a_table_alone_is_told_once(self) -> None:
        data = transfer([vocational()])["opiskeluoikeus.csv"]
        (broken,) = documents_in("opiskeluoikeus.csv", io.BytesIO(data))
        assert isinstance(broken, Broken)
        assert broken.code == "table_alone"
        (sent,) = contents_of("opiskeluoikeus.csv", data)
        assert sent == broken

    def test_rows_of_a_right_that_no_table_has_are_told(self) -> None:
        tables = tables_of([vocational(), _other(tuva())])
        tables[RIGHTS].pop()
        found = read({f"{name}.csv": written(rows) for name, rows in tables.items()})
        assert {one.code for one in found if isinstance(one, Broken)} == {"table_alone"}
        assert len(rights_in(found)) == 1

    @pytest.mark.parametrize(
        ("name", "change", "code"),
        [
            ("opiskeluoikeus.csv", lambda data: data.replace(LEARNER.encode(), b""), "not_table"),
            ("opiskeluoikeus.csv", lambda data: data + b"1,2\r\n", "not_table"),
            ("osasuoritus.csv", lambda data: data + b'"', "not_table"),
            ("osasuoritus.csv", lambda data: data.replace(b"900001", b"\xe4"), "not_utf8"),
            ("osasuoritus.csv", lambda data: data.replace(b'{""', b'{"', 1), "not_table"),
            ("osasuoritus.csv", lambda data: data.replace(b'{""', b'{""x"": 1, ""x"": 2, ""', 1), "named_twice"),
            ("opiskeluoikeus.csv", lambda data: data.replace(b'"{', b'"[', 1).replace(b'}"', b']"'), "not_json"),
        ],
    )
    def test_a_row_that_is_no_row(self, name: str, change: Any, code: str) -> None:
        files = transfer([vocational()])
        files[name] = change(files[name])
        assert code in {one.code for one in read(files) if isinstance(one, Broken)}

    def test_parts_that_stand_within_each_other_in_a_ring_end(self) -> None:
        tables = tables_of([vocational()])
        first, second, *_rest = tables["osasuoritus"]
        first["osasuoritus_id"], second["ylempi_osasuoritus_id"] = first["paatason_suoritus_id"], "x"
        second["osasuoritus_id"], first["ylempi_osasuoritus_id"] = "x", ""
        found = read({f"{name}.csv": written(rows) for name, rows in tables.items()})
        assert len(found) == 1

    @given(st.binary(max_size=300), st.sampled_from(sorted(transfer([vocational()]))))
    def test_no_file_is_a_failure(self, data: bytes, name: str) -> None:
        files = transfer([vocational()])
        for one in (
            files | {name: data},
            files | {name: files[name] + data},
            files | {name: files[name][: len(data)]},
        ):
            assert all(isinstance(each, Document | Broken) for each in documents_in("a.zip", io.BytesIO(zipped(one))))

    def test_a_sheet_of_groups_is_no_table_of_a_transfer(self) -> None:
        (sheet,) = contents_of("ryhmat.csv", b"oid;ryhma;alkaen\n1.2.3;sot25ka;2026-08-10\n")
        assert isinstance(sheet, Sheet)
        assert sheet.data.startswith(b"oid;ryhma")


def _other(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document of another learner."""
    text = json.dumps(document).replace(LEARNER, LEARNER[:-2] + "77").replace(RIGHT, RIGHT[:-2] + "77")
    found: dict[str, Any] = json.loads(text)
    return found


def _sorted(one: Any) -> Any:
    """Return the same with lists in an order that does not tell how they came."""
    if isinstance(one, dict):
        return {name: _sorted(value) for name, value in one.items()}
    return sorted((_sorted(each) for each in one), key=lambda each: json.dumps(each, sort_keys=True)) if isinstance(
        one, list
    ) else one  # fmt: skip
