"""What the demo says: evidence and reasons for each measure, the events of the annual clock, who consented to what."""

from __future__ import annotations

from luotsi.base.names import Names
from luotsi.indicators.actions.demo import keys
from luotsi.programme.actions.clock import EventDetails

# Two sentences for each measure: what shows that it was reached, and what is going on.
EVIDENCE: dict[str, tuple[str, str]] = {
    "M11": (
        "Selvitys tunnuksista on käsitelty opetuksen johtoryhmässä.",
        "Tunnusten yhdistämistä kokeillaan kahdessa koulussa.",
    ),
    "M12": (
        "Turvatulostuksen ohje on viety kouluille ja laitteet on otettu käyttöön.",
        "Viimeisten tulostimien vaihto on tilattu.",
    ),
    "M13": ("Sovelluskartoitus on julkaistu kunnan sivuilla.", "Kartoitusta täydennetään koulujen vastauksilla."),
    "M14": (
        "Tekoälyn käytön ohje on hyväksytty ja koulutus pidetty.",
        "Ohjetta valmistellaan seudun yhteisen mallin pohjalta.",
    ),
    "M21": (
        "Kyselyn vastauskäytäntö on kirjattu koulujen vuosikelloon.",
        "Tulosnäkymää otetaan käyttöön rehtorien kanssa.",
    ),
    "M22": ("Koulutustarjonta on käyty läpi kyselyn tulosten kanssa.", "Vertaiskoulutuksen ryhmät kootaan kevääksi."),
    "M31": ("Edustaja digitiimiin on nimetty ja kokoukset pidetty.", "Digitiimin vuosikelloa täydennetään."),
    "M32": ("Digitiimin vastuut on kirjattu ja lähtötilanne koottu.", "Toteutumista seurataan lukukausittain."),
    "M41": (
        "Hankinnan tarkistuslista on otettu käyttöön tietohallinnon kanssa.",
        "Tietosuojaselosteita laaditaan seudun yhteiselle pohjalle.",
    ),
    "M42": (
        "Monivaiheinen tunnistus on otettu käyttöön opetushenkilöstöllä.",
        "Käyttöönotto etenee kouluittain tietohallinnon tuella.",
    ),
    "M43": ("Tukimateriaali on jaettu kouluille.", "Materiaalia koekäytetään kahdessa koulussa."),
    "M44": (
        "Vaihtoehdot sijaistunnuksille on vertailtu ja esitelty.",
        "Palvelun vaatimuksia kirjataan koulusihteerien kanssa.",
    ),
    "M45": ("Tekijänoikeusaineisto on jaettu opettajille.", "Aineistoa testataan yhdessä koulussa."),
}
AT_RISK = (
    "Kilpailutus siirtyi keväälle, eikä toimittajaa ole vielä valittu.",
    "Vastuuhenkilö vaihtui kesken lukuvuoden.",
    "Määräraha ei riitä kaikille kouluille tänä vuonna.",
)
CANCELLED = "Kunta on jo saavuttanut tämän ennen suunnitelmakautta."

# What each municipality lets the others see, by its number.
CONSENTS = {
    "837": "figures",
    "536": "figures",
    "604": "figures",
    "980": "figures",
    "211": "sums",
    "418": "sums",
    "922": "sums",
    "562": "none",
}
AGREED_BY = "Sivistystoimen johto (esimerkki)"

# How well each municipality is on its way, 0 to 1.
PACE = {"837": 0.9, "536": 0.85, "604": 0.9, "980": 0.75, "211": 0.7, "418": 0.8, "922": 0.55, "562": 0.5}

LINKS = {
    "M11": (keys.ONE_ACCOUNT,),
    "M12": (keys.PRINTING,),
    "M13": (keys.DEVICES, keys.APPS),
    "M21": (keys.RESPONSES,),
    "M22": (keys.BASIC_LEVEL, keys.TRAININGS),
    "M31": (keys.TEAM,),
    "M41": (keys.APPS,),
    "M42": (keys.MFA,),
    "PP1": (keys.ONE_ACCOUNT, keys.PRINTING, keys.DEVICES, keys.SPACES),
    "PP2": (keys.BASIC_LEVEL, keys.RESPONSES, keys.TRAININGS),
    "PP3": (keys.TEAM,),
    "PP4": (keys.MFA, keys.APPS),
}

EVENTS = (
    EventDetails(
        title=Names(
            fi="Lukuvuoden tavoitteet kouluille",
            sv="Läsårets mål till skolorna",
            en="Targets of the school year to the schools",
        ),
        month=8, day=15, owner="OJ", remind_days=21,
    ),
    EventDetails(
        title=Names(fi="Laitteiden tilastopäivä", sv="Statistikdag för enheter", en="Statistics day of devices"),
        month=9, day=20, owner="TH", measure="M13",
    ),
    EventDetails(
        title=Names(
            fi="Osaamiskysely opetushenkilöstölle",
            sv="Kompetensenkät för undervisningspersonalen",
            en="Survey of skills for teaching staff",
        ),
        month=10, day=1, until_month=10, until_day=31, owner="OJ", measure="M21", remind_days=30,
    ),
    EventDetails(
        title=Names(fi="Digitiimin syyskokous", sv="Digiteamets höstmöte", en="Autumn meeting of the digital team"),
        month=11, day=11, owner="DT", measure="M31",
    ),
    EventDetails(
        title=Names(
            fi="Laitemäärien seutuvertailu", sv="Regional jämförelse av enheter", en="Regional comparison of devices"
        ),
        month=12, day=4, owner="DT", measure="M32", note="Luvut syyskuun tilastopäivältä.",
    ),
    EventDetails(
        title=Names(
            fi="Budjettiesitykset ensi vuodelle", sv="Budgetförslag för nästa år", en="Budget proposals for next year"
        ),
        month=12, day=1, until_month=1, until_day=31, owner="ED",
    ),
    EventDetails(
        title=Names(
            fi="Tietoturvaviikko kouluissa", sv="Datasäkerhetsvecka i skolorna", en="Security week in the schools"
        ),
        month=2, day=8, until_month=2, until_day=12, owner="OJ", measure="M43",
    ),
    EventDetails(
        title=Names(fi="Digitiimin kevätkokous", sv="Digiteamets vårmöte", en="Spring meeting of the digital team"),
        month=3, day=16, owner="DT", measure="M32",
    ),
    EventDetails(
        title=Names(
            fi="Virstanpylväiden tilat ajan tasalle",
            sv="Milstolparnas läge uppdateras",
            en="States of milestones brought up to date",
        ),
        month=5, day=15, until_month=5, until_day=31, owner="OJ", remind_days=30,
    ),
    EventDetails(
        title=Names(
            fi="Vuosiarviointi opetusjohtajille", sv="Årsutvärdering till bildningscheferna", en="Annual evaluation"
        ),
        month=6, day=10, owner="DT", measure="M32",
    ),
    EventDetails(
        title=Names(
            fi="Suunnitelman loppuarviointi", sv="Slututvärdering av planen", en="Final evaluation of the plan"
        ),
        month=6, day=30, year=2027, owner="ED", remind_days=60,
    ),
)  # fmt: skip

# What invented units say of a measure with each grade.
GRADED: dict[int, tuple[str, ...]] = {
    1: (
        "Toimea ei ole vielä aloitettu. Vastuuhenkilö nimetään kevään aikana.",
        "Odotamme seudun ohjetta ennen kuin aloitamme.",
    ),
    2: (
        "Asia on otettu esille henkilökunnan kokouksessa, mutta sovittua tapaa ei vielä ole.",
        "Muutama opettaja kokeilee. Yhteinen suunnitteluaika puuttuu.",
    ),
    3: (
        "Noin puolet luokista toimii sovitulla tavalla. Perehdytys uusille opettajille on kesken.",
        "Käytäntö on kirjattu vuosisuunnitelmaan, mutta sitä ei seurata.",
    ),
    4: (
        "Sovittu tapa on käytössä lähes kaikissa luokissa, ja tutoropettaja tukee loppuja.",
        "Toimii arjessa hyvin. Sijaisten perehdytyksessä on vielä parannettavaa.",
    ),
    5: (
        "Vakiintunut osa arkea: mukana vuosikellossa ja perehdytyksessä.",
        "Kaikki luokat ovat mukana, ja olemme jakaneet mallin naapurikouluille.",
    ),
}
