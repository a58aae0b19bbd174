"""An indicator that is followed, and one record of each kind that its pages show, made through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.base import uploads
from luotsi.indicators.actions.imports import run_import, try_import
from luotsi.indicators.actions.observations import enter, submit
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.actions.tokens import make_token
from luotsi.indicators.rules.tokens import TokenScope
from luotsi.indicators.tests.telling import make_indicator, part, tell

if TYPE_CHECKING:
    from luotsi.indicators.models import ApiToken, Indicator, Observation, ObservationImport, Target
    from luotsi.people.tests.cast import Cast


@dataclass(frozen=True)
class Followed:
    """A share of persons owned by the region, with figures of the schools, a target, a key and work in hand."""

    indicator: Indicator
    approved: Observation
    draft: Observation
    spare: Observation
    submitted: Observation
    target: Target
    token: ApiToken
    tried: ObservationImport
    imported: ObservationImport

    def pk_for(self, name: str) -> UUID:
        """Return the record that an address is about."""
        verb = name.partition(":")[2]
        return {
            "withdraw-target": self.target.pk,
            "withdraw-key": self.token.pk,
            "see-import": self.tried.pk,
            "download-errors": self.tried.pk,
            "run-import": self.tried.pk,
            "discard-import": self.tried.pk,
            "submit-import": self.imported.pk,
            "undo-import": self.imported.pk,
            "edit-observation": self.draft.pk,
            "submit-observation": self.draft.pk,
            "discard-observation": self.spare.pk,
            "approve-observation": self.submitted.pk,
            "send-back-observation": self.submitted.pk,
        }.get(verb, self.approved.pk)


def make_followed(cast: Cast, key: str = "signing-in") -> Followed:
    """Make them: four years of approved figures, and of the present year a draft, a spare and a submitted figure."""
    indicator = make_indicator(key, cast.region, dimensions=("language",))
    for year, (ours, theirs) in {2022: (20, 60), 2023: (30, 90), 2024: (45, 120), 2025: (60, 150)}.items():
        told = tell(indicator, cast.school, str(year), ours, 80)
        tell(indicator, cast.other_school, str(year), theirs, 200)
    given = {"indicator": indicator, "unit": cast.school, "by": cast.bilal}
    draft = enter(period="2026", figures=part(66, 80), **given)  # type: ignore[arg-type]
    spare = enter(period="2026", figures=part(6, 8), split={"language": "sv"}, **given)  # type: ignore[arg-type]
    handed = enter(period="2026", figures=part(60, 72), split={"language": "fi"}, **given)  # type: ignore[arg-type]
    target = set_target(
        indicator=indicator,
        unit=cast.school,
        period="2028",
        value=Decimal(95),
        baseline_value=Decimal(20),
        baseline_on=date(2021, 12, 31),
        decided_by="Esimerkkilautakunta",
        by=cast.aino,
    )
    token, _secret = make_token(unit=cast.school, name="Raportti", scopes=[TokenScope.FIGURES], by=cast.aino)
    submitted = submit(observation=handed, by=cast.bilal)
    tried, imported = (tried_file(cast, key, year) for year in (2020, 2021))
    run_import(found=imported, expected=1, by=cast.bilal)
    return Followed(indicator, told, draft, spare, submitted, target, token, tried, imported)


def tried_file(cast: Cast, key: str, year: int) -> ObservationImport:
    """Return an import of one good and one bad row, tried by Bilal at the school."""
    place = f"{key};{cast.school.key};{year}"
    rows = (
        f"indicator;unit;period;numerator;denominator;source;colour\n{place};8;80;Lomake;red\n{place[:-4]}1875;9;8;;\n"
    )
    file = SimpleUploadedFile(f"figures-{year}.csv", rows.encode())
    upload = uploads.read(file, kinds=frozenset({uploads.CSV}))
    return try_import(scope=cast.school, upload=upload, by=cast.bilal)
