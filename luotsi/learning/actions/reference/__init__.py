"""The indicators of studies that come with the program, where there are rights to study: no dozen empty figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.reference import Declared, bring_up
from luotsi.indicators.rules.values import Direction
from luotsi.learning.actions.reference.shapes import (
    LAST_YEAR,
    LEARNERS,
    OF_VOCATIONAL,
    ON_THE_DAY,
    PERSONS,
    PLANNED,
    each,
    share,
)
from luotsi.learning.models import StudyRight
from luotsi.learning.rules import figures as keys

if TYPE_CHECKING:
    from luotsi.people.models import Account


def counting(table: str, denominator: list[list[Any]], *more: list[Any], **numerator: Any) -> dict[str, Any]:
    """Return persons of `denominator` with those for whom `more` holds too; `numerator` for sums."""
    return {
        "table": table,
        "numerator": (numerator or PERSONS) | {"where": [*denominator, *more]},
        "denominator": PERSONS | {"where": denominator},
    }


def completion(key: str, years: str, words: tuple[str, str, str]) -> Declared:
    """Return the share of a cohort that completes in a time; `words` are the time in three languages."""
    fi, sv, en = words
    return Declared(
        key,
        Names(
            fi=f"Läpäisy {fi} vuodessa",
            sv=f"Genomströmning på {sv} år",
            en=f"Completion within {en} years",
        ),
        share(
            PeriodKind.CALENDAR_YEAR,
            dimensions=("qualification",),
            numerator=Names(
                fi="Heistä ne, jotka suorittivat tutkinnon ajassa, myös siirryttyään toiseen opiskeluoikeuteen",
                sv="De av dem som avlade examen inom tiden, också efter att ha bytt studierätt",
                en="Those of them who completed in the time, also after moving to another right",
            ),
            denominator=Names(
                fi="Koko tutkintoa aloittaneet kahdelta viimeksi täyttyneeltä lukuvuoden puolikkaalta",
                sv="De som började en hel examen under de två halvår vars tid senast blev full",
                en="Those who began a whole qualification in the two half-years whose time was full last",
            ),
            method=Names(
                fi="Puolikkaat ovat tammi–heinäkuu ja elo–joulukuu. Puolikas lasketaan vasta, kun aika on täysi "
                "myös viimeisenä aloittaneelta ja tiedot ulottuvat siihen.",
                sv="Halvåren är januari–juli och augusti–december. Ett halvår räknas först när tiden är full också "
                "för den som började sist och uppgifterna når dit.",
                en="Half-years are January to July and August to December. A half-year counts once the time is full "
                "for whoever began last and what is known reaches there.",
            ),
            counting=counting("study_cohorts", [["years", "=", years]], ["in_time", "=", True]),
        ),
    )


def left() -> Declared:
    """Return dropping out by the provider's own definition."""
    return Declared(
        keys.LEFT,
        Names(fi="Keskeyttäminen, oma määritelmä", sv="Avbrott, egen definition", en="Dropping out, own definition"),
        share(
            PeriodKind.MONTH,
            Direction.FALLING,
            dimensions=("qualification",),
            numerator=Names(
                fi="Heistä ne, joiden opiskeluoikeus päättyi eroamiseen tai eronneeksi katsomiseen",
                sv="De av dem vars studierätt upphörde genom att de avgick eller ansågs ha avgått",
                en="Those of them whose right ended as resigned or considered resigned",
            ),
            denominator=Names(
                fi="Ammatillisessa koulutuksessa 12 kuukauden aikana opiskelleet",
                sv="De som studerat inom yrkesutbildningen under 12 månader",
                en="Those who studied in vocational education within 12 months",
            ),
            rule=Names(
                fi="Keskeyttämistä ei ole siirtyminen uusiin tutkinnon perusteisiin eikä toiseen opiskeluoikeuteen, "
                "joka alkoi 60 päivän sisällä päättymisestä. Peruutettu oikeus ei ole opiskelua.",
                sv="Avbrott är inte övergång till förnyade examensgrunder och inte till en annan studierätt som "
                "började inom 60 dagar från slutet. En återkallad rätt är inga studier.",
                en="Moving to renewed requirements is no dropping out, nor is another right that began within 60 days "
                "of the end. A cancelled right is no studies.",
            ),
            method=LAST_YEAR,
            counting=counting("study_endings", [OF_VOCATIONAL], ["ending", "=", "left"]),
        ),
    )


def gone() -> Declared:
    """Return dropping out from September to September."""
    return Declared(
        keys.GONE,
        Names(
            fi="Keskeyttäminen syyskuusta syyskuuhun",
            sv="Avbrott från september till september",
            en="Dropping out from September to September",
        ),
        share(
            PeriodKind.CALENDAR_YEAR,
            Direction.FALLING,
            numerator=Names(
                fi="Heistä ne, jotka vuotta myöhemmin 20.9. eivät opiskele eivätkä ole suorittaneet tutkintoa",
                sv="De av dem som ett år senare den 20.9 varken studerar eller har avlagt examen",
                en="Those of them who a year later, on 20 September, neither study nor have completed",
            ),
            denominator=Names(
                fi="Koko tutkintoa 20.9. vuotta aiemmin opiskelleet",
                sv="De som studerade för en hel examen den 20.9 ett år tidigare",
                en="Those who studied for a whole qualification on 20 September a year before",
            ),
            method=Names(
                fi="Tilastokeskuksen tavoin, mutta vain omasta rekisteristä: muualla jatkaneet näyttävät "
                "keskeyttäneiltä, joten luku on suurempi kuin Tilastokeskuksen.",
                sv="Som hos Statistikcentralen, men bara ur det egna registret: de som fortsatt annanstans ser ut att "
                "ha avbrutit, så talet är större än Statistikcentralens.",
                en="As Statistics Finland does, but from one's own register alone: those who went on elsewhere look "
                "as if they had dropped out, so that the figure is higher than theirs.",
            ),
            counting=counting("study_septembers", [], ["became", "=", "gone"]),
        ),
    )


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


def guidance(key: str, names: Names, column: str, counted: Names) -> Declared:
    """Return hours of guidance for each learner."""
    return Declared(
        key,
        names,
        each(
            "h",
            Direction.RISING,
            numerator=counted,
            denominator=LEARNERS,
            counting={
                "table": "study_guidance",
                "numerator": {"column": column, "sum": True, "where": []},
                "denominator": PERSONS | {"where": [["kind", "=", ""]]},
            },
        ),
    )


def went_on() -> Declared:
    """Return who went on from preparatory to vocational studies."""
    return Declared(
        keys.WENT_ON,
        Names(
            fi="TUVAsta ammatilliseen siirtyneet",
            sv="Övergång från Hux till yrkesutbildning",
            en="Transfers from preparatory to vocational studies",
        ),
        share(
            PeriodKind.MONTH,
            numerator=Names(
                fi="Heistä ne, joiden ammatillinen opiskeluoikeus alkoi 60 päivän sisällä",
                sv="De av dem vars yrkesinriktade studierätt började inom 60 dagar",
                en="Those of them whose vocational right began within 60 days",
            ),
            denominator=Names(
                fi="TUVA-koulutuksensa päättäneet 12 kuukauden aikana",
                sv="De som avslutat Hux-utbildningen under 12 månader",
                en="Those whose preparatory studies ended within 12 months",
            ),
            method=Names(
                fi="Vain omaan koulutukseen siirtyneet: muualla jatkaneita rekisteri ei näytä.",
                sv="Bara övergång till den egna utbildningen: registret visar inte dem som fortsatt annanstans.",
                en="Only to one's own education: the register does not show who goes on elsewhere.",
            ),
            counting=counting("study_ways_on", [], ["went_on", "=", True]),
        ),
    )


def declared() -> tuple[Declared, ...]:
    """Return the indicators of studies, in the order of their page."""
    return (
        completion(keys.COMPLETED_3, "3", ("kolmessa", "tre", "three")),
        completion(keys.COMPLETED_3_5, "3.5", ("kolmessa ja puolessa", "tre och ett halvt", "three and a half")),
        completion(keys.COMPLETED_4, "4", ("neljässä", "fyra", "four")),
        left(),
        gone(),
        late(),
        behind(),
        fresh(),
        shown(),
        at_work(),
        guidance(
            keys.GUIDANCE_PLANNED,
            Names(
                fi="Suunniteltu opetus ja ohjaus opiskelijaa kohti",
                sv="Planerad undervisning och handledning per studerande",
                en="Teaching and guidance planned for each learner",
            ),
            "planned",
            Names(
                fi="HOKSien opetuksen ja ohjauksen tunnit",
                sv="Planernas timmar av undervisning och handledning",
                en="Hours of teaching and guidance in the plans",
            ),
        ),
        guidance(
            keys.GUIDANCE_GIVEN,
            Names(
                fi="Annettu ohjaus opiskelijaa kohti 12 kuukaudessa",
                sv="Given handledning per studerande på 12 månader",
                en="Guidance given to each learner in 12 months",
            ),
            "given",
            Names(
                fi="Ohjauslokin tunnit 12 kuukauden ajalta",
                sv="Timmar i handledningsloggen under 12 månader",
                en="Hours in the guidance log of 12 months",
            ),
        ),
        went_on(),
    )


def load_reference(*, by: Account | None = None) -> int:
    """Bring the indicators of studies up to what is declared, where there are rights to study."""
    return bring_up(declared(), by=by) if StudyRight.objects.exists() else 0
