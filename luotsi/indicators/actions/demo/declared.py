"""What the demo follows: names and definitions in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails
from luotsi.indicators.actions.demo import keys
from luotsi.indicators.rules.values import PERCENT, Direction, Operator, Policy, Rollup

SHARE: dict[str, Any] = {"unit_of_measure": PERCENT, "factor": Decimal(100)}
OPEN: dict[str, Any] = {"policy": Policy.OPEN}
MONTH: dict[str, Any] = {"period_kind": PeriodKind.MONTH}
SCHOOL_YEAR: dict[str, Any] = {"period_kind": PeriodKind.SCHOOL_YEAR, "decimals": 0}
BY_PROVIDER: dict[str, Any] = {"observed_at": "provider"}

# Key: name, numerator, denominator, what else the definition says; texts in Finnish, Swedish and English.
TEXTS: dict[str, tuple[tuple[str, str, str], tuple[str, str, str], tuple[str, str, str], dict[str, Any]]] = {
    keys.MFA: (
        ("MFA käytössä opetushenkilöstöllä", "MFA i bruk hos undervisningspersonalen", "MFA used by teaching staff"),
        ("Voimassa olevat tilit, joissa MFA on käytössä", "Giltiga konton med MFA", "Valid accounts with MFA"),
        (
            "Opetushenkilöstön voimassa olevat tilit, ei sijaistunnuksia",
            "Undervisningspersonalens giltiga konton, utan vikariekonton",
            "Valid accounts of teaching staff, without substitutes",
        ),
        {**SHARE, **MONTH, "dimensions": ("staff_group",)},
    ),
    keys.ONE_ACCOUNT: (
        (
            "Yhdellä tunnuksella kirjautuva opetushenkilöstö",
            "Undervisningspersonal som loggar in med ett konto",
            "Teaching staff who sign in with one account",
        ),
        ("Henkilöt, joilla on yksi tunnus", "Personer med ett enda konto", "Persons with a single account"),
        ("Opetushenkilöstö", "Undervisningspersonalen", "Teaching staff"),
        {**SHARE, **MONTH},
    ),
    keys.DEVICES: (
        ("Oppilaita yhtä oppilaslaitetta kohden", "Elever per elevenhet", "Pupils per pupil device"),
        ("Oppilaat", "Elever", "Pupils"),
        ("Oppilaiden käytössä olevat laitteet", "Enheter som eleverna använder", "Devices that pupils use"),
        {**OPEN, **MONTH, "direction": Direction.FALLING},
    ),
    keys.PRINTING: (
        (
            "Yksiköt, joissa turvatulostus on käytössä",
            "Enheter där säker utskrift är i bruk",
            "Units where secure printing is in use",
        ),
        ("Yksiköt, joissa turvatulostus on käytössä", "Enheter med säker utskrift", "Units with secure printing"),
        ("Kaikki yksiköt", "Alla enheter", "All units"),
        {
            **SHARE,
            **OPEN,
            **MONTH,
            "decimals": 0,
            "rollup": Rollup.SHARE_OF_UNITS,
            "limit_operator": str(Operator.GTE),
            "limit_value": Decimal(1),
        },
    ),
    keys.RESPONSES: (
        ("Osaamiskyselyyn vastanneet", "Svarande på kompetensenkäten", "Respondents of the competence survey"),
        ("Vastanneet", "Svarande", "Respondents"),
        ("Opetushenkilöstö", "Undervisningspersonalen", "Teaching staff"),
        {**SHARE, **SCHOOL_YEAR},
    ),
    keys.BASIC_LEVEL: (
        (
            "Vastaajat, jotka yltävät digiosaamisen perustasolle",
            "Svarande som når grundnivån i digital kompetens",
            "Respondents who reach the basic level of digital competence",
        ),
        ("Perustasolle yltävät vastaajat", "Svarande på grundnivån", "Respondents at the basic level"),
        ("Osaamiskyselyn vastaajat", "Svarande på kompetensenkäten", "Respondents of the competence survey"),
        {**SHARE, **SCHOOL_YEAR, "policy": Policy.SURVEY},
    ),
    keys.APPS: (
        (
            "Sovellukset, joiden tietosuoja on arvioitu",
            "Applikationer vars dataskydd har bedömts",
            "Applications with a privacy assessment",
        ),
        ("Arvioidut sovellukset", "Bedömda applikationer", "Assessed applications"),
        ("Käytössä olevat sovellukset", "Applikationer i bruk", "Applications in use"),
        {**SHARE, **OPEN, **MONTH, **BY_PROVIDER, "decimals": 0},
    ),
    keys.TRAININGS: (
        (
            "Osallistumiset seudun yhteisiin koulutuksiin",
            "Deltaganden i regionens gemensamma utbildningar",
            "Participations in joint trainings of the region",
        ),
        ("Osallistumiset", "Deltaganden", "Participations"),
        ("", "", ""),
        {**SCHOOL_YEAR, "rollup": Rollup.SUM},
    ),
    keys.SPACES: (
        (
            "Muuntuvat tilat sataa oppilasta kohden",
            "Flexibla utrymmen per hundra elever",
            "Flexible spaces per 100 pupils",
        ),
        ("Muuntuvat tilat", "Flexibla utrymmen", "Flexible spaces"),
        ("Oppilaat", "Elever", "Pupils"),
        {**OPEN, "period_kind": PeriodKind.SCHOOL_YEAR, "factor": Decimal(100)},
    ),
    keys.TEAM: (
        (
            "Kunnat, jotka ovat mukana digitiimin työssä",
            "Kommuner som deltar i digiteamets arbete",
            "Municipalities in the work of the digital team",
        ),
        ("Mukana olevat kunnat", "Deltagande kommuner", "Municipalities that take part"),
        ("Seudun kunnat", "Regionens kommuner", "Municipalities of the region"),
        {**SHARE, **OPEN, **SCHOOL_YEAR, **BY_PROVIDER},
    ),
    keys.HELSINKI_BASIC_LEVEL: (
        (
            "Vastaajat, jotka yltävät perustasolle, koulun kielen mukaan",
            "Svarande som når grundnivån, enligt skolans språk",
            "Respondents at the basic level, by language of the school",
        ),
        ("Perustasolle yltävät vastaajat", "Svarande på grundnivån", "Respondents at the basic level"),
        ("Osaamiskyselyn vastaajat", "Svarande på kompetensenkäten", "Respondents of the competence survey"),
        {**SHARE, **SCHOOL_YEAR, "policy": Policy.SURVEY, "dimensions": ("language",)},
    ),
}
POPULATION = Names(
    fi="Perusopetuksen esimerkkikoulut",
    sv="Grundutbildningens exempelskolor",
    en="Example schools of basic education",
)
RULE = Names(
    fi="Keksitty esimerkkiaineisto: luvut eivät kuvaa mitään todellista koulua tai kuntaa.",
    sv="Påhittat exempelmaterial: siffrorna beskriver ingen verklig skola eller kommun.",
    en="Invented example: the figures describe no real school or municipality.",
)
NEW_SCALE = (
    "Kyselyn asteikko uudistui viisiportaiseksi ja perustason raja nousi, joten luvut eivät ole vertailukelpoisia "
    "aiempien kanssa. · Enkätens skala förnyades. · The scale of the survey was renewed."
)


@dataclass(frozen=True)
class Followed:
    """An indicator of the demo."""

    key: str
    names: Names
    details: DefinitionDetails


def followed(key: str, valid_from: date) -> Followed:
    """Return one of the demo's indicators, valid from a day."""
    names, numerator, denominator, others = TEXTS[key]
    details = DefinitionDetails(
        valid_from=valid_from,
        numerator=Names(*numerator),
        denominator=Names(*denominator),
        population=POPULATION,
        rule=RULE,
        **others,
    )
    return Followed(key, Names(*names), details)
