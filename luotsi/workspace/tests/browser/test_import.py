"""Units come from a file after a dry run that shows every error."""

from __future__ import annotations

import pytest

from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast
from luotsi.workspace.tests.browser.conftest import OpenAs
from luotsi.workspace.tests.browser.eyes import faults, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = b"kind;name_fi;parent\ninstitution;Hauen esimerkkikoulu;837\ninstitution;;837\n"


class TestImportingUnits:
    def test_the_dry_run_shows_the_error_and_the_clean_row_comes_in(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.aino)
        page.goto(f"/u/{cast.tampere.key}/import/")
        page.get_by_role("button", name="Try the file").click()
        page.locator(".lu-error-summary").get_by_text("Choose a file first.").wait_for()
        page.set_input_files("[type=file]", {"name": "units.csv", "mimeType": "text/csv", "buffer": ROWS})
        page.get_by_role("button", name="Try the file").click()
        page.get_by_role("heading", name="Import of units: dry run").wait_for()
        assert not Unit.objects.filter(name_fi="Hauen esimerkkikoulu").exists()
        assert "1 row needs a correction" in page.inner_text("main")
        assert [*faults(page), *too_wide(page)] == []

        page.get_by_role("button", name="Import 1 clean row").click()
        page.get_by_text("The units have been imported.").wait_for()
        assert Unit.objects.get(name_fi="Hauen esimerkkikoulu").parent_id == cast.tampere.pk
