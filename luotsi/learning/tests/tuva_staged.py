"""A learner in preparatory studies beside those of `staged`: Nea, who has an account, in a group of her own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client

from luotsi.base import clock
from luotsi.learning.actions.tuva import propose_plan, save_plan
from luotsi.learning.models import Extract, Learner, StudyLine, StudyRight, TuvaPlan
from luotsi.learning.rules.tuva.paths import Item, Path, Studies
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind, Role
from luotsi.people.tests.cast import Cast, make_member, make_unit


@dataclass(frozen=True)
class Prepared:
    """The learner, her account and right, and those of `staged`."""

    staged: Staged
    nea: Account
    learner: Learner
    right: StudyRight
    group: Unit
    begun: date


def stage_tuva(cast: Cast) -> Prepared:
    """Add those of `staged` and beside them a learner in preparatory studies."""
    return add_tuva(cast, stage(cast))


def tuva_pages(cast: Cast, staged: Staged) -> dict[str, Any]:
    """Add a learner whose plan is in force and who proposes another; return what the list of every page names."""
    made = add_tuva(cast, staged)
    path = good_path(made.begun)
    save_plan(right=made.right, path=path, words="", base=0, by=staged.leo)
    propose_plan(right=made.right, path=replace(path, items=path.items[:4]), words="Aikaa", base=1, by=made.nea)
    return {"nea": made.nea, "preparing": made.learner.pk, "tuva_group": made.group.key}


def add_tuva(cast: Cast, staged: Staged) -> Prepared:
    """Add a learner who began preparatory studies eight weeks ago: 101 is done, 102 and 107 are planned in eHOKS."""
    group = make_unit(Kind.GROUP, cast.school, "Esimerkki-TUVA")
    nea = make_member(group, Role.STUDENT, "Nea")
    begun = clock.today() - timedelta(weeks=8)
    learner = Learner.objects.create(
        provider=cast.tampere,
        unit=group,
        oid="1.2.246.562.24.00000000099",
        given_name="Nea",
        family_name="Näytesaari",
        person=nea.person,
    )
    oid = "1.2.246.562.15.00000000099"
    known = {"learner": learner, "known_from": begun}
    extract = Extract.objects.create(kind=Extract.Kind.RIGHT, right_oid=oid, sha256="9" * 64, data=b"", **known)
    right = StudyRight.objects.create(
        unit=cast.school,
        extract=extract,
        oid=oid,
        kind=StudyRight.Kind.TUVA,
        study="tuvakoulutuksensuoritus",
        qualification="999908",
        name="TUVA",
        permit="ammatillinen",
        starts_on=begun,
        estimated_end=begun + timedelta(weeks=42),
        state="lasna",
        periods=[[begun.isoformat(), "lasna", "1"]],
        **known,
    )
    for key, amount, until, done in (("101", "3", 6, 7), ("102", "6", 20, None), ("107", "8", 30, None)):
        StudyLine.objects.create(
            right_oid=oid,
            key=key,
            amount=Decimal(amount),
            planned_from=begun,
            planned_until=begun + timedelta(weeks=until),
            done_on=begun + timedelta(weeks=done) if done else None,
            **known,
        )
    return Prepared(staged, nea, learner, right, group, begun)


def good_path(begun: date) -> Path:
    """Return a path of every kind of studies that nothing can be said against."""
    ends = begun + timedelta(weeks=30)

    def item(part: str, weeks: int, **more: object) -> Item:
        return Item(part=part, weeks=Decimal(weeks), starts_on=begun, ends_on=ends, **more)  # type: ignore[arg-type]

    return Path(
        permit="ammatillinen",
        starts_on=begun,
        items=(
            item("101", 4),
            item("102", 6),
            item("105", 5, studies=Studies.VOCATIONAL, name="Varastotyö", points=Decimal(8)),
            item("106", 3, studies=Studies.GENERAL, name="ENA1", points=Decimal(3)),
            item("107", 4, studies=Studies.RAISED, name="Matematiikka", grade_from=6, grade_to=8),
        ),
        aim="Logistiikan perustutkinto",
    )


def saved(made: Prepared, path: Path | None = None, base: int = 0, words: str = "") -> TuvaPlan:
    """Save a plan as the counsellor."""
    path = path or good_path(made.begun)
    return save_plan(right=made.right, path=path, words=words, base=base, by=made.staged.leo)


def proposed(made: Prepared, path: Path | None = None, base: int = 0, words: str = "") -> TuvaPlan:
    """Save a proposal as the learner."""
    path = path or good_path(made.begun)
    return propose_plan(right=made.right, path=path, words=words, base=base, by=made.nea)


def client_of(account: Account) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(account)
    return client
