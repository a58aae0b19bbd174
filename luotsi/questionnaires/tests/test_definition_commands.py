"""`luotsi questionnaire lint` and `convert`: what they print and write, in which language, and how they end."""

from __future__ import annotations

import io
import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from luotsi.base.errors import Refused
from luotsi.questionnaires.queries import defect_words, fault_words, loss_words
from luotsi.questionnaires.queries.xlsform_files import form_in, workbook_of
from luotsi.questionnaires.rules.convert import XlsForm, from_xlsform, to_xlsform
from luotsi.questionnaires.rules.definition import canonical, read
from luotsi.questionnaires.rules.lint import defects
from luotsi.questionnaires.tests.making import DATA, changed, definition, packaged, pages

FORM, MENDED = str(DATA / "strategy-form.json"), str(DATA / "strategy-form-mended.json")


def run(*words: str, language: str = "en") -> tuple[str, str]:
    """Return what the command prints, and what it says beside it."""
    out, err = StringIO(), StringIO()
    call_command("questionnaire", *words, "--language", language, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def saved(folder: Path, data: Any, name: str = "form.json") -> str:
    """Return the path of a file with the JSON."""
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, default=str), encoding="utf-8")
    return str(path)


class TestLint:
    def test_the_ministrys_form_has_warnings_and_no_errors(self) -> None:
        told, _err = run("lint", FORM)
        assert "Errors: 0\nWarnings: 11" in told
        assert "Between 13 and 15 is no 14" in told
        assert "The title of “grant_summary” says “yhteensä”, but nothing is added up." in told

    def test_the_mended_one_has_nothing_to_tell(self) -> None:
        assert run("lint", MENDED)[0].strip() == "Errors: 0\nWarnings: 0\nRemarks: 0"

    def test_json_has_codes_places_words_and_a_fix(self) -> None:
        told = json.loads(run("lint", FORM, "--json")[0])
        assert (told["sound"], told["counts"]) == (True, {"error": 0, "warn": 11, "info": 0})
        gap = next(defect for defect in told["defects"] if defect["code"] == "number.gap")
        assert (gap["at"], gap["names"]) == ("/pages/2/elements/2", ["environments_results", "environments_costs"])
        assert gap["fix"].startswith("Number the questions")

    def test_an_error_ends_with_exit_code_one(self, tmp_path: Path) -> None:
        spoilt = changed(packaged("strategy-form"), "/pages/1/visibleIf", "{ares} contains 'quality'")
        with pytest.raises(CommandError, match=r"The definition has 1 error\.") as ended:
            run("lint", saved(tmp_path, spoilt))
        assert ended.value.returncode == 1

    @pytest.mark.parametrize("text", ["{", "[]" * 2, "\x00", '{"a": NaN}'])
    def test_what_is_no_json_ends_with_two(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(CommandError) as ended:
            run("lint", saved(tmp_path, text))
        assert ended.value.returncode == 2

    def test_a_file_that_is_not_there_ends_with_two(self) -> None:
        with pytest.raises(CommandError) as ended:
            run("lint", "nowhere.json")
        assert ended.value.returncode == 2

    def test_json_that_is_no_definition_is_an_error_of_it(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError) as ended:
            run("lint", saved(tmp_path, "[]"), "--json")
        assert ended.value.returncode == 1

    def test_it_reads_a_form_in_a_spreadsheet(self, tmp_path: Path) -> None:
        run("convert", MENDED, "--to", "xlsform", "--out", str(tmp_path / "form.xlsx"))
        assert "“grant_summary” says “yhteensä”" in run("lint", str(tmp_path / "form.xlsx"))[0]


class TestConvert:
    def test_out_and_in_again_is_the_same_form(self, tmp_path: Path) -> None:
        out, _err = run("convert", FORM, "--to", "surveyjs")
        assert canonical(json.loads(out)) == canonical(packaged("strategy-form"))

    def test_losses_are_told_beside_the_result(self, tmp_path: Path) -> None:
        form = saved(tmp_path, pages({"type": "text", "name": "a", "setValueIf": "{b} = 1"}))
        out, err = run("convert", form, "--to", "surveyjs")
        assert json.loads(out)["pages"][0]["elements"] == [{"type": "text", "name": "a"}]
        assert "Lost on the way: 1" in err
        assert "/pages/0/elements/0/setValueIf" in err

    def test_json_holds_result_and_losses(self) -> None:
        told = json.loads(run("convert", FORM, "--to", "jsonschema", "--json")[0])
        assert told["result"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert {loss["what"] for loss in told["losses"]} == {"condition"}
        assert all(loss["message"] for loss in told["losses"])

    def test_a_workbook_needs_a_file(self) -> None:
        with pytest.raises(CommandError, match="--out") as ended:
            run("convert", FORM, "--to", "xlsform")
        assert ended.value.returncode == 2
        assert "survey" in json.loads(run("convert", FORM, "--to", "xlsform", "--json")[0])["result"]

    def test_a_workbook_is_written_and_read(self, tmp_path: Path) -> None:
        path = tmp_path / "form.xlsx"
        run("convert", FORM, "--to", "xlsform", "--out", str(path))
        out, _err = run("convert", str(path), "--to", "surveyjs")
        names = [question.name for question in definition(json.loads(out)).questions]
        assert names[:6] == [
            "provider",
            "contact_name",
            "contact_job_title",
            "contact_phone",
            "contact_email",
            "areas",
        ]

    def test_what_is_wrong_past_mending_ends_with_two(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="needs a name") as ended:
            run("convert", saved(tmp_path, pages({"type": "text"})), "--to", "surveyjs")
        assert ended.value.returncode == 2


class TestWorkbooks:
    def test_every_cell_comes_back_as_it_was(self) -> None:
        form = to_xlsform(definition(packaged("strategy-form")))[0]
        again = form_in(workbook_of(form))
        assert (again.survey, again.choices, again.settings) == (form.survey, form.choices, form.settings)
        assert from_xlsform(again) == from_xlsform(form)

    @pytest.mark.parametrize(
        "text", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "=HYPERLINK('http://x')", "http://example.org", "007"]
    )
    def test_no_text_becomes_a_formula_or_a_link(self, text: str) -> None:
        made = definition(pages({"type": "text", "name": "a", "title": text, "defaultValue": text}))
        data = workbook_of(to_xlsform(made)[0])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = "".join(
                archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))
            )
        assert "<f>" not in whole
        assert "<hyperlink " not in whole
        assert form_in(data).survey[1]["label"] == text

    def test_a_form_without_its_sheet_is_refused(self) -> None:
        import xlsxwriter

        form = XlsForm((), (), {})
        data = workbook_of(form)
        assert form_in(data).survey == ()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            book.add_worksheet("other").write_string(0, 0, "type")
        with pytest.raises(Refused):
            form_in(buffer.getvalue())

    @pytest.mark.parametrize("data", [b"", b"type,name", b"PK\x03\x04broken", b"%PDF-1.7"])
    def test_what_is_no_workbook_is_refused(self, data: bytes) -> None:
        with pytest.raises(Refused):
            form_in(data)

    def test_a_workbook_that_swells_is_refused(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<x/>")
            archive.writestr("xl/workbook.xml", b"\0" * 60_000_000)
        with pytest.raises(Refused):
            form_in(buffer.getvalue())

    def test_a_workbook_of_two_far_corners_is_refused(self) -> None:
        import xlsxwriter

        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            page = book.add_worksheet("survey")
            page.write_string(0, 0, "type")
            page.write_string(1_000_000, 16_000, "text")
        with pytest.raises(Refused):
            form_in(buffer.getvalue())

    def test_a_file_of_a_bomb_ends_the_command_with_two(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.xlsx"
        path.write_bytes(b"PK\x03\x04" + b"\0" * 1_000)
        with pytest.raises(CommandError) as ended:
            run("lint", str(path))
        assert ended.value.returncode == 2


class TestWords:
    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_every_defect_and_loss_has_words_in_each_language(self, language: str) -> None:
        kinds = [*defect_words.WORDS.values(), defect_words.OF_READING]
        told = [words for kind in kinds for words in (kind.title, kind.sentence, kind.fix)]
        with translation.override("en"):
            english = [str(words) for words in (*told, *loss_words.WORDS.values())]
        with translation.override(language):
            own = [str(words) for words in (*told, *loss_words.WORDS.values())]
        same = [one for one, other in zip(own, english, strict=True) if one == other]
        assert same == [""]

    def test_every_code_that_the_linter_gives_has_words(self) -> None:
        source = "".join(path.read_text(encoding="utf-8") for path in (DATA.parent / "rules" / "lint").glob("*.py"))
        for code in defect_words.WORDS:
            whole = f'"{code}"' in source
            made = any(f'f"{code.rpartition(separator)[0]}{separator}{{' in source for separator in "._")
            assert whole or made, code
        for defect in defects(read(packaged("strategy-form"))):
            assert defect_words.sentence(defect)
            assert defect_words.title(defect.code)

    def test_what_reading_finds_has_words(self) -> None:
        spoilt = pages({"type": "text", "name": "a", "visibleIf": "{a} >"}, {"type": "nothing", "name": "b"})
        told = [defect_words.sentence(defect) for defect in defects(read(spoilt))]
        assert told == [fault_words.sentence(fault) for fault in read(spoilt).faults]
