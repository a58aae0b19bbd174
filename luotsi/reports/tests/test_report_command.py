"""`luotsi report`: builds without keeping anything, freezes with reasons, proves files and reports."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from luotsi.programme.tests.programmes import CITY, city_programme
from luotsi.reports.models import Report
from luotsi.reports.tests.written import frozen


def told(*words: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("report", *words, stdout=out)
    return out.getvalue()


BARE = ("K04", "K05", "K07", "K17", "no_owner", "no_due_day")


@pytest.mark.django_db
class TestBuild:
    def test_it_writes_files_and_names_what_is_missing_and_keeps_nothing(self, tmp_path: Path) -> None:
        city_programme()
        files = {kind: tmp_path / f"report.{kind}" for kind in ("pdf", "json", "xlsx")}
        options = [part for kind, path in files.items() for part in (f"--{kind}", str(path))]
        words = told("build", CITY, "2017", "--language", "fi", *options)
        assert files["pdf"].read_bytes().startswith(b"%PDF")
        assert files["xlsx"].read_bytes().startswith(b"PK")
        assert "7 asiaa puuttuu:" in words
        assert all(code in words for code in ("K04", "K05", "K07", "K17", "Liite 1"))
        assert not Report.objects.exists()

    def test_what_it_builds_proves(self, tmp_path: Path) -> None:
        city_programme()
        path = tmp_path / "report.json"
        told("build", CITY, "2017", "--json", str(path))
        assert "Jokainen luku on sama." in told("verify", str(path), "--language", "fi")

    @pytest.mark.parametrize("words", [("NIL", "2017"), (CITY, "2017-13"), (CITY,)])
    def test_what_is_not_there_is_an_error_that_says_what_is(self, words: tuple[str, ...]) -> None:
        city_programme()
        with pytest.raises(CommandError):
            told("build", *words)

    def test_it_freezes_only_with_a_name_and_a_reason_for_each(self) -> None:
        city_programme()
        with pytest.raises(CommandError):
            told("build", CITY, "2017", "--freeze")
        given = [part for code in BARE for part in ("--reason", f"{code}=Keväällä.")]
        with pytest.raises(CommandError, match="Appendix 1"):
            told("build", CITY, "2017", "--freeze", "--by", "Pihla", *given)
        told("build", CITY, "2017", "--freeze", "--by", "Pihla", *given, "--reason", "L1=Tulee.")
        report = Report.objects.settled().get()
        assert {row["by"] for row in report.overrides} == {"Pihla"}
        told("verify", str(report.pk))


@pytest.mark.django_db
class TestVerify:
    def test_a_tampered_file_is_an_error_that_names_the_figure(self, tmp_path: Path) -> None:
        city_programme()
        path = tmp_path / "report.json"
        told("build", CITY, "2017", "--json", str(path))
        tree = json.loads(path.read_text(encoding="utf-8"))
        next(one for one in tree["content"]["figures"] if one["key"] == "J6")["value"] = "90"
        path.write_text(json.dumps(tree), encoding="utf-8")
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("report", "verify", str(path), "--json", stdout=out)
        answer = json.loads(out.getvalue())
        assert (answer["sound"], answer["hash"]["fits"]) == (False, False)
        wrong = [one for one in answer["figures"] if not one["equal"]]
        assert [(one["key"], one["old"]) for one in wrong] == [("J6", "90")]

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", "\x00"])
    def test_what_is_no_report_is_an_error(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "other.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError):
            told("verify", str(path))

    def test_an_unknown_id_and_a_missing_file_are_errors(self) -> None:
        for what in ("0192aaaa-0000-7000-8000-000000000000", "nowhere.json"):
            with pytest.raises(CommandError):
                told("verify", what)

    def test_a_report_is_proved_by_its_id(self) -> None:
        assert "Jokainen luku on sama." in told("verify", str(frozen().pk), "--language", "fi")
