"""Study data come in: what is kept, what is not, what was known when, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luotsi.base.models import AuditEntry
from luotsi.learning.actions.intake import IntakeRefused, take_in
from luotsi.learning.engine.deliveries import Broken, Document, Place, Sheet, contents_of, unpacked
from luotsi.learning.models import (
    Extract,
    Learner,
    QualityFinding,
    StudyImport,
    StudyLine,
    StudyPlan,
    StudyRight,
    Traits,
    WorkPeriod,
)
from luotsi.learning.tests import documents, transferred
from luotsi.learning.tests.documents import RIGHT, SCHOOL, TODAY, changed
from luotsi.people.models import Person
from luotsi.people.tests.cast import Cast

EARLIER, LATER = date(2026, 11, 1), date(2026, 12, 1)
CODE = "010106A9610"


@pytest.fixture
def college(cast: Cast) -> Cast:
    """The cast, whose school has the OID of the documents."""
    cast.school.oid = SCHOOL
    cast.school.save(update_fields=["oid"])
    return cast


def bring(cast: Cast, *found: Any, on: date = TODAY, file: str = "koe.json") -> StudyImport:
    """Take documents in at the provider."""
    told: Iterable[Document] = [Document(Place(file, number), one, "") for number, one in enumerate(found, start=1)]
    return take_in(unit=cast.tampere, filename=file, contents=told, extract_on=on, by=cast.bilal)


def faults_of(cast: Cast, *found: Any, on: date = TODAY) -> list[tuple[int | None, str, str]]:
    """Return (line, place, code) of each fault of documents that are refused."""
    with pytest.raises(IntakeRefused) as refused:
        bring(cast, *found, on=on)
    return [(one["line"], one["at"], one["code"]) for one in refused.value.faults]


def learner_doc(number: int, **person: Any) -> dict[str, Any]:
    """Return the vocational learner as somebody else."""
    found = deepcopy(documents.vocational())
    found["henkilö"] |= {"oid": f"1.2.246.562.24.{number:011d}", **person}
    found["opiskeluoikeudet"][0]["oid"] = f"1.2.246.562.15.{number:011d}"
    return found


class TestTakingIn:
    def test_it_keeps_the_learner_the_right_the_plan_and_a_line_for_each_part(self, college: Cast) -> None:
        done = bring(college, documents.vocational(), documents.plan())
        learner = Learner.objects.get()
        assert (str(learner), learner.unit, learner.provider) == ("Esi Merkki", college.school, college.tampere)
        right = StudyRight.objects.get()
        assert (right.oid, right.state, right.unit, right.known_from) == (RIGHT, "lasna", college.school, TODAY)
        assert right.periods == [["2024-08-12", "lasna", "1"]]
        assert StudyPlan.objects.get().touched_on == date(2026, 10, 20)
        lines = {one.key: one for one in StudyLine.objects.known()}
        assert set(lines) == {"900001", "900002", "900003"}
        assert (lines["900001"].amount, lines["900001"].done_on) == (Decimal(45), date(2025, 5, 20))
        assert (lines["900002"].planned_until, lines["900002"].shown_by) == (date(2027, 3, 5), date(2027, 3, 5))
        assert lines["900001"].grade == "4"
        assert (done.state, done.counts["learners"], done.counts["lines"]) == ("done", 1, 3)

    def test_tables_of_a_transfer_come_to_the_same(self, college: Cast) -> None:
        contents = contents_of("siirto.zip", transferred.zipped(transferred.transfer([documents.vocational()])))
        take_in(unit=college.tampere, filename="siirto.zip", contents=contents, extract_on=EARLIER, by=college.bilal)
        assert str(Learner.objects.get()) == documents.LEARNER
        before = set(StudyLine.objects.known().values_list("key", "amount", "done_on", "grade"))
        bring(college, documents.vocational())
        assert str(Learner.objects.get()) == "Esi Merkki"
        assert set(StudyLine.objects.known().values_list("key", "amount", "done_on", "grade")) == before
        assert len(before) == 3

    def test_a_right_that_was_taken_back_runs_no_more(self, college: Cast) -> None:
        bring(college, documents.vocational(), on=EARLIER)
        row = {
            "opiskeluoikeus_oid": RIGHT,
            "oppija_oid": documents.LEARNER,
            "mitatoitu": str(EARLIER),
            "tyyppi": "ammatillinenkoulutus",
            "oppilaitos_oid": SCHOOL,
        }
        contents = contents_of("poistettu.csv", transferred.written([row]))
        take_in(unit=college.tampere, filename="poistettu.csv", contents=contents, extract_on=TODAY, by=college.bilal)
        right = StudyRight.objects.known().get()
        assert (right.state, right.ends_on) == ("mitatoity", EARLIER)
        assert not StudyLine.objects.known().exists()

    def test_it_keeps_a_period_at_work_without_anybody_at_the_workplace(self, college: Cast) -> None:
        bring(college, documents.vocational(), documents.plan())
        period = WorkPeriod.objects.get()
        assert (period.way, period.business_id, period.in_plan, period.in_register) == (
            "koulutussopimus",
            "1234567-1",
            True,
            False,
        )

    def test_weeks_of_preparatory_studies_are_lines_too(self, college: Cast) -> None:
        bring(college, documents.tuva(), documents.tuva_plan())
        assert StudyRight.objects.get().kind == StudyRight.Kind.TUVA
        assert StudyLine.objects.get(key="102").planned_until == date(2025, 12, 19)

    def test_it_leaves_one_row_in_the_log(self, college: Cast) -> None:
        bring(college, documents.vocational())
        entry = AuditEntry.objects.get(verb="learning.import.done")
        assert entry.actor_id == college.bilal.pk
        assert entry.after["learners"] == 1

    def test_who_is_known_as_a_person_with_the_oid_is_that_person(self, college: Cast) -> None:
        person = Person.objects.create(given_name="Esi", family_name="Merkki", oid=documents.LEARNER)
        bring(college, documents.vocational())
        assert Learner.objects.get().person == person

    def test_a_plan_that_comes_alone_joins_what_is_known(self, college: Cast) -> None:
        bring(college, documents.vocational(), on=EARLIER)
        assert StudyLine.objects.known().get(key="900002").planned_until is None
        bring(college, documents.plan())
        assert StudyLine.objects.known().get(key="900002").planned_until == date(2027, 3, 5)

    def test_other_studies_and_plans_of_nobody_are_left_out_and_told(self, college: Cast) -> None:
        other = changed(documents.vocational(), "/opiskeluoikeudet/0/tyyppi/koodiarvo", "lukiokoulutus")
        done = bring(college, other, changed(documents.plan(), "/oppija-oid", "1.2.246.562.24.00000000009"))
        assert [one["code"] for one in done.faults] == ["other_studies", "plan_of_nobody"]
        assert (Learner.objects.count(), done.state) == (0, "done")


class TestWhatWasKnownWhen:
    def test_the_same_again_writes_nothing(self, college: Cast) -> None:
        both = documents.vocational(), documents.plan()
        bring(college, *both, on=EARLIER)
        before = [table.objects.count() for table in (Learner, Extract, StudyRight, StudyPlan, StudyLine, WorkPeriod)]
        done = bring(college, *both)
        assert before == [
            table.objects.count() for table in (Learner, Extract, StudyRight, StudyPlan, StudyLine, WorkPeriod)
        ]
        assert not StudyLine.objects.exclude(known_to=None).exists()
        assert done.counts["unchanged"] == 2

    def test_the_order_of_names_in_the_document_changes_nothing(self, college: Cast) -> None:
        bring(college, documents.vocational(), on=EARLIER)
        turned = dict(reversed(documents.vocational().items()))
        assert bring(college, turned).counts["unchanged"] == 1

    def test_a_date_that_slips_is_known_before_and_after(self, college: Cast) -> None:
        bring(college, documents.vocational(), documents.plan(), on=EARLIER)
        place = "/hankittavat-ammat-tutkinnon-osat/0"
        later = changed(documents.plan(), f"{place}/osaamisen-osoittaminen/0/loppu", "2027-05-28")
        bring(college, later)
        slipped = StudyLine.objects.filter(key="900002")
        assert slipped.known(EARLIER).get().planned_until == date(2027, 3, 5)
        assert slipped.known(TODAY).get().planned_until == date(2027, 5, 28)
        assert slipped.known().get().planned_until == date(2027, 5, 28)
        assert StudyLine.objects.filter(key="900001").count() == 1
        assert StudyPlan.objects.known(EARLIER).count() == StudyPlan.objects.known().count() == 1

    def test_a_part_that_is_gone_is_closed_and_kept(self, college: Cast) -> None:
        bring(college, documents.vocational(), on=EARLIER)
        parts = documents.vocational()["opiskeluoikeudet"][0]["suoritukset"][0]["osasuoritukset"][:1]
        place = "/opiskeluoikeudet/0/suoritukset/0/osasuoritukset"
        bring(college, changed(documents.vocational(), place, parts))
        assert [one.key for one in StudyLine.objects.known()] == ["900001"]
        assert StudyLine.objects.known(EARLIER).count() == 3

    def test_an_extract_older_than_what_is_known_is_refused(self, college: Cast) -> None:
        bring(college, documents.vocational())
        assert faults_of(college, documents.vocational(), on=EARLIER) == [(1, "", "older")]

    def test_a_finding_lasts_from_when_it_was_found_until_it_is_gone(self, college: Cast) -> None:
        wrong = changed(documents.vocational(), "/opiskeluoikeudet/0/arvioituPäättymispäivä", None)
        bring(college, wrong, documents.plan(), on=EARLIER)
        found = QualityFinding.objects.get(code="K11")
        assert (found.unit, found.right_oid, found.since, found.gone_on) == (college.school, RIGHT, EARLIER, None)
        assert found.at.startswith("right")
        bring(college, wrong)
        assert QualityFinding.objects.get(code="K11").gone_on is None
        bring(college, documents.vocational(), on=LATER)
        assert QualityFinding.objects.get(code="K11").gone_on == LATER

    def test_findings_of_plans_and_of_learners_say_where_they_are(self, college: Cast) -> None:
        place = "/hankittavat-ammat-tutkinnon-osat/0/osaamisen-hankkimistavat/0"
        wrong = changed(documents.plan(), f"{place}/osa-aikaisuustieto", 150)
        person = changed(documents.vocational(), "/henkilö/hetu", "010106A961X")
        bring(college, person, wrong)
        assert QualityFinding.objects.get(code="H05").at == f"plan{place}/osa-aikaisuustieto"
        assert QualityFinding.objects.get(code="X02").at == "learner/hetu"


class TestTheDoor:
    def test_the_identity_code_is_nowhere_but_matches_documents(self, college: Cast) -> None:
        doc = learner_doc(1, hetu=CODE)
        bring(college, doc, on=EARLIER)
        without_oid = deepcopy(doc)
        del without_oid["henkilö"]["oid"]
        bring(college, without_oid)
        learner = Learner.objects.get()
        assert len(learner.identity) == 64
        kept = [json.dumps(unpacked(bytes(one.data))) for one in Extract.objects.all()]
        kept += [str(vars(one)) for one in (learner, *QualityFinding.objects.all(), *StudyImport.objects.all())]
        assert not [one for one in kept if CODE in one or CODE[:6] in one]

    def test_nobody_but_the_learner_is_kept(self, college: Cast) -> None:
        work = "/hankittavat-ammat-tutkinnon-osat/0/osaamisen-hankkimistavat/0/tyopaikalla-jarjestettava-koulutus"
        plan = changed(documents.plan(), f"{work}/vastuullinen-tyopaikka-ohjaaja", {"nimi": "Veera Vastuu"})
        plan["sahkoposti"] = "veera@example.invalid"
        bring(college, documents.vocational(), plan)
        kept = str(unpacked(bytes(Extract.objects.get(kind=Extract.Kind.PLAN).data)))
        assert "Veera" not in kept
        assert "example.invalid" not in kept
        assert "Esi Merkki" not in kept
        assert not QualityFinding.objects.filter(code="H15").exists()

    def test_what_the_law_protects_is_only_in_traits(self, college: Cast) -> None:
        doc = learner_doc(1, hetu=CODE)
        doc["henkilö"]["äidinkieli"] = {"koodiarvo": "AR", "koodistoUri": "kieli"}
        bring(college, doc)
        traits = Traits.objects.get()
        assert (traits.gender, traits.language, traits.age, traits.support) == ("male", "other", "18_to_24", "none")
        assert "AR" not in str(unpacked(bytes(Extract.objects.get().data)))

    def test_traits_stay_when_a_later_document_does_not_tell_them(self, college: Cast) -> None:
        bring(college, learner_doc(1, hetu=CODE), on=EARLIER)
        bring(college, changed(learner_doc(1), "/opiskeluoikeudet/0/versionumero", 8))
        assert Traits.objects.get().gender == "male"

    @pytest.mark.parametrize("name", ["opiskeluhuolto", "terveydenhoito", "diagnoosi", "healthNotes"])
    def test_welfare_and_health_are_refused_with_their_place(self, college: Cast, name: str) -> None:
        doc = changed(documents.vocational(), f"/opiskeluoikeudet/0/lisätiedot/{name}", "salainen")
        assert faults_of(college, doc) == [(1, f"/opiskeluoikeudet/0/lisätiedot/{name}", "welfare")]


class TestRefusing:
    def test_one_fault_of_many_documents_stops_all_of_them(self, college: Cast) -> None:
        wrong = changed(learner_doc(2), "/opiskeluoikeudet/0/arvioituPäättymispäivä", "2026-13-45")
        assert faults_of(college, learner_doc(1), wrong, learner_doc(3)) == [
            (2, "/opiskeluoikeudet/0/arvioituPäättymispäivä", "not_day")
        ]
        assert not Learner.objects.exists()
        assert not StudyImport.objects.exists()

    def test_every_fault_is_told_at_once(self, college: Cast) -> None:
        wrong = changed(learner_doc(2), "/opiskeluoikeudet/0/tila", None)
        late = changed(learner_doc(3), "/opiskeluoikeudet/0/versionumero", "seitsemän")
        assert faults_of(college, wrong, late, 17) == [
            (3, "", "not_study"),
            (1, "/opiskeluoikeudet/0/tila", "missing"),
            (1, "/opiskeluoikeudet/0/tila/opiskeluoikeusjaksot", "missing"),
            (2, "/opiskeluoikeudet/0/versionumero", "not_number"),
        ]

    def test_a_school_that_is_not_of_the_unit(self, college: Cast) -> None:
        foreign = changed(documents.vocational(), "/opiskeluoikeudet/0/oppilaitos/oid", "1.2.246.562.10.99999999999")
        assert faults_of(college, foreign) == [(1, "/opiskeluoikeudet/0/oppilaitos", "foreign_school")]

    def test_a_school_may_be_told_by_its_number(self, college: Cast) -> None:
        number = {"oppilaitosnumero": documents.code("99001", "oppilaitosnumero")}
        bring(college, changed(documents.vocational(), "/opiskeluoikeudet/0/oppilaitos", number))
        assert StudyRight.objects.get().unit == college.school

    def test_the_same_document_twice_counts_once(self, college: Cast) -> None:
        done = bring(college, documents.vocational(), documents.vocational(), documents.plan(), documents.plan())
        assert (done.counts["duplicates"], done.counts["documents"]) == (2, 2)

    def test_documents_that_contradict_each_other(self, college: Cast) -> None:
        other = changed(documents.vocational(), "/opiskeluoikeudet/0/versionumero", 8)
        assert faults_of(college, documents.vocational(), other) == [(2, "/opiskeluoikeudet/0", "contradictory")]

    def test_plans_that_contradict_each_other(self, college: Cast) -> None:
        other = changed(documents.plan(), "/osaamisen-hankkimisen-tarve", False)
        assert faults_of(college, documents.vocational(), documents.plan(), other) == [(3, "", "contradictory")]

    def test_a_right_of_two_learners(self, college: Cast) -> None:
        other = changed(learner_doc(2), "/opiskeluoikeudet/0/oid", RIGHT)
        assert faults_of(college, documents.vocational(), other) == [(2, "/opiskeluoikeudet/0/oid", "right_of_two")]

    def test_a_right_that_is_known_as_somebody_elses(self, college: Cast) -> None:
        bring(college, documents.vocational(), on=EARLIER)
        other = changed(learner_doc(2), "/opiskeluoikeudet/0/oid", RIGHT)
        assert faults_of(college, other) == [(1, "/opiskeluoikeudet/0/oid", "right_of_two")]

    def test_an_oid_of_one_and_an_identity_code_of_another(self, college: Cast) -> None:
        bring(college, learner_doc(1, hetu=CODE), learner_doc(2), on=EARLIER)
        mixed = learner_doc(2, hetu=CODE)
        assert faults_of(college, mixed) == [(1, "/henkilö", "two_learners")]

    def test_a_document_of_nobody(self, college: Cast) -> None:
        nobody = changed(documents.vocational(), "/henkilö/oid", None)
        assert faults_of(college, nobody) == [(1, "/henkilö", "nobody")]

    def test_codes_that_nobody_knows_are_kept_and_marked(self, college: Cast) -> None:
        odd = changed(documents.vocational(), "/opiskeluoikeudet/0/tila/opiskeluoikeusjaksot/0/tila/koodiarvo", "uusi")
        bring(college, odd)
        assert StudyRight.objects.get().state == "uusi"
        assert QualityFinding.objects.filter(code="K04").exists()

    def test_nothing_is_no_delivery(self, college: Cast) -> None:
        assert faults_of(college) == [(None, "", "empty")]


class TestFiles:
    """What a file holds, whatever is in it."""

    def read(self, name: str, data: bytes) -> list[str]:
        """Return the place of each document, the code of each that cannot be read, the name of each sheet."""
        found = []
        for one in contents_of(name, data):
            match one:
                case Document():
                    found.append(one.place.at)
                case Broken():
                    found.append(one.code)
                case Sheet():
                    found.append(one.file)
        return found

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ('{"a": 1}', [""]),
            ('[{"a": 1}, {"a": 2}]', ["/0", "/1"]),
            ('{"data": [{"a": 1}, {"a": 2}]}', ["/data/0", "/data/1"]),
            ("  ", ["empty"]),
            ('[{"a": 1}, {"a": ', ["/0", "not_json"]),
            ("[" * 100_000, ["too_deep"]),
        ],
    )
    def test_json_in_any_wrapping(self, text: str, found: list[str]) -> None:
        assert self.read("a.json", text.encode()) == found

    def test_an_archive_holds_documents_and_sheets(self) -> None:
        data = zipped(
            {"a/koski.json": b'[{"a": 1}]', "b.jsonl": b'{"a": 1}\n{"a": 2}\n', "ryhmat.csv": b"oid;group\n"}
        )
        assert self.read("a.zip", data) == ["/0", "", "", "ryhmat.csv"]

    def test_an_archive_that_is_broken(self) -> None:
        assert self.read("a.zip", b"PK\x03\x04 broken") == ["not_zip"]

    def test_an_archive_that_would_swell(self) -> None:
        assert self.read("a.zip", zipped({"a.json": b" " * 5_000_000})) == ["swells"]

    def test_a_workbook_is_told_once_and_by_its_name(self) -> None:
        book = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
        assert self.read("opiskelijat.json", book) == ["workbook"]


def zipped(files: dict[str, bytes]) -> bytes:
    """Return an archive of files."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return found.getvalue()
