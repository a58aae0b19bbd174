"""How studies end: completion, dropping out twice, the way on from preparatory studies."""

from __future__ import annotations

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.reference import Declared
from luotsi.indicators.rules.values import Direction
from luotsi.learning.actions.reference.making import LAST_YEAR, OF_VOCATIONAL, counting, share
from luotsi.learning.rules import figures as keys


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
