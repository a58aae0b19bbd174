"""Importing units: the dry run saves nothing, the import all or nothing, and only within one's reach."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from luotsi.base.models import AuditEntry
from luotsi.base.uploads import CSV, Upload
from luotsi.people.actions import imports as actions
from luotsi.people.actions.imports import ImportRefused, discard_import, run_import, try_import
from luotsi.people.actions.reference import load_reference
from luotsi.people.models import Account, Unit, UnitImport
from luotsi.people.queries.imports import dry_run
from luotsi.people.tests.cast import Cast

FILE = (
    "laji;nimi;nimi ruotsiksi;yläyksikkö;oppilaitosnumero;voimassa alkaen\n"
    "ryhmä;4A;;99055;;\n"
    "koulu;Uusi esimerkkikoulu;Nya exempelskolan;837;99055;1.8.2026\n"
    "koulu;;Utterns exempelskola;;99002;\n"
    "koulu;Tuntematon;;999;99056;\n"
)


@pytest.fixture
def aino(cast: Cast) -> Account:
    load_reference()
    return cast.aino


def tried(cast: Cast, text: str = FILE, scope: Unit | None = None) -> UnitImport:
    upload = Upload(CSV, "koulut.csv", text.encode(), "0" * 64)
    return try_import(scope=scope or cast.region, upload=upload, by=cast.aino)


def sent(client: Client, scope: Unit, data: bytes, name: str = "koulut.csv") -> str:
    """Send a file for a dry run; return the address of its page."""
    response = client.post(f"/u/{scope.key}/import/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


@pytest.mark.usefixtures("aino")
class TestTrying:
    def test_it_counts_what_would_happen_and_saves_none_of_it(self, cast: Cast) -> None:
        before = Unit.objects.count()
        run = dry_run(tried(cast))
        assert (run.new, run.changed, run.unchanged, run.errors) == (2, 1, 0, 1)
        assert [(row.cell, row.value) for row in run.problem_rows] == [("D5", "999")]
        assert Unit.objects.count() == before
        assert AuditEntry.objects.latest("seq").verb == "people.import.tried"

    def test_it_refuses_a_file_without_rows(self, cast: Cast) -> None:
        with pytest.raises(ImportRefused, match="no rows"):
            tried(cast, "laji;nimi\n")
        assert not UnitImport.objects.exists()


@pytest.mark.usefixtures("aino")
class TestImporting:
    def test_it_writes_the_clean_rows_with_one_audit_row_that_names_them(self, cast: Cast) -> None:
        entries = AuditEntry.objects.count() + 1  # the dry run writes one
        done = run_import(found=tried(cast), expected=(2, 1), by=cast.aino)
        assert (done.state, done.created, done.updated) == (UnitImport.State.DONE, 2, 1)
        school = Unit.objects.get(institution_number="99055")
        assert (school.parent, school.valid_from) == (cast.tampere, date(2026, 8, 1))
        assert school.path == f"{cast.tampere.path}{school.pk.hex}/"
        assert Unit.objects.get(name_fi="4A").parent == school
        cast.other_school.refresh_from_db()
        assert (cast.other_school.name_fi, cast.other_school.name_sv) == (
            "Saukon esimerkkikoulu",
            "Utterns exempelskola",
        )
        assert AuditEntry.objects.count() == entries + 1
        entry = AuditEntry.objects.latest("seq")
        assert entry.verb == "people.units.imported"
        changed = "saukon-esimerkkikoulu.name_sv"
        assert entry.before == {changed: ""}
        assert entry.after == {"created": "uusi-esimerkkikoulu, 4a", changed: "Utterns exempelskola"}

    def test_the_same_file_again_changes_nothing(self, cast: Cast) -> None:
        run_import(found=tried(cast), expected=(2, 1), by=cast.aino)
        again = dry_run(tried(cast))
        assert (again.new, again.changed, again.unchanged, again.errors) == (0, 0, 3, 1)

    def test_it_refuses_when_the_units_have_changed_since_the_dry_run(self, cast: Cast) -> None:
        found = tried(cast)
        Unit.objects.filter(pk=cast.other_school.pk).update(name_sv="Utterns exempelskola")
        with pytest.raises(ImportRefused, match="changed since"):
            run_import(found=found, expected=(2, 1), by=cast.aino)
        assert not Unit.objects.filter(institution_number="99055").exists()

    def test_it_leaves_nothing_behind_when_the_database_says_no(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(rows: object) -> None:
            raise IntegrityError

        found = tried(cast)
        before = Unit.objects.count(), AuditEntry.objects.count()
        monkeypatch.setattr(actions, "_update", failing)
        with pytest.raises(ImportRefused, match="Nothing was imported"):
            run_import(found=found, expected=(2, 1), by=cast.aino)
        assert (Unit.objects.count(), AuditEntry.objects.count()) == before
        found.refresh_from_db()
        assert found.state == UnitImport.State.TRIED

    def test_it_happens_once(self, cast: Cast) -> None:
        found = tried(cast)
        run_import(found=found, expected=(2, 1), by=cast.aino)
        with pytest.raises(ImportRefused, match="already"):
            run_import(found=found, expected=(2, 1), by=cast.aino)
        with pytest.raises(ImportRefused, match="already"):
            discard_import(found=found, by=cast.aino)

    def test_it_reaches_no_unit_outside_the_scope(self, cast: Cast) -> None:
        run = dry_run(tried(cast, scope=cast.nokia))
        assert (run.new, run.changed) == (0, 0)
        assert cast.tampere.names.text not in "".join(row.message for row in run.problem_rows)


class TestDiscarding:
    def test_it_keeps_the_file_from_being_imported(self, cast: Cast, aino: Account) -> None:
        found = discard_import(found=tried(cast), by=aino)
        assert found.state == UnitImport.State.DISCARDED
        with pytest.raises(ImportRefused, match="discarded"):
            run_import(found=found, expected=(2, 1), by=aino)


class TestThePages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, aino: Account) -> None:
        client.force_login(aino)
        client.cookies["django_language"] = "en"

    def test_a_file_goes_from_sending_over_the_dry_run_to_the_result(self, client: Client, cast: Cast) -> None:
        page = sent(client, cast.region, FILE.encode())
        shown = client.get(page).content.decode()
        assert "Nothing has been saved yet." in shown
        assert "Import 3 clean rows" in shown
        assert "D5" in shown
        assert "<del>–</del>" in shown
        result = client.post(f"{page}run/", {"new": "2", "changed": "1"}, follow=True).content.decode()
        assert "Units added" in result
        assert Unit.objects.filter(institution_number="99055").exists()

    def test_the_template_is_read_without_errors_in_every_language(self, client: Client, cast: Cast) -> None:
        for language in ("fi", "sv", "en"):
            for kind in ("csv", "xlsx"):
                client.cookies["django_language"] = language
                file = client.get(f"/u/{cast.region.key}/import/template.{kind}")
                page = sent(client, cast.region, file.content, f"template.{kind}")
                run = dry_run(UnitImport.objects.get(pk=page.rstrip("/").rsplit("/", 1)[1]))
                assert (run.new, run.errors, run.unread) == (1, 0, 0), (language, kind, run.problem_rows)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "The file is empty."),
            (b"%PDF-1.7", "of a type that cannot be read"),
            (b"a;b\n1;2\n", "No known heading was found"),
            (b"nimi;laji\n", "no rows under them"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ],
    )
    def test_a_bad_file_gets_a_clear_sentence_at_the_field(
        self, client: Client, cast: Cast, data: bytes, words: str
    ) -> None:
        file = SimpleUploadedFile("a.xlsx", data)
        response = client.post(f"/u/{cast.region.key}/import/", {"file": file})
        assert response.status_code == 422
        assert words in response.content.decode()
        assert not UnitImport.objects.exists()

    def test_names_in_a_file_are_words_and_never_markup(self, client: Client, cast: Cast) -> None:
        page = sent(client, cast.region, b"kind;name;parent\nschool;<script>alert(1)</script>;nowhere\n")
        shown = client.get(page).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown

    def test_the_errors_can_be_downloaded(self, client: Client, cast: Cast) -> None:
        page = sent(client, cast.region, FILE.encode())
        lines = io.StringIO(client.get(f"{page}errors.csv").content.decode("utf-8-sig")).readlines()
        assert len(lines) == 2
        assert "999" in lines[1]

    def test_an_import_of_another_unit_is_not_found(self, client: Client, cast: Cast) -> None:
        page = sent(client, cast.region, FILE.encode())
        assert client.get(page.replace(cast.region.key, cast.tampere.key)).status_code == 404

    def test_discarding_leads_back_to_sending(self, client: Client, cast: Cast) -> None:
        page = sent(client, cast.region, FILE.encode())
        response = client.post(f"{page}discard/", follow=True)
        assert "Nothing was saved" in response.content.decode()
        assert "Nothing was saved of this file." in client.get(page).content.decode()


class TestThoseWithoutTheRight:
    @pytest.mark.parametrize(
        ("who", "status"), [("bilal", 403), ("celia", 404), ("daniel", 404), ("gunilla", 403), ("farid", 404)]
    )
    def test_they_cannot_send_a_file(self, client: Client, cast: Cast, aino: Account, who: str, status: int) -> None:
        scope = cast.school if who == "bilal" else cast.region
        client.force_login(getattr(cast, who))
        assert client.get(f"/u/{scope.key}/import/").status_code == status

    @pytest.mark.parametrize("what", ["", "run/", "discard/", "errors.csv"])
    def test_farid_finds_no_import_of_the_region(self, client: Client, cast: Cast, aino: Account, what: str) -> None:
        found = tried(cast)
        client.force_login(cast.farid)
        ask = client.post if what in {"run/", "discard/"} else client.get
        for scope in (cast.region, cast.elsewhere):
            assert ask(f"/u/{scope.key}/import/{found.pk}/{what}").status_code == 404
        found.refresh_from_db()
        assert found.state == UnitImport.State.TRIED
