"""How learners are engaged: what they answer, how many of them do, and presence as the register tells it."""

from __future__ import annotations

from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails
from luotsi.indicators.actions.reference import Declared
from luotsi.indicators.rules.values import Direction, Policy, Rollup
from luotsi.learning.actions.reference.making import BEGAN, LAST_YEAR, share
from luotsi.learning.rules import figures as keys

OF_ENGAGEMENT = ["role", "=", "study_engagement"]
IN_THE_YEAR = Names(
    fi="Kyselyt, joiden tulokset on laskettu lukuvuoden aikana.",
    sv="Enkäter vars resultat har räknats under läsåret.",
    en="Surveys whose results were worked out in the school year.",
)


def engaged() -> Declared:
    """Return the mean of what learners answer about their engagement."""
    return Declared(
        keys.ENGAGED,
        Names(
            fi="Kiinnittyminen opintoihin, keskiarvo 1–5",
            sv="Engagemang i studierna, medelvärde 1–5",
            en="Engagement in studies, mean from 1 to 5",
        ),
        DefinitionDetails(
            valid_from=BEGAN,
            rollup=Rollup.RATIO,
            policy=Policy.SURVEY,
            period_kind=PeriodKind.SCHOOL_YEAR,
            decimals=2,
            numerator=Names(
                fi="Kiinnittymisen väittämien vastausten summa, kukin 1–5",
                sv="Summan av svaren på påståendena om engagemang, vart och ett 1–5",
                en="The sum of the answers to the statements on engagement, each from 1 to 5",
            ),
            denominator=Names(
                fi="Vastaukset näihin väittämiin",
                sv="Svaren på dessa påståenden",
                en="The answers to these statements",
            ),
            rule=Names(
                fi="Väittämät ovat omiamme, eivät julkaistun mittarin: lukua ei voi verrata sellaisen lukuihin.",
                sv="Påståendena är våra egna, inte ett publicerat instruments: talet kan inte jämföras med sådana.",
                en="The statements are our own, not those of a published scale: the figure compares with no such.",
            ),
            method=IN_THE_YEAR,
            counting={
                "table": "survey_answers",
                "semantics": "during",
                "numerator": {"column": "value", "sum": True, "where": [OF_ENGAGEMENT]},
                "denominator": {"column": "record", "where": [OF_ENGAGEMENT, ["value", ">=", 1]]},
            },
        ),
    )


def answered() -> Declared:
    """Return how many of those who were asked have answered about their engagement."""
    return Declared(
        keys.ANSWERED,
        Names(
            fi="Kiinnittymisen kyselyyn vastanneet",
            sv="Svarande på enkäten om engagemang",
            en="Response rate of the survey of engagement",
        ),
        share(
            PeriodKind.SCHOOL_YEAR,
            numerator=Names(
                fi="Heistä ne, jotka vastasivat", sv="De av dem som svarade", en="Those of them who answered"
            ),
            denominator=Names(
                fi="Ne, joilta kiinnittymistä kysyttiin lukuvuoden aikana",
                sv="De som tillfrågades om engagemang under läsåret",
                en="Those who were asked about engagement in the school year",
            ),
            rule=Names(
                fi="Yksikkö jää pois, jos siellä vastasi yhteisen linkin kautta useampi kuin siellä kysyttiin.",
                sv="En enhet räknas inte om fler svarade där via en gemensam länk än som tillfrågades.",
                en="A unit where more answered by a common link than were asked is left out.",
            ),
            method=IN_THE_YEAR,
            counting={
                "table": "survey_turnouts",
                "semantics": "during",
                "numerator": {"column": "answered", "sum": True, "where": [OF_ENGAGEMENT]},
                "denominator": {"column": "invited", "sum": True, "where": [OF_ENGAGEMENT]},
            },
        ),
    )


def present() -> Declared:
    """Return for how many of the hours of teaching learners were there."""
    return Declared(
        keys.PRESENT,
        Names(fi="Läsnäolo opetuksessa", sv="Närvaro i undervisningen", en="Presence in teaching"),
        share(
            PeriodKind.MONTH,
            Direction.RISING,
            numerator=Names(
                fi="Niistä tunnit, joilla opiskelija oli läsnä",
                sv="De av dem då den studerande var närvarande",
                en="Those of them for which the learner was there",
            ),
            denominator=Names(
                fi="Opiskelijoiden opetustunnit viikoilta, joilta ne on kerrottu",
                sv="De studerandes undervisningstimmar de veckor för vilka de har angetts",
                en="Hours of teaching of learners in the weeks of which they were told",
            ),
            rule=Names(
                fi="Viikkoa, jolta on kerrottu vain poissaolot, ei lasketa. Läsnäolo yksin ei kerro kiinnittymisestä.",
                sv="En vecka med bara frånvaro räknas inte. Närvaro säger inte ensam något om engagemanget.",
                en="A week of which only absence was told is left out. Presence alone does not tell of engagement.",
            ),
            method=LAST_YEAR,
            counting={
                "table": "study_presence",
                "numerator": {"column": "present", "sum": True, "where": []},
                "denominator": {"column": "lessons", "sum": True, "where": []},
            },
        ),
    )
