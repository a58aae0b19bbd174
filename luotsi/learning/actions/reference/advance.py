"""How studies advance: delay, plans, demonstrations, work, guidance."""

from __future__ import annotations

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.reference import Declared
from luotsi.indicators.rules.values import Direction
from luotsi.learning.actions.reference.making import (
    LAST_YEAR,
    LEARNERS,
    ON_THE_DAY,
    PERSONS,
    PLANNED,
    counting,
    each,
    share,
)
from luotsi.learning.rules import figures as keys


def late() -> Declared:
    """Return who is late by the plan."""
    return Declared(
        keys.LATE,
        Names(
            fi="Suunnitelmastaan myöhässä olevat",
            sv="Studerande som är efter sin plan",
            en="Learners who are behind their plan",
        ),
        share(
            PeriodKind.MONTH,
            Direction.FALLING,
            numerator=Names(
                fi="Heistä ne, joilta suunnitelma oli pyytänyt enemmän osaamispisteitä kuin on suoritettu",
                sv="De av dem av vilka planen hade begärt fler kompetenspoäng än vad som avlagts",
                en="Those of them of whom the plan had asked for more points than are done",
            ),
            denominator=PLANNED,
            rule=Names(
                fi="Verrataan silloin voimassa olleeseen suunnitelmaan: siirretty päivä ei poista viivettä.",
                sv="Jämförs med den plan som gällde då: ett framflyttat datum tar inte bort en försening som hunnits.",
                en="Compared with the plan as it was then: a day put off does not undo a delay that was there.",
            ),
            method=ON_THE_DAY,
            counting=counting("study_paces", [], ["late", "=", True]),
        ),
    )


def behind() -> Declared:
    """Return by how much learners are late."""
    return Declared(
        keys.BEHIND,
        Names(
            fi="Viive suunnitelmasta osaamispisteinä",
            sv="Försening i kompetenspoäng",
            en="Points behind the plan",
        ),
        each(
            "osp",
            Direction.FALLING,
            numerator=Names(
                fi="Suunnitelmien pyytämät ja tekemättä olevat osaamispisteet",
                sv="Kompetenspoäng som planerna begärt och som inte avlagts",
                en="Points that plans had asked for and that are not done",
            ),
            denominator=PLANNED,
            counting=counting("study_paces", [], column="behind", sum=True),
        ),
    )


def fresh() -> Declared:
    """Return whose plan is younger than 90 days."""
    return Declared(
        keys.FRESH,
        Names(
            fi="Alle 90 päivää sitten päivitetyt HOKSit",
            sv="Personliga planer (PUK) ändrade inom 90 dagar",
            en="Personal plans changed within 90 days",
        ),
        share(
            PeriodKind.MONTH,
            numerator=Names(
                fi="Heistä ne, joiden HOKS on hyväksytty tai päivitetty alle 90 päivää sitten",
                sv="De av dem vars plan godkänts eller ändrats för mindre än 90 dagar sedan",
                en="Those of them whose plan was approved or changed less than 90 days ago",
            ),
            denominator=LEARNERS,
            method=ON_THE_DAY,
            counting=counting("study_plans", [], ["plan", "=", "fresh"]),
        ),
    )


def shown() -> Declared:
    """Return which demonstrations were given in time."""
    return Declared(
        keys.SHOWN,
        Names(fi="Näytöt ajallaan", sv="Yrkesprov i tid", en="Demonstrations in time"),
        share(
            PeriodKind.MONTH,
            numerator=Names(
                fi="Niistä viimeistään suunniteltuna päivänä annetut",
                sv="De av dem som avlagts senast den planerade dagen",
                en="Those of them given by the day that was planned",
            ),
            denominator=Names(
                fi="Näytöt, joiden suunniteltu päivä on tullut 12 kuukauden aikana",
                sv="Yrkesprov vars planerade dag har infallit under 12 månader",
                en="Demonstrations whose planned day came within 12 months",
            ),
            method=LAST_YEAR,
            counting={
                "table": "study_demonstrations",
                "numerator": {"column": "record", "where": [["in_time", "=", True]]},
                "denominator": {"column": "record", "where": []},
            },
        ),
    )


def at_work() -> Declared:
    """Return who learns at work."""
    return Declared(
        keys.AT_WORK,
        Names(
            fi="Työelämäjaksolla olevat", sv="Studerande på en arbetsplatsperiod", en="Learners in a period at work"
        ),
        share(
            PeriodKind.MONTH,
            numerator=Names(
                fi="Heistä ne, joilla on koulutussopimus- tai oppisopimusjakso",
                sv="De av dem som har en period med utbildningsavtal eller läroavtal",
                en="Those of them in a period under a training or apprenticeship agreement",
            ),
            denominator=LEARNERS,
            method=ON_THE_DAY,
            counting=counting("study_work", [], ["at_work", "=", True]),
        ),
    )


def guidance(key: str, names: Names, column: str, counted: Names, decimals: int) -> Declared:
    """Return hours of guidance for each learner."""
    return Declared(
        key,
        names,
        each(
            "h",
            Direction.RISING,
            decimals=decimals,
            numerator=counted,
            denominator=LEARNERS,
            counting={
                "table": "study_guidance",
                "numerator": {"column": column, "sum": True, "where": []},
                "denominator": PERSONS | {"where": [["kind", "=", ""]]},
            },
        ),
    )
