"""What is studied at the invented college: six programmes of 180 points of competence and preparatory studies."""

from __future__ import annotations

from dataclasses import dataclass

COMMON, VOCATIONAL = "2", "1"
WORK, SCHOOL, APPRENTICE = "koulutussopimus", "oppilaitosmuotoinenkoulutus", "oppisopimus"


@dataclass(frozen=True)
class Module:
    """A part of studies: in which weeks of teaching it is planned, counted from the first week of studies.

    Attributes:
        amount: Points of competence, or weeks in preparatory studies.
        at_work: From which of its weeks on it is at a workplace; None = never.
        inner: (code, points) of the parts within it, which add up to its amount.
    """

    code: str
    name: str
    amount: int
    first: int
    last: int
    group: str = VOCATIONAL
    at_work: int | None = None
    inner: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Programme:
    """A qualification with its parts; `pull` is how much better (more) or worse studies go here than elsewhere."""

    key: str
    code: str
    name: str
    campuses: tuple[int, ...]
    share: int
    pull: float
    modules: tuple[Module, ...]


COMMONS = (
    Module("909001", "Viestintä- ja vuorovaikutusosaaminen", 14, 2, 58, COMMON, None, (("vvai", 8), ("vvtk", 6))),
    Module("909002", "Matemaattis-luonnontieteellinen osaaminen", 9, 6, 46, COMMON, None, (("mlma", 6), ("mlfk", 3))),
    Module("909003", "Yhteiskunta- ja työelämäosaaminen", 12, 40, 84, COMMON, None, (("ytyy", 7), ("yttt", 5))),
)
# amount, first week, last week, from which week on at work
SHAPE = (
    (30, 0, 20, None),
    (25, 18, 37, 12),
    (25, 38, 57, 10),
    (20, 56, 71, None),
    (15, 72, 85, 4),
    (15, 84, 98, 4),
    (15, 96, 112, 2),
)


def _programme(place: int, key: str, name: str, share: int, pull: float, parts: tuple[str, ...]) -> Programme:
    own = tuple(
        Module(f"90{place}0{number}", title, amount, first, last, VOCATIONAL, at_work)
        for number, (title, (amount, first, last, at_work)) in enumerate(zip(parts, SHAPE, strict=True), 1)
    )
    campuses = ((0, 1), (0, 2), (1,), (1, 2), (2,), (0,))[place - 1]
    return Programme(key, f"9{place}9901", name, campuses, share, pull, (*own, *COMMONS))


# fmt: off
PROGRAMMES = (
    _programme(1, "lii", "Liiketoiminnan esimerkkitutkinto", 22, 0.05, (
        "Asiakaspalvelu", "Kaupan toiminnot", "Verkkokauppa", "Talouden hallinta", "Markkinointi",
        "Myynnin suunnittelu", "Yritystoiminta",
    )),
    _programme(2, "sot", "Sosiaali- ja terveysalan esimerkkitutkinto", 26, 0.2, (
        "Kasvun ja osallisuuden tukeminen", "Hyvinvoinnin edistäminen", "Ikääntyvien hoito", "Sairaanhoidon perusteet",
        "Kuntoutuksen tukeminen", "Kotona asumisen tukeminen", "Mielenterveyden edistäminen",
    )),
    _programme(3, "rak", "Rakennusalan esimerkkitutkinto", 14, -0.25, (
        "Perustustyöt", "Runkotyöt", "Sisävalmistus", "Laatoitus", "Muuraus", "Ulkoverhous", "Korjausrakentaminen",
    )),
    _programme(4, "sah", "Sähkö- ja automaatioalan esimerkkitutkinto", 14, 0.0, (
        "Asennustyöt", "Kiinteistöjen sähköistys", "Automaatiolaitteet", "Sähköpiirustukset", "Käyttöönotto",
        "Kunnossapito", "Taloautomaatio",
    )),
    _programme(5, "rav", "Ravintola-alan esimerkkitutkinto", 12, -0.3, (
        "Ruokapalvelut", "Lounasruoat", "Annosruoat", "Erityisruokavaliot", "Juhlapalvelut", "Leivonta",
        "Kestävä ruokapalvelu",
    )),
    _programme(6, "tvt", "Tieto- ja viestintätekniikan esimerkkitutkinto", 12, -0.1, (
        "Työasemat ja verkot", "Ohjelmoinnin perusteet", "Palvelimet", "Tietokannat", "Verkkosovellukset",
        "Tietoturva", "Ohjelmistoprojekti",
    )),
)
TUVA = Programme("tuva", "999908", "Tutkintokoulutukseen valmentava koulutus (TUVA)", (0, 1), 0, -0.5, (
    Module("101", "Opiskelu- ja urasuunnittelutaidot", 4, 0, 10),
    Module("107", "Perustaitojen vahvistaminen", 7, 2, 18),
    Module("102", "Työelämätaidot ja työelämässä tapahtuva oppiminen", 10, 12, 26),
    Module("103", "Arjen taidot ja yhteiskunnallinen osallisuus", 6, 8, 28),
    Module("105", "Ammatillisen koulutuksen opinnot ja niihin valmentautuminen", 9, 20, 34),
    Module("104", "Valinnaiset koulutuksen osat", 2, 28, 35, VOCATIONAL, None, (("oma1", 2),)),
))
# fmt: on
