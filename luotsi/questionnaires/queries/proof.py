"""Proving a copy: a JSON file by its own content, a PDF by printing the stored submission again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.questionnaires.models import Submission
from luotsi.questionnaires.queries.documents import PREFIX, as_json, as_pdf
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import sha256_of
from luotsi.questionnaires.rules.filling.snapshot import proves

if TYPE_CHECKING:
    from collections.abc import Mapping

HASH = re.compile(rf"{PREFIX}([0-9a-f]{{64}})".encode())
LANGUAGE = re.compile(rb"luotsi-language:(fi|sv|en)")


@dataclass(frozen=True)
class Proof:
    """What was found out about a file.

    Attributes:
        verdict: equal, or changed (its content does not give its hash), unknown (no such submission here), stored (the
            submission that is kept does not give its own hash), reprinted (a PDF of a known submission that is not
            the one that is printed now), unreadable.
        sha256: The hash that the file carries; "" = none.
        submission: The stored submission.
        is_valid: True for the one that stands; False where a later one replaced it.
    """

    verdict: str
    sha256: str = ""
    submission: Submission | None = None
    is_valid: bool = False

    @property
    def holds(self) -> bool:
        """Return True when the file equals what is stored."""
        return self.verdict == "equal"


def prove_file(data: bytes) -> Proof:
    """Return what can be said of a file: the JSON or the PDF of a submission."""
    if data.startswith(b"%PDF-"):
        return _prove_pdf(data)
    try:
        document = values.loads(data.decode("utf-8-sig"), depth=values.DEEPEST)
    except (UnicodeDecodeError, values.NotAValue):
        return Proof("unreadable")
    if not isinstance(document, dict) or not isinstance(document.get("sha256"), str):
        return Proof("unreadable")
    return _prove_json(document)


def _prove_json(document: Mapping[str, object]) -> Proof:
    sha256 = str(document["sha256"])[:64]
    found = _stored(sha256)
    if not proves(document):
        return _proof("changed", found) if found else Proof("changed", sha256)
    if found is None:
        return Proof("unknown", sha256)
    same = values.loads(as_json(found).decode(), depth=values.DEEPEST) == document
    return _proof("equal" if same else "changed", found)


def _prove_pdf(data: bytes) -> Proof:
    told = HASH.search(data)
    if told is None:
        return Proof("unreadable")
    sha256 = told[1].decode()
    found = _stored(sha256)
    if found is None:
        return Proof("unknown", sha256)
    language = LANGUAGE.search(data)
    printed = as_pdf(found, language[1].decode() if language else found.language)
    return _proof("equal" if printed == data else "reprinted", found)


def _stored(sha256: str) -> Submission | None:
    known = Submission.objects.select_related("version__questionnaire", "response__collection", "response__unit")
    return known.filter(sha256=sha256).first()


def _proof(verdict: str, found: Submission) -> Proof:
    """Return the proof, once the stored submission itself gives its hash."""
    if sha256_of(found.content) != found.sha256:
        verdict = "stored"
    return Proof(verdict, found.sha256, found, not Submission.objects.filter(replaces=found).exists())
