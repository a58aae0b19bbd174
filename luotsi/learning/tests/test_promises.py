"""The chapter on promises names tests that are there, and what no other test shows is shown here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.apps import apps
from django.db.models import CharField, TextField

from luotsi.indicators.api.served import api
from luotsi.learning.models import Score
from luotsi.learning.rules.features import FEATURES, Record

ROOM = Path(__file__).parents[1]
TOP = ROOM.parents[1]
CHAPTER = (TOP / "docs" / "guidance-promises.md").read_text(encoding="utf-8")
PROMISE = re.compile(r"^\| (R\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)

# Who may name scores: making, showing and forgetting them. None of these writes anything else about a learner.
OF_SCORES = {
    "actions/demo",
    "actions/forgetting.py",
    "actions/looking.py",
    "actions/scoring.py",
    "models",
    "queries/guidance",
}

# Words in the names of packages that read texts, voices, faces or pictures, or that ask a language model.
READING = (
    "sentiment|emotion|vader|textblob|nltk|spacy|transformers|torch|tensorflow|keras|onnx|openai|anthropic|langchain|llama|"
    "huggingface|whisper|speech|vosk|librosa|opencv|deepface|mediapipe|tesseract"
)


class TestTheChapter:
    def test_it_tells_nineteen(self) -> None:
        assert [number for number, _promise, _tests in PROMISE.findall(CHAPTER)] == [f"R{n}" for n in range(1, 20)]

    def test_every_test_that_it_names_is_there(self) -> None:
        named = {
            one for _number, _promise, tests in PROMISE.findall(CHAPTER) for one in re.findall(r"`([^`]+)`", tests)
        }
        files = {one.split("::")[0] for one in named}
        assert named <= {one for file in files for one in _tests_of(file)}

    def test_no_promise_is_without_one(self) -> None:
        assert all("::test_" in tests for _number, _promise, tests in PROMISE.findall(CHAPTER))


class TestWhoReadsScores:
    def test_only_guidance_does(self) -> None:
        for file in ROOM.rglob("*.py"):
            place = file.relative_to(ROOM).as_posix()
            if place.startswith(("tests/", "migrations/")) or any(place.startswith(one) for one in OF_SCORES):
                continue
            assert Score.__name__ not in _imported(file), place

    def test_no_interface_has_an_address_of_them(self) -> None:
        addresses = list(api.get_openapi_schema()["paths"])
        assert addresses
        assert not [one for one in addresses if re.search("score|risk|learner|guidance|caseload", one)]


class TestNoReadingOfFeelings:
    def test_no_package_could(self) -> None:
        lock = (TOP / "requirements.lock").read_text(encoding="utf-8")
        packages = re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE)
        assert len(packages) > 20
        assert not [one for one in packages if re.search(READING, one)]

    def test_no_input_of_a_score_is_a_text(self) -> None:
        """Every feature is a number, counted from a record in which nobody writes freely."""
        assert {one.record for one in FEATURES.values()} == set(Record)
        models = ("StudyRight", "StudyLine", "StudyPlan", "WorkPeriod", "Absence", "Judgement")
        assert len(models) == len(Record)
        for name in models:
            fields = apps.get_model("learning", name)._meta.get_fields()
            free = [one.name for one in fields if isinstance(one, TextField)]
            long = [one.name for one in fields if isinstance(one, CharField) and (one.max_length or 0) > 200]
            assert not [one for one in (*free, *long) if not one.startswith(("name", "title"))], name


def _tests_of(file: str) -> set[str]:
    tree = ast.parse((ROOM / "tests" / file).read_text(encoding="utf-8"))
    return {
        f"{file}::{of_class.name}::{one.name}"
        for of_class in tree.body
        if isinstance(of_class, ast.ClassDef)
        for one in of_class.body
        if isinstance(one, ast.FunctionDef)
    }


def _imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {name.name for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) for name in one.names}
