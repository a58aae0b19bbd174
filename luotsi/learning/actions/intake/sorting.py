"""The first pass over study data: whose documents they are, scrubbed and packed, and all that contradicts itself."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from luotsi.learning.actions.intake.refusals import Faults, below
from luotsi.learning.engine.deliveries import Broken, Document, Place, canonical
from luotsi.learning.models import Extract, Learner, StudyRight
from luotsi.learning.rules import koski
from luotsi.learning.rules.codes import birth_in
from luotsi.learning.rules.places import Node
from luotsi.learning.rules.scrubbing import WelfareFound, is_welfare, scrubbed, welfare_in
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

KINDS = frozenset(koski.Kind)
WITHOUT_OID = "~"
SALT = b"learning.identity"


@dataclass(slots=True)
class Piece:
    """One right or plan: its scrubbed content, packed, and where it stood (None: it is known from before)."""

    data: bytes
    sha256: str
    place: Place | None
    school: UUID | None = None


@dataclass
class Someone:
    """A learner of a delivery; `code` is the identity code, kept only while the import runs."""

    oid: str = ""
    identity: str = ""
    code: str = ""
    given_name: str = ""
    family_name: str = ""
    language: str = ""
    birth: date | None = None
    pk: UUID | None = None
    place: Place | None = None
    rights: dict[str, Piece] = field(default_factory=dict)
    plans: dict[str, Piece] = field(default_factory=dict)


@dataclass
class Register:
    """What is known of a provider before: its schools, its learners, whose rights there are."""

    schools: dict[str, UUID]
    by_oid: dict[str, UUID]
    by_identity: dict[str, UUID]
    by_right: dict[str, UUID]


@dataclass
class Sorted:
    """A delivery by learner."""

    people: list[Someone] = field(default_factory=list)
    documents: int = 0
    duplicates: int = 0


def digest_of(identity: str) -> str:
    """Return the keyed digest of an identity code; nobody without the key of the installation can tell one by it."""
    plain = identity.strip().upper()
    return hmac.new(settings.SECRET_KEY.encode(), SALT + plain.encode(), hashlib.sha256).hexdigest() if plain else ""


def register_of(provider: Unit, unit: Unit) -> Register:
    """Return what is known of a provider, and the schools at the unit and below it by OID and number."""
    schools: dict[str, UUID] = {}
    for pk, oid, number in (
        Unit.objects.under(unit).filter(kind=Kind.INSTITUTION).values_list("pk", "oid", "institution_number")
    ):
        schools |= {code: pk for code in (oid, number) if code}
    by_oid: dict[str, UUID] = {}
    by_identity: dict[str, UUID] = {}
    for pk, oid, identity in Learner.objects.filter(provider=provider).values_list("pk", "oid", "identity"):
        if oid:
            by_oid[oid] = pk
        if identity:
            by_identity[identity] = pk
    rights = StudyRight.objects.known().filter(learner__provider=provider).values_list("oid", "learner_id")
    return Register(schools, by_oid, by_identity, dict(rights))


class Sorting:
    """Takes document by document and sorts what is in them by learner."""

    def __init__(self, register: Register, faults: Faults) -> None:
        """Begin with nothing."""
        self.register, self.faults = register, faults
        self.found = Sorted()
        self._by_oid: dict[str, Someone] = {}
        self._by_identity: dict[str, Someone] = {}
        self._by_right: dict[str, Someone] = {}
        self._plans: dict[str, tuple[Piece, str]] = {}

    def take(self, document: Document | Broken) -> None:
        """Take one document; what is wrong with it is told."""
        place = document.place
        self.found.documents += 1
        if isinstance(document, Broken):
            where = (document.line, document.column)
            self.faults.tell(place, document.code, ":".join(str(one) for one in where if one is not None))
            return
        data = document.value
        if not isinstance(data, dict):
            self.faults.tell(place, "not_study")
            return
        if "opiskeluoikeudet" in data:
            self._take_learner(data, place)
        elif "opiskeluoikeus-oid" in data or any(str(name).startswith("hankittavat-") for name in data):
            self._take_plan(data, place)
        elif "suoritukset" in data or {"tila", "tyyppi"} <= data.keys():
            self._take_learner({**data, "opiskeluoikeudet": [data]}, place, alone=True)
        else:
            self.faults.tell(place, "not_study")

    def _take_learner(self, data: dict[str, Any], place: Place, *, alone: bool = False) -> None:
        someone = self._someone(data, place)
        if someone is None:
            return
        rights = data["opiskeluoikeudet"]
        if not isinstance(rights, list):
            self.faults.tell(below(place, "/opiskeluoikeudet"), "not_list", rights)
            return
        for number, right in enumerate(rights):
            at = place if alone else below(place, f"/opiskeluoikeudet/{number}")
            if isinstance(right, dict):
                self._take_right(someone, right, at)
            else:
                self.faults.tell(at, "not_object", right)

    def _someone(self, data: dict[str, Any], place: Place) -> Someone | None:
        """Return whose document it is: found again by OID or identity code, else somebody new."""
        node = Node(data.get("henkilö"), "/henkilö")
        for name in (*data, *(node.value if isinstance(node.value, dict) else ())):
            if is_welfare(name):
                self.faults.tell(place, "welfare", name)
        if data.get("henkilö") is not None and not isinstance(data["henkilö"], dict):
            self.faults.tell(below(place, "/henkilö"), "not_object", data["henkilö"])
            return None
        oid = Node(data.get("oppijaMasterOid") or data.get("oppijaOid")).text() or node.of("oid").text()
        code = node.of("hetu").text()
        if not oid and not code:
            self.faults.tell(below(place, "/henkilö"), "nobody")
            return None
        if len(oid) > 60:
            self.faults.tell(below(place, "/henkilö/oid"), "too_long", oid)
            return None
        identity = digest_of(code)
        one, other = self._by_oid.get(oid) if oid else None, self._by_identity.get(identity) if identity else None
        found = one or other
        if one and other and one is not other:
            self.faults.tell(below(place, "/henkilö"), "two_learners", oid)
            return None
        if found is None:
            found = Someone(place=place)
            self.found.people.append(found)
        self._describe(found, node, oid, code)
        known = {
            pk for pk in (self.register.by_oid.get(found.oid), self.register.by_identity.get(found.identity)) if pk
        }
        if len(known) > 1:
            self.faults.tell(below(place, "/henkilö"), "two_learners", found.oid)
            return None
        found.pk = next(iter(known), None)
        for fault in node.faults:
            self.faults.tell(below(place, fault.at), fault.code, fault.found)
        return found

    def _describe(self, someone: Someone, node: Node, oid: str, code: str) -> None:
        someone.oid, someone.code = someone.oid or oid, someone.code or code
        someone.identity = someone.identity or digest_of(code)
        if someone.oid:
            self._by_oid[someone.oid] = someone
        if someone.identity:
            self._by_identity[someone.identity] = someone
        someone.given_name = (node.of("kutsumanimi").text() or node.of("etunimet").text() or someone.given_name)[:120]
        someone.family_name = (node.of("sukunimi").text() or someone.family_name)[:120]
        told = node.of("äidinkieli").code()
        someone.language = told.value if told else someone.language
        someone.birth = birth_in(code) or node.of("syntymäaika").day() or someone.birth

    def _take_right(self, someone: Someone, right: dict[str, Any], place: Place) -> None:
        kind = Node(right.get("tyyppi")).code()
        if kind and kind.value not in KINDS:
            self.faults.leave_out(place, "other_studies", kind.value)
            return
        school = self._school_of(right)
        if school is None:
            self.faults.tell(below(place, "/oppilaitos"), "foreign_school", _said_school(right))
            return
        oid = Node(right.get("oid")).text() or _made_oid(someone, right)
        if len(oid) > 60:
            self.faults.tell(below(place, "/oid"), "too_long", oid)
            return
        holder = self._by_right.setdefault(oid, someone)
        known = self.register.by_right.get(oid)
        if holder is not someone or (known and known != someone.pk):
            self.faults.tell(below(place, "/oid"), "right_of_two", oid)
            return
        if piece := self._piece(right, place, school):
            self._put(someone.rights, oid, piece)

    def _school_of(self, right: dict[str, Any]) -> UUID | None:
        """Return the school of a right: where it is taught, else the institution; None when it is none of the unit."""
        studies = right.get("suoritukset")
        first = studies[0] if isinstance(studies, list) and studies else None
        for node in (Node(first).of("toimipiste"), Node(right.get("oppilaitos"))):
            for code in (node.of("oid").text(), _value(node.of("oppilaitosnumero"))):
                if code in self.register.schools:
                    return self.register.schools[code]
        return None

    def _take_plan(self, plan: dict[str, Any], place: Place) -> None:
        right = Node(plan.get("opiskeluoikeus-oid")).text()
        if not right or len(right) > 60:
            self.faults.tell(below(place, "/opiskeluoikeus-oid"), "missing" if not right else "too_long", right)
            return
        piece, told = self._piece(plan, place), Node(plan.get("oppija-oid")).text()
        if piece is None:
            return
        if right not in self._plans:
            self._plans[right] = (piece, told)
        elif self._plans[right][0].sha256 == piece.sha256:
            self.found.duplicates += 1
        else:
            self.faults.tell(place, "contradictory", _told(self._plans[right][0].place))

    def _piece(self, data: dict[str, Any], place: Place, school: UUID | None = None) -> Piece | None:
        """Return a document scrubbed and packed; None of one that tells of welfare or health."""
        try:
            content = canonical(scrubbed(data))
        except WelfareFound:
            for at in welfare_in(data):
                self.faults.tell(below(place, at), "welfare")
            return None
        return Piece(zlib.compress(content, 3), hashlib.sha256(content).hexdigest(), place, school)

    def _put(self, pieces: dict[str, Piece], key: str, piece: Piece) -> None:
        if key not in pieces:
            pieces[key] = piece
        elif pieces[key].sha256 == piece.sha256:
            self.found.duplicates += 1
        else:
            self.faults.tell(piece.place or Place(""), "contradictory", _told(pieces[key].place))

    def finished(self) -> Sorted:
        """Give each plan to whose right it is, else to whom it names; return what was sorted."""
        by_pk = {one.pk: one for one in self.found.people if one.pk}
        for right, (piece, told) in self._plans.items():
            someone = self._by_right.get(right)
            pk = self.register.by_right.get(right) or self.register.by_oid.get(told)
            if someone is None and (someone := by_pk.get(pk) if pk else self._by_oid.get(told)) is None and pk:
                someone = by_pk[pk] = Someone(oid=told, pk=pk, place=piece.place)
                self.found.people.append(someone)
            if someone is None:
                self.faults.leave_out(piece.place or Place(""), "plan_of_nobody", right)
                continue
            someone.plans[right] = piece
        return self.found


def _made_oid(someone: Someone, right: dict[str, Any]) -> str:
    """Return a key for a right that has no OID yet: of whose it is, where, what it is for and since when."""
    node = Node(right)
    first = next(node.within("tila", "opiskeluoikeusjaksot").each(), Node({}))
    study = next(node.of("suoritukset").each(), Node({}))
    parts = (
        someone.oid or someone.identity,
        node.within("oppilaitos", "oid").text(),
        _value(study.within("koulutusmoduuli", "tunniste")),
        _value(study.of("tyyppi")),
        str(first.of("alku").value or ""),
    )
    return WITHOUT_OID + hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def _value(node: Node) -> str:
    found = node.code()
    return found.value if found else ""


def _said_school(right: dict[str, Any]) -> str:
    node = Node(right.get("oppilaitos"))
    return node.of("oid").text() or _value(node.of("oppilaitosnumero")) or node.of("nimi").words()


def _told(place: Place | None) -> str:
    return "" if place is None else " ".join(str(part) for part in (place.file, place.line, place.at) if part)


def known_pieces(pks: Iterable[UUID]) -> Iterator[tuple[UUID, str, str, bytes, str, date]]:
    """Yield the documents known now of learners: whose, kind, right, packed, sha256, since when it is known."""
    known = Extract.objects.known().filter(learner_id__in=list(pks))
    for one in known.only("learner_id", "kind", "right_oid", "data", "sha256", "known_from").iterator(chunk_size=2000):
        yield one.learner_id, one.kind, one.right_oid, bytes(one.data), one.sha256, one.known_from
