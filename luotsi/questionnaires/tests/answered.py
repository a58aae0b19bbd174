"""Questionnaires that tests and addresses point to, made through the actions that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.responses import Typed, begin_response, save_answers
from luotsi.questionnaires.actions.sharing import share_response
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection, QuestionnaireVersion, Response
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.tests import drafted
from luotsi.questionnaires.tests.surveying import BY_LINK, OF_SURVEYS, Surveyed, make_surveyed

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.access import Held

SMALL: dict[str, Any] = {
    "x-luotsi": {"name": "small", "version": "1.0.0"},
    "title": {"fi": "Pieni lomake", "en": "Small form"},
    "pages": [
        {
            "name": "first",
            "title": {"fi": "Perustiedot", "en": "Basics"},
            "elements": [
                {
                    "type": "text",
                    "name": "title",
                    "title": {"fi": "Nimi", "en": "Name"},
                    "isRequired": True,
                    "maxLength": 20,
                },
                {"type": "comment", "name": "why", "title": {"en": "Why"}, "maxLength": 50},
                {
                    "type": "checkbox",
                    "name": "areas",
                    "title": {"en": "Areas"},
                    "choices": [{"value": "a", "text": {"en": "Area A"}}, {"value": "b", "text": {"en": "Area B"}}],
                    "showOtherItem": True,
                },
            ],
        },
        {
            "name": "second",
            "title": {"fi": "Raha", "en": "Money"},
            "elements": [
                {
                    "type": "matrixdynamic",
                    "name": "costs",
                    "title": {"en": "Costs"},
                    "rowCount": 1,
                    "visibleIf": "{areas} contains 'a'",
                    "columns": [
                        {"name": "what", "title": {"en": "What"}, "cellType": "text"},
                        {
                            "name": "sum",
                            "title": {"en": "Sum"},
                            "cellType": "text",
                            "inputType": "number",
                            "totalType": "sum",
                        },
                    ],
                },
                {"type": "file", "name": "plan", "title": {"en": "Plan"}, "allowMultiple": False},
                {
                    "type": "expression",
                    "name": "double",
                    "title": {"en": "Twice"},
                    "expression": "{costs-total.sum} * 2",
                },
            ],
        },
    ],
}


OF_UNITS = frozenset({"list-collections", "open-collection", "see-collection", "begin-response", "close-collection"})


@dataclass(frozen=True)
class Asked:
    """A published version, open to the schools of Tampere, with a draft of Bilal's school."""

    version: QuestionnaireVersion
    collection: Collection
    response: Response


def make_version(
    owner: Unit, definition: dict[str, Any] | None = None, by: Account | None = None
) -> QuestionnaireVersion:
    """Publish a definition."""
    return publish_version(owner=owner, definition=definition or SMALL, by=by)


def make_collection(
    version: QuestionnaireVersion, owner: Unit, *, closes_at: datetime | None = None, **details: Any
) -> Collection:
    """Open a version since yesterday, to schools unless the details say otherwise."""
    given = {"names": Names(fi="Koehaku", en="Trial call"), "answered_by": "institutions", **details}
    opens = clock.now() - timedelta(days=1)
    return open_collection(
        version=version, owner=owner, details=CollectionDetails(opens_at=opens, closes_at=closes_at, **given), by=None
    )


def make_asked(cast: Cast, definition: dict[str, Any] | None = None, **details: Any) -> Asked:
    """Make everything up to a draft of the school."""
    version = make_version(cast.tampere, definition, cast.aino)
    collection = make_collection(version, cast.tampere, **details)
    response = begin_response(collection=collection, unit=cast.school, by=cast.bilal)
    return Asked(version, collection, response)


def held_by(account: Account, response: Response, to: Grant = Grant.READ) -> Held:
    """Return the response in somebody's hands, fetched as a page does."""
    account.kept_reach = None
    return access.response_for(account, response.pk, to=to)


def write(held: Held, /, was: dict[str, str] | None = None, token: str = "", page: str = "", **answers: Any) -> Any:
    """Save answers as a page does that had shown them as they are now, unless `was` says otherwise."""
    from luotsi.questionnaires.rules.filling.names import digest

    now = held.response.values
    known = {name: digest(now.get(name)) for name in answers} if was is None else was
    return save_answers(held=held, typed=Typed(values=answers, was=known, token=token, page=page))


def hand_in(account: Account, response: Response) -> Any:
    """Hand a response in now."""
    held = held_by(account, response, Grant.SUBMIT)
    return submit_response(held=held, received_at=clock.now(), language="en", revision=held.response.revision)


@dataclass(frozen=True)
class Questioned:
    """Everything that an address of this room needs: a draft of the school, and one that was handed in."""

    asked: Asked
    handed: Response
    share: UUID
    token: str
    file: UUID
    surveyed: Surveyed
    school: str
    draft: QuestionnaireVersion

    @staticmethod
    def is_of_unit(name: str) -> bool:
        """Return True for an address that stands below a unit."""
        return name.partition(":")[2] in OF_UNITS | OF_SURVEYS | drafted.OF_UNITS

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of this room needs beside the unit."""
        short = name.removeprefix("questionnaires:")
        if short in OF_SURVEYS | BY_LINK:
            return self.surveyed.arguments(short, self.school)
        return self._arguments(short)

    def _arguments(self, short: str) -> dict[str, Any]:
        if short in drafted.OF_UNITS | {"list-collections"}:
            return drafted.arguments(short, self.draft)
        if short == "open-collection":
            return {"version": self.asked.version.pk}
        if short in {"see-collection", "begin-response", "close-collection"}:
            return {"pk": self.asked.collection.pk}
        if short == "open-link":
            return {"token": self.token}
        handed = short in {"see-receipt", "download-submission", "renew-response"}
        found: dict[str, Any] = {"pk": (self.handed if handed else self.asked.response).pk}
        if short == "fill-page":
            found["number"] = 1
        if short in {"see-receipt", "download-submission"}:
            found["number"] = 1
        if short == "download-submission":
            found |= {"lang": "fi", "kind": "json"}
        if short == "revoke-share":
            found["share"] = self.share
        if short == "download-attachment":
            found["file"] = self.file
        return found


def make_questioned(cast: Cast) -> Questioned:
    """Make them."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from luotsi.questionnaires.actions.attachments import add_file

    asked = make_asked(cast)
    held = held_by(cast.bilal, asked.response)
    until = clock.now() + timedelta(days=7)
    given: dict[str, Any] = {"grant": Grant.READ, "language": "en", "expires_at": until}
    share = share_response(held=held, email="visitor@luotsi.example", **given).share
    link = share_response(held=held, email="guest@luotsi.example", **given).link
    file = add_file(held=held, question="plan", file=SimpleUploadedFile("plan.csv", b"a;b\n1;2\n"))
    other = make_collection(asked.version, cast.tampere)
    handed = begin_response(collection=other, unit=cast.school, by=cast.bilal)
    write(held_by(cast.bilal, handed), title="Kokeilu")
    hand_in(cast.bilal, handed)
    token, draft = link.rsplit("/", 2)[1], drafted.make_drafted(cast, asked.version)
    return Questioned(asked, handed, share.pk, token, file.pk, make_surveyed(cast), cast.school.key, draft)
