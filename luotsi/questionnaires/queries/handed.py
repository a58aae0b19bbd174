"""The pages around handing in: summary, receipt, versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.questionnaires.models import Submission
from luotsi.questionnaires.queries.checks import Blocked, Found, blocked, found_by_rules
from luotsi.questionnaires.queries.summaries import Difference, Section, changes_between, summary_of
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.questionnaires.access import Held


@dataclass(frozen=True)
class SummaryPage:
    """What would be handed in. `may_submit` is True for those who may and while the collection is open.

    `through` is the page where it is handed in with what it belongs to; empty where it is handed in here.
    """

    sections: tuple[Section, ...]
    problems: tuple[Blocked, ...]
    found: tuple[Found, ...]
    may_submit: bool
    through: str
    may_write: bool
    handed_in: bool
    state: str
    closes_at: datetime | None
    revision: int
    latest: int

    @property
    def ready(self) -> bool:
        """True when nothing keeps it from being handed in."""
        return not self.keeps and self.state == "open"

    @property
    def keeps(self) -> int:
        """How many things keep it from being handed in."""
        return len(self.problems) + sum(one.blocks for one in self.found)


def summary_page(held: Held, language: str) -> SummaryPage:
    """Return the summary of a draft with everything that is still wrong."""
    response = held.response
    version, collection = response.collection.version, response.collection
    outcome = outcome_of(version, response.values, language=language)
    state = response.state_at(clock.now())
    latest = response.submissions.values_list("number", flat=True).first() or 0
    handed_in = response.state == "submitted"
    return SummaryPage(
        sections=summary_of(version, response.values, language),
        problems=() if handed_in else blocked(version, outcome, response, language),
        found=() if handed_in else found_by_rules(version, outcome, response, language),
        may_submit=held.may(Grant.SUBMIT) and state == "open" and not handed_in and not collection.through,
        through=collection.through,
        may_write=held.may(Grant.WRITE) and not handed_in,
        handed_in=handed_in,
        state=state,
        closes_at=response.closes_at,
        revision=response.revision,
        latest=latest,
    )


@dataclass(frozen=True)
class ReceiptPage:
    """A submission as it is shown; `holds` is True for those who may open the response itself."""

    submission: Submission
    title: str
    collection: Names
    answered_for: str
    sections: tuple[Section, ...]
    is_valid: bool
    latest: int
    holds: bool
    may_renew: bool


def receipt_page(submission: Submission, language: str, *, holds: Grant | None) -> ReceiptPage:
    """Return what was handed in, always with the version that it was given to."""
    response = submission.response
    latest = response.submissions.values_list("number", flat=True).first() or submission.number
    is_open = response.state_at(clock.now()) == "open"
    writes = holds is not None and holds.covers(Grant.WRITE)
    return ReceiptPage(
        submission=submission,
        title=definition_of(submission.version).title.in_language(language).text,
        collection=response.collection.names,
        answered_for=response.unit.names.text if response.unit else submission.content["answered_for"],
        sections=summary_of(submission.version, submission.content["answers"], language),
        is_valid=latest == submission.number,
        latest=latest,
        holds=holds is not None,
        may_renew=writes and is_open and response.state == "submitted" and latest == submission.number,
    )


@dataclass(frozen=True)
class VersionLine:
    """A submission among those of its response, with what it changed of the one before."""

    number: int
    submitted_at: datetime
    by: str
    sha256: str
    is_valid: bool
    url: str
    changes: tuple[Difference, ...]
    is_first: bool


@dataclass(frozen=True)
class VersionsPage:
    """Everything handed in for a response, the latest first."""

    lines: tuple[VersionLine, ...]
    draft_url: str
    may_renew: bool


MOST = 20


def versions_page(held: Held, language: str) -> VersionsPage:
    """Return what has been handed in, and what each changed."""
    response = held.response
    found = list(response.submissions.select_related("version__questionnaire")[: MOST + 1])
    lines = []
    for place, submission in enumerate(found[:MOST]):
        earlier = found[place + 1] if place + 1 < len(found) else None
        lines.append(
            VersionLine(
                number=submission.number,
                submitted_at=submission.submitted_at,
                by=submission.content["submitted_by"],
                sha256=submission.sha256,
                is_valid=not place,
                url=reverse("questionnaires:see-receipt", args=[response.pk, submission.number]),
                changes=changes_between(earlier, submission, language) if earlier else (),
                is_first=submission.number == 1,
            )
        )
    draft = response.state == "draft"
    is_open = response.state_at(clock.now()) == "open"
    return VersionsPage(
        tuple(lines),
        reverse("questionnaires:fill-page", args=[response.pk, 0]) if draft else "",
        held.may(Grant.WRITE) and is_open and not draft,
    )
