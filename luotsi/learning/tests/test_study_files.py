"""Files of study data: every document is read with its place, whatever the file is; learners are checked whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.engine import documents
from luotsi.learning.engine.documents import Broken, Document, Place, documents_in
from luotsi.learning.engine.preflight import Again, Preflight, Source, Told
from luotsi.learning.engine.unfit import twice_in
from luotsi.learning.tests.documents import LEARNER, RIGHT, TODAY, changed, period, plan, tuva_plan, vocational
from luotsi.learning.tests.test_together import sound, two_rights

R = "/opiskeluoikeudet/0"
WRITTEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def packed(**files: bytes) -> bytes:
    """Return an archive of files; "_" in a name stands for the dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def text(*values: object) -> bytes:
    """Return values as JSON lines."""
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in values).encode()


def pairs(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    """Return objects as pairs of names and values, names twice among them."""
    return st.lists(st.tuples(st.sampled_from(["a", "b/", "~", ""]), inner), max_size=3).map(tuple)


def spelt(value: Any) -> str:
    """Return a value as JSON, pairs as the object they are."""
    if isinstance(value, tuple):
        return "{" + ", ".join(f'"{name}": {spelt(one)}' for name, one in value) + "}"
    return f"[{','.join(map(spelt, value))}]" if isinstance(value, list) else str(value)


def has_twice(value: Any) -> bool:
    """Return True when an object within a value has a name twice."""
    if isinstance(value, tuple):
        return len(dict(value)) < len(value) or any(has_twice(one) for _name, one in value)
    return isinstance(value, list) and any(map(has_twice, value))


def read(name: str, data: bytes) -> list[Document | Broken]:
    """Return what a file holds."""
    return list(documents_in(name, io.BytesIO(data)))


def told(name: str, data: bytes) -> list[str]:
    """Return the codes of what cannot be read."""
    return [one.code for one in read(name, data) if isinstance(one, Broken)]


def check(*files: tuple[str, bytes], day: date = TODAY) -> tuple[list[Told | Broken], Preflight]:
    """Check files; return what is found, and the check with its counts."""

    def source(name: str, data: bytes) -> Source:
        return Source(name, lambda: io.BytesIO(data))

    made = Preflight([source(*one) for one in files], day)
    return list(made.run()), made


def codes(found: list[Told | Broken]) -> list[str]:
    """Return rules and faults in order."""
    return [
        what.code
        for what in (one if isinstance(one, Broken) else one.what for one in found)
        if not isinstance(what, Again)
    ]


class TestReading:
    def test_one_value_a_list_lines_and_an_archive_of_them(self) -> None:
        one, other = {"a": 1}, {"b": [2]}
        assert [each.value for each in read("x.json", text(one)) if isinstance(each, Document)] == [one]
        listed = read("x.json", json.dumps([one, other]).encode())
        assert [each.place for each in listed] == [Place("x.json", at="/0"), Place("x.json", at="/1")]
        lines = read("x.jsonl", text(one) + b"\n\n" + text(other) + b"\n")
        assert [(each.place.line, each.value) for each in lines if isinstance(each, Document)] == [
            (1, one),
            (3, other),
        ]
        inside = read("x.zip", packed(a_json=json.dumps([one]).encode(), b_jsonl=text(other)))
        assert [each.place for each in inside] == [Place("x.zip/a.json", at="/0"), Place("x.zip/b.jsonl", 1)]

    def test_a_mark_of_byte_order_is_passed(self) -> None:
        assert told("x.json", b"\xef\xbb\xbf" + text({})) == told("x.jsonl", b"\xef\xbb\xbf" + text({})) == []

    @given(st.lists(st.recursive(st.none() | st.booleans() | st.integers() | WRITTEN, st.lists, max_leaves=8)))
    def test_a_list_read_piece_by_piece_is_the_list(self, values: list[object]) -> None:
        data = json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "CHUNK", 3)
            found = read("x.json", data)
        assert [one.value for one in found if isinstance(one, Document)] == values

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("x.json", b"", "empty"),
            ("x.jsonl", b" \n\n", "empty"),
            ("x.zip", packed(), "empty"),
            ("x.json", b"{", "not_json"),
            ("x.json", b"[{},]", "not_json"),
            ("x.json", b"[{} {}]", "not_json"),
            ("x.json", b"[{}", "not_json"),
            ("x.json", b"<html>", "not_json"),
            ("x.json", b"{} {}", "more"),
            ("x.json", b"[] 1", "more"),
            ("x.json", '{"ä": 1}'.encode("latin-1"), "not_utf8"),
            ("x.json", text({}).decode().encode("utf-16"), "not_utf8"),
            ("x.json", b"[" * 200_000, "too_deep"),
            ("x.jsonl", b"[" * 200_000, "too_deep"),
            ("x.zip", b"no archive", "not_zip"),
            ("x.zip", packed(a_pdf=b"%PDF"), "unknown_file"),
            ("x.xml", b"<a/>", "unknown_file"),
            ("x.json", packed(a_json=b"{}"), "renamed"),
            ("x.json", b'{"a": "\\u0000"}', "not_signs"),
            ("x.jsonl", b'{"a\\uD800": 1}', "not_signs"),
            ("x.json", b'{"a": 1, "a": 2}', "named_twice"),
            ("x.jsonl", b'{"a": {"b": [], "b": [1]}}', "named_twice"),
            ("x.zip", packed(a_json=b'[{"a": 1, "a": 2}]'), "named_twice"),
            ("x.jsonl", b'{"a": 1} {"a": 2}', "not_json"),
            ("x.json", b'{"a": 1, "a": 2', "not_json"),
            ("x.json", b"[" + b"[" * 5000 + b"]" * 5000 + b"]", "too_deep"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, name: str, data: bytes, code: str) -> None:
        assert told(name, data) == [code]

    def test_line_and_column_lead_to_the_fault(self) -> None:
        (broken,) = [one for one in read("x.json", b'[{"a": 1},\n {"b" 2}]') if isinstance(one, Broken)]
        assert (broken.line, broken.column) == (2, 7)

    def test_lines_and_archives_go_on_after_a_fault(self) -> None:
        found = read("x.jsonl", b'{"a": 1}\n{"a"\n\xff\n{"a": 2}')
        assert [getattr(one, "code", None) for one in found] == [None, "not_json", "not_utf8", None]
        whole = packed(a_json=b"{", b_json=text({}), c_json=text({}))
        assert told("x.zip", whole) == ["not_json"]
        assert told("x.zip", whole[:60] + b"?" + whole[61:])

    def test_an_archive_that_would_swell_is_not_opened(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.json", b"[" + b" " * 5_000_000 + b"]")
        assert told("x.zip", made.getvalue()) == ["swells"]

    def test_a_fault_of_signs_or_depth_has_its_place_within_the_document(self) -> None:
        deep = "[" * 200 + "]" * 200
        one, other = read("x.json", f'[{{"a": {deep}}}, {{"b/c": ["\\ud800"]}}]'.encode())
        assert (one.place.at, other.place.at) == ("/0/a/0/0/0", "/1/b~1c/0")

    def test_a_name_told_twice_has_its_place_and_what_comes_after_is_read(self) -> None:
        one, other = read("x.json", b'[{"a": [0, {"b/c": "x", "b/c": "y"}]}, {"a": {}}]')
        assert (one.place.at, isinstance(one, Broken), isinstance(other, Document)) == ("/0/a/1/b~1c", True, True)

    @given(st.recursive(st.integers(0, 2), lambda inner: st.lists(inner, max_size=3) | pairs(inner), max_leaves=12))
    def test_names_are_told_twice_only_where_they_are(self, value: Any) -> None:
        written, is_twice = spelt(value), has_twice(value)
        assert told("x.json", f"[{written}]".encode()) == (["named_twice"] if is_twice else [])
        assert bool(twice_in(written)) == is_twice

    def test_paired_halves_are_a_sign(self) -> None:
        assert told("x.json", b'{"a": "\\ud83d\\ude00"}') == []

    def test_a_number_of_too_many_digits_is_no_number_of_the_document(self) -> None:
        (found,) = read("x.json", b'{"a": ' + b"9" * 5000 + b"}")
        assert isinstance(found, Document)
        assert found.value == {"a": float("inf")}

    def test_a_document_too_large_is_not_read_to_its_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(documents, "MOST_TEXT", 1000)
        monkeypatch.setattr(documents, "CHUNK", 100)
        file = io.BytesIO(b'{"a": "' + b"x" * 1_000_000)
        assert [getattr(one, "code", None) for one in documents_in("x.json", file)] == ["too_large"]
        assert file.tell() < 4000
        long = b'"' + b"x" * 3000 + b'"\n{}'
        assert [getattr(one, "code", None) for one in read("x.jsonl", long)] == ["too_large", None]


class TestChecking:
    def test_right_and_plan_that_agree_in_two_files_and_in_one(self) -> None:
        right, made = sound()
        for files in (
            [("a.json", text(right)), ("b.json", text(made))],
            [("b.json", text(made)), ("a.json", text(right))],
            [("a.jsonl", text(made, right))],
            [("a.zip", packed(a_json=text(right), b_json=json.dumps([made]).encode()))],
            [("a.json", text({"meta": {}, "data": [right, made]}))],
        ):
            found, done = check(*files)
            assert found == []
            assert (done.counts.learners, done.counts.rights, done.counts.plans) == (1, 1, 1)

    def test_places_are_those_of_the_file(self) -> None:
        right, made = sound()
        bad = changed(made, "/paivitetty", "2026-01-01")
        found, _done = check(("a.json", json.dumps([right, bad]).encode()))
        assert [(one.at, one.place.file) for one in found if isinstance(one, Told)] == [("/1/paivitetty", "a.json")]

    def test_whose_right_a_plan_is_needs_a_right_to_say_something_about(self) -> None:
        found, done = check(("a.json", text(changed(plan(), "/oppija-oid", "1.2.246.562.24.99999999999"))))
        assert (found, done.counts.plans, done.counts.rights) == ([], 1, 0)

    def test_rules_of_missing_plans_are_for_files_with_plans(self) -> None:
        assert codes(check(("a.json", text(vocational())))[0]) == []
        other = changed(changed(tuva_plan(), "/oppija-oid", "1.2.246.562.24.9"), "/opiskeluoikeus-oid", "x")
        assert codes(check(("a.jsonl", text(vocational(), other)))[0]) == ["X03"]

    def test_a_learner_in_several_documents_is_one(self) -> None:
        both = two_rights()
        parts = [changed(both, "/opiskeluoikeudet", [one]) for one in both["opiskeluoikeudet"]]
        found, done = check(("a.json", text(parts[0])), ("b.json", text(parts[1])))
        assert "X10" in codes(found)
        assert (done.counts.learners, done.counts.rights) == (1, 2)
        (told,) = [one for one in found if codes([one]) == ["X10"]]
        assert (told.place.file, told.at if isinstance(told, Told) else "") == ("b.json", R)

    def test_rights_alone_belong_to_whom_their_plans_name(self) -> None:
        right, made = sound()
        alone = [one | {"oid": f"{RIGHT}{number}"} for number, one in enumerate(two_rights()["opiskeluoikeudet"])]
        plans = [changed(made, "/opiskeluoikeus-oid", one["oid"]) for one in alone]
        found, done = check(("a.jsonl", text(*alone, *plans)))
        assert "X10" in codes(found)
        assert "X01" not in codes(found)
        assert done.counts.learners == 1
        assert right["henkilö"]["oid"] == LEARNER

    def test_the_same_right_again_is_told_once_and_checked_once(self) -> None:
        right, made = sound()
        found, done = check(("a.jsonl", text(right, right, made, made)))
        assert [one.what.is_same for one in found if isinstance(one, Told) and isinstance(one.what, Again)] == [
            True,
            True,
        ]
        assert codes(found) == []
        assert (done.counts.rights, done.counts.plans) == (1, 1)

    def test_a_right_told_in_two_ways_is_a_contradiction_with_both_places(self) -> None:
        right, _made = sound()
        other = changed(right, f"{R}/arvioituPäättymispäivä", "2027-12-31")
        found, _done = check(("a.json", text(right)), ("b.json", text(other)))
        (again,) = [one for one in found if isinstance(one, Told) and isinstance(one.what, Again)]
        assert isinstance(again.what, Again)
        assert not again.what.is_same
        assert (again.what.before.file, again.place.file, again.at) == ("a.json", "b.json", R)

    def test_foreign_json_is_told(self) -> None:
        found, done = check(("a.json", text({"type": "FeatureCollection"})), ("b.json", b'[1, "x", null, [{}]]'))
        assert codes(found) == ["foreign"] * 5
        assert done.counts.learners == 0

    def test_rights_of_other_kinds_are_counted_and_not_checked(self) -> None:
        other = changed(vocational(), f"{R}/tyyppi/koodiarvo", "lukiokoulutus")
        found, done = check(("a.json", text(changed(other, f"{R}/tila/opiskeluoikeusjaksot", []))))
        assert (codes(found), done.counts.rights, done.counts.others) == ([], 0, 1)

    def test_a_learner_with_hundreds_of_rights_ends(self) -> None:
        one = vocational()["opiskeluoikeudet"][0]
        many = changed(vocational(), "/opiskeluoikeudet", [one | {"oid": f"{RIGHT}{number}"} for number in range(300)])
        found, _done = check(("a.json", text(many)))
        assert len(found) == 50 * 49 // 2

    def test_the_day_chooses_the_rules(self) -> None:
        states = [period("2024-08-12", "lasna"), period("2026-06-05", "loma")]
        data = text(changed(vocational(), f"{R}/tila/opiskeluoikeusjaksot", states))
        assert codes(check(("a.json", data))[0]) == ["K19"]
        assert codes(check(("a.json", data), day=date(2025, 12, 31))[0]) == []

    @given(
        st.lists(
            st.recursive(
                st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=4),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(
                            [
                                "opiskeluoikeudet",
                                "suoritukset",
                                "tila",
                                "henkilö",
                                "oid",
                                "opiskeluoikeus-oid",
                                "oppija-oid",
                            ]
                        ),
                        inner,
                        max_size=5,
                    )
                ),
                max_leaves=12,
            ),
            max_size=5,
        )
    )
    def test_whatever_is_in_the_file_it_ends_with_places(self, values: list[Any]) -> None:
        found, _done = check(("a.json", json.dumps(values).encode()))
        places = [one.at if isinstance(one, Told) else one.place.at for one in found]
        assert all(at.startswith("/") for at in places)
        assert {one.code for one in found if isinstance(one, Broken)} <= {"not_signs"}
