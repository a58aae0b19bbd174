"""Checks files of study data, whoever's documents stand where in them: plans beside their rights, each learner whole.

The files are read twice: first plans are laid aside, packed, and learners counted; then rights are read and each
learner is checked as soon as all their documents are there. Nothing else is kept, so that files may be large.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from json import dumps, loads
from marshal import dumps as dumps_exactly
from typing import BinaryIO

from luotsi.learning.engine.documents import Broken, Document, Place, documents_in
from luotsi.learning.rules.checks.finding import Finding
from luotsi.learning.rules.places import Fault, Node
from luotsi.learning.rules.preflight import Checked, Sort, check_documents, opened, sort_of


@dataclass(frozen=True)
class Source:
    """A file: how it is called and what opens it, which is done twice."""

    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Again:
    """A right or plan that was told before; its first place, and whether the same was said there."""

    oid: str
    before: Place
    is_same: bool


@dataclass(frozen=True)
class Told:
    """A broken rule, a fault of reading or something told again; `at` is the JSON Pointer in the file or line."""

    place: Place
    at: str
    what: Finding | Fault | Again


@dataclass
class Counts:
    """How much was read: documents, learners, rights and plans that were checked, rights of other kinds."""

    files: int = 0
    documents: int = 0
    learners: int = 0
    rights: int = 0
    plans: int = 0
    others: int = 0
    has_plans: bool = False


@dataclass(frozen=True)
class _Kept:
    """A document that is laid aside."""

    place: Place
    packed: bytes

    @property
    def value(self) -> object:
        return loads(zlib.decompress(self.packed))


@dataclass
class _Seen:
    """What the first reading finds out."""

    plans: dict[str, list[_Kept]] = field(default_factory=lambda: defaultdict(list))
    plans_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    students: dict[str, str] = field(default_factory=dict)
    learners: Counter[str] = field(default_factory=Counter)
    alone: list[str] = field(default_factory=list)
    with_rights: set[str] = field(default_factory=set)


class Preflight:
    """One check of some files."""

    def __init__(self, sources: Sequence[Source], day: date) -> None:
        """Take the files and the day whose rules hold."""
        self.sources, self.day, self.counts = sources, day, Counts(files=len(sources))
        self._seen = _Seen()
        self._rights: dict[str, tuple[int, Place]] = {}

    def run(self) -> Iterator[Told | Broken]:
        """Yield everything that is found; `counts` is full when it has ended."""
        yield from self._first()
        waiting: dict[str, list[_Kept]] = defaultdict(list)
        for source in self.sources:
            if source.name in self._seen.with_rights:
                for one in self._documents(source):
                    yield from self._second(one, waiting)
        yield from self._plans_alone()

    def _documents(self, source: Source) -> Iterator[Document]:
        with source.open() as file:
            for one in documents_in(source.name, file):
                if isinstance(one, Document):
                    yield from _inner(one)

    def _first(self) -> Iterator[Told | Broken]:
        for source in self.sources:
            with source.open() as file:
                for one in documents_in(source.name, file):
                    if isinstance(one, Broken):
                        yield one
                        continue
                    for each in _inner(one):
                        self.counts.documents += 1
                        yield from self._note(each, source.name)
        self._seen.learners.update(self._seen.students.get(oid, oid) for oid in self._seen.alone)

    def _note(self, one: Document, name: str) -> Iterator[Told]:
        match sort_of(one.value):
            case Sort.PLAN:
                yield from self._keep(one)
            case Sort.LEARNER:
                self._seen.with_rights.add(name)
                self._seen.learners[_key(one)] += 1
            case Sort.RIGHT:
                self._seen.with_rights.add(name)
                self._seen.alone.append(_key(one))
            case _:
                yield Told(one.place, one.place.at, Fault("", "foreign"))

    def _keep(self, one: Document) -> Iterator[Told]:
        node = Node(one.value)
        right, student = node.of("opiskeluoikeus-oid").text(), node.of("oppija-oid").text()
        self.counts.has_plans = True
        kept = _Kept(one.place, zlib.compress(one.text.encode("utf-8", "surrogatepass"), 1))
        key = right or _unnamed(one.place)
        if right and (before := self._seen.plans.get(right)):
            yield Told(one.place, one.place.at, Again(right, before[0].place, kept.packed == before[0].packed))
            return
        self._seen.plans[key].append(kept)
        if student:
            self._seen.plans_of[student].append(key)
            self._seen.students[key] = student

    def _second(self, one: Document, waiting: dict[str, list[_Kept]]) -> Iterator[Told]:
        if sort_of(one.value) not in {Sort.LEARNER, Sort.RIGHT}:
            return
        key = _key(one)
        key = self._seen.students.get(key, key)
        kept = waiting[key] if self._seen.learners[key] > 1 else []
        if len(kept) + 1 < self._seen.learners[key]:
            kept.append(_Kept(one.place, zlib.compress(one.text.encode("utf-8", "surrogatepass"), 1)))
            return
        waiting.pop(key, None)
        yield from self._check(key, [*((each.place, each.value) for each in kept), (one.place, one.value)])

    def _check(self, key: str, rights: list[tuple[Place, object]]) -> Iterator[Told]:
        oids: list[str] = []
        again: set[str] = set()
        for number, (place, value) in enumerate(rights):
            for at, oid, digest in _oids(value):
                if before := self._rights.get(oid):
                    again.add(f"{number}{at}")
                    yield Told(place, f"{place.at}{at}", Again(oid, before[1], digest == before[0]))
                else:
                    self._rights[oid] = digest, place
                    oids.append(oid)
        named = dict.fromkeys([*oids, *self._seen.plans_of.get(key, ())])
        plans = [each for oid in named for each in self._seen.plans.pop(oid, ())]
        places = [*(place for place, _value in rights), *(each.place for each in plans)]
        first = len(rights)
        told = check_documents(
            [(str(number), value) for number, (_place, value) in enumerate(rights)],
            [(str(first + number), each.value) for number, each in enumerate(plans)],
            self.day,
            skip=again,
            plans_are_told=self.counts.has_plans,
        )
        self.counts.learners += 1
        yield from self._told(told, places)

    def _plans_alone(self) -> Iterator[Told]:
        """Check the plans whose rights are in none of the files, beside nothing."""
        by_student: dict[str, list[_Kept]] = defaultdict(list)
        for key, kept in self._seen.plans.items():
            by_student[self._seen.students.get(key, key)].extend(kept)
        for told in by_student.values():
            plans = [(str(number), each.value) for number, each in enumerate(told)]
            self.counts.learners += 1
            yield from self._told(check_documents([], plans, self.day), [each.place for each in told])

    def _told(self, checked: Checked, places: list[Place]) -> Iterator[Told]:
        self.counts.rights += checked.rights
        self.counts.plans += checked.plans
        self.counts.others += checked.others
        told: tuple[Finding | Fault, ...] = (*checked.faults, *checked.findings)
        for one in told:
            number, bar, rest = one.at.partition("/")
            place = places[int(number or 0)]
            yield Told(place, f"{place.at}{bar}{rest}", one)


def _inner(one: Document) -> Iterator[Document]:
    for at, value in opened(one.value):
        place = Place(one.place.file, one.place.line, one.place.at + at)
        yield Document(place, value, one.text) if not at else Document(place, value, dumps(value, ensure_ascii=False))


def _key(one: Document) -> str:
    """Return by what a document is joined with others of the same learner: OID, identity code, OID of the right."""
    node = Node(one.value)
    student = node.of("henkilö")
    return student.of("oid").text() or student.of("hetu").text() or node.of("oid").text() or _unnamed(one.place)


def _unnamed(place: Place) -> str:
    return f"{place.file}\n{place.line}\n{place.at}"


def _oids(value: object) -> Iterator[tuple[str, str, int]]:
    """Yield (place, OID, digest) of the rights of a document that have an OID; version 2 writes the same alike."""
    node = Node(value)
    inside = node.of("opiskeluoikeudet")
    for one in inside.each() if inside else (node,):
        if oid := one.of("oid").text():
            yield one.at, oid, hash(dumps_exactly(one.value, 2))
