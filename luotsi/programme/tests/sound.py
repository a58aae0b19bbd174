"""A small plan without gaps, and a way to damage it."""

from __future__ import annotations

from luotsi.programme.queries.plan_files import PlanFile, read
from luotsi.programme.rules.checks import Fault, faults
from luotsi.programme.rules.plan import Plan


def three(text: str) -> str:
    """Return a text in three languages, as YAML."""
    return f'{{fi: "{text}", sv: "{text} sv", en: "{text} en"}}'


SOUND = f"""\
key: KOE-2024-2027
names: {three("Ohjelma")}
owner: {{names: {three("Kunta")}, municipality: "999"}}
period: 2024-25/2026-27
periods: [2024-25, 2025-26, 2026-27]
documents:
  - {{code: S1, names: {three("Suunnitelma")}}}
participants:
  - {{code: K1, names: {three("Kunta")}}}
actors:
  - {{code: OJ, names: {three("Järjestäjä")}}}
decisions:
  - {{code: D1, body: {three("Lautakunta")}, day: 2024-05-02, number: "§ 5", matter: {three("Suunnitelma")}}}
appendices:
  - {{code: L1, names: {three("Kustannukset")}, file: costs.xlsx}}
budget:
  - {{code: B1, kind: need, text: {three("Tarve")}, period: 2024/2027, amount: "1000.00"}}
  - {{code: B2, kind: granted, text: {three("Myönnetty")}, period: 2024, amount: "400.00"}}
  - {{code: B3, kind: reserved, text: {three("Varattu")}, period: 2025/2027, amount: "600.00", appendix: L1}}
sections:
  - code: PP1
    kind: focus_area
    names: {three("Arki")}
    responsibilities:
      - {{code: V1, matter: {three("Tunnukset")}, implementers: [OJ], accountable: [OJ, K1]}}
    measures:
      - code: M1
        names: {three("Yksi tunnus")}
        responsibility: V1
        period: 2024-25/2025-26
        milestones:
          - period: 2024-25
            text: {three("Selvitetty")}
            due: 2025-05-31
            owner: K1
            number: 10
            unit: school
            baseline: 0
          - {{period: 2025-26, text: {three("Käytössä")}, owner: K1, indicator: I1, baseline: 12.5}}
populations:
  - {{code: ALL, names: {three("Opettajat")}, count: 200, group: teachers}}
indicators:
  - code: I1
    names: {three("Taso 2")}
    section: PP1
    unit: percent
    direction: rising
    numerator: {three("Merkin saaneet")}
    denominator: {three("Opettajat")}
    population: ALL
    rule: {three("Kaikki tason merkit saatu")}
    version: "1"
    targets:
      - {{operator: gte, value: 90, period: 2026-27}}
observations:
  - {{code: F1, kind: actual, text: {three("Vastaajat")}, value: 100, unit: person, period: 2024-25, parts: [F2, F3]}}
  - {{code: F2, kind: actual, text: {three("Perusaste")}, value: 60, unit: person, period: 2024-25, subset_of: F1}}
  - {{code: F3, kind: actual, text: {three("Toinen aste")}, value: 40, unit: person, period: 2024-25, subset_of: F1}}
  - code: F4
    kind: actual
    text: {three("Taso 2")}
    indicator: I1
    value: 50
    unit: percent
    numerator: F1
    denominator: 200
    population: ALL
    period: 2024-25
    source: S1:10-12
derived:
  - {{code: J1, formula: F2 + F3, equals: F1}}
  - {{code: J2, formula: F1 / 200 * 100, unit: percent, indicator: I1, expected: 50.0}}
findings:
  - code: P1
    text: {three("Vähän osallistujia")}
    action: {three("Tiedotus")}
    owner: OJ
    due: 2025-12-31
    state: ongoing
reporting:
  - {{code: R1, text: {three("Vertailu")}, rhythm: {three("vuosittain")}}}
communication: {{aim: {three("Kaikki tuntevat")}}}
"""


def file_of(text: str) -> PlanFile:
    """Return a text as a plan file that was read."""
    return read(text.encode(), "plan.yaml")


def plan_of(text: str) -> Plan:
    """Return the plan of a text that can be read."""
    file = file_of(text)
    assert file.plan, file.problems
    return file.plan


def damaged(old: str, new: str) -> str:
    """Return the sound plan with one thing changed; the old text stands in it once."""
    assert SOUND.count(old) == 1, (old, SOUND.count(old))
    return SOUND.replace(old, new)


def found_in(text: str) -> list[Fault]:
    """Return the faults of a text."""
    return list(faults(plan_of(text)))
