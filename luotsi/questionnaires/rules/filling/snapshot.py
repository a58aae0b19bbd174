"""What is hashed when a response is handed in: one canonical object, so that a copy can be proved anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.questionnaires.rules.definition import sha256_of


@dataclass(frozen=True)
class HandedIn:
    """Everything that a submission says, in plain texts and numbers."""

    questionnaire: str
    version: str
    definition_sha256: str
    collection: str
    response: str
    answered_for: str
    number: int
    replaces: str
    submitted_at: str
    submitted_by: str
    answers: Mapping[str, Any]

    def content(self) -> dict[str, Any]:
        """Return the object that is hashed."""
        return {"format": "luotsi-submission-1", **vars(self)}


def proves(document: Mapping[str, Any]) -> bool:
    """Return True when a document carries the hash of its own content.

    Raises:
        NotAValue: it is no JSON that answers may be.
    """
    content = {key: value for key, value in document.items() if key != "sha256"}
    return document.get("sha256") == sha256_of(content)
