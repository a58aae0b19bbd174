"""What the invented schools of the demo answer to the region's call."""

from __future__ import annotations

from typing import Any

TITLES = (
    ("Tekoälyavustajan pelisäännöt kirjoittamiseen", "ai"),
    ("Robotiikkapaja alkuopetukseen", "coding"),
    ("Digitaaliset turvataidot joka luokalle", "safety"),
    ("Matematiikan eriyttäminen tekoälyn avulla", "ai"),
    ("Ohjelmoinnin kummiluokat", "coding"),
    ("Oppilaat mediakasvattajina", "safety"),
    ("Puheentunnistus kielten opetuksessa", "ai"),
    ("Mikrobittien lainakori", "coding"),
    ("Vanhempien verkkoillat", "safety"),
)
NEED = (
    "Oppilaiden taidot vaihtelevat luokittain, ja opettajat ovat pyytäneet yhteisiä malleja. Kokeilussa kehitämme "
    "tavan, jota jokainen luokka voi käyttää, ja jaamme sen seudun muille kouluille."
)
STEPS = ("Suunnittelu ja koulutus", "Kokeilu luokissa", "Arviointi ja jakaminen")


def whole(place: int, school: str) -> dict[str, Any]:
    """Return answers that can be handed in; the place makes them differ."""
    title, kind = TITLES[place % len(TITLES)]
    staff, devices, services = 2_000 + 350 * place, 1_200 * (place % 3), 400 + 100 * (place % 4)
    total = staff + devices + services
    own = total // 5
    return {
        "title": title,
        "kind": kind,
        "grades": [["1-2"], ["3-6"], ["7-9"], ["3-6", "7-9"]][place % 4],
        "learners": 48 + 17 * place,
        "need": f"{school}: {NEED}",
        "language": "fi",
        "starts": "2027-01-11",
        "ends": "2027-12-17",
        "steps": [
            {"what": what, "by": day}
            for what, day in zip(STEPS, ("2027-02-26", "2027-10-29", "2027-12-10"), strict=True)
        ],
        "readiness": 2 + place % 4,
        "support": {"pedagogy": "some", "technology": ("none", "much")[place % 2], "privacy": "some"},
        "partner": place % 2 == 0,
        **({"partner_name": "Esimerkkikirjasto"} if place % 2 == 0 else {}),
        "costs": {"staff": {"sum": staff}, "devices": {"sum": devices}, "services": {"sum": services}},
        "funding": [{"source": "Seudun kokeiluraha", "sum": total - own}, {"source": "Koulun oma osuus", "sum": own}],
        "contact": "koulu@luotsi.example",
    }


def drafts(place: int) -> dict[str, Any]:
    """Return the beginnings of a draft."""
    title, kind = TITLES[place % len(TITLES)]
    found: dict[str, Any] = {"title": title, "kind": kind, "grades": ["3-6"], "need": NEED}
    if place % 2:
        found |= {
            "costs": {"staff": {"sum": 3_400}, "devices": {"sum": 900}},
            "funding": [{"source": "Seudun kokeiluraha", "sum": 4_000}],
        }
    return found
