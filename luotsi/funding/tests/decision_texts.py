"""Decisions of our own wording, in the shapes in which they come; all names are invented."""

# An excerpt of minutes with two items; the second one notes a refusal.
BOARD = """\
Esimerkkilän kaupunki                          PÖYTÄKIRJANOTE
Hyvinvointilautakunta                          Kokous 12.5.2022

§ 45
Avustuksen hakeminen uusiin oppimisympäristöihin

ESIMno-2022-1234

Opetushallitus on julistanut haettavaksi avustukset, joilla edistetään uudenlaisia oppimisympäristöjä esi- ja
perusopetuksessa. Haussa on yhteensä 1,55 milj. euroa. Avustusta voidaan myöntää enintään 90 % hankkeen
kokonaiskustannuksista, ja omarahoitusosuuden on oltava vähintään 10 prosenttia. Hakuaika päättyi 14.4.2022.
Avustuksella saa kattaa kuluja viimeistään 31.7.2024.

Kaupunki hakee avustusta 30 150 €.

Esittelijä          hyvinvointijohtaja

Päätösehdotus
Lautakunta päättää merkitä hakemuksen tiedoksi.

Päätös
Päätösehdotus hyväksyttiin.

Opetushallituksen päätös avustuksesta oppimisympäristöihin

Opetushallitus on päättänyt olla myöntämättä valtionavustusta hankkeelle "Esimerkkikoulut digimatkalla".

Esittelijä          hyvinvointijohtaja

Päätösehdotus
Lautakunta merkitsee päätöksen tiedoksi.

Päätös
Merkittiin tiedoksi.
"""

# An officer's decision to apply: the period ends before it starts, and the own share is a tenth of the grant.
OFFICER = """\
VIRANHALTIJAPÄÄTÖS

Valtionavustuksen hakeminen, kehittämishanke Kokeilupaja

Päätös
Esimerkkilän kaupunki hakee Opetushallitukselta valtionavustusta 393 000 euroa hankkeelle Kokeilupaja.
Omarahoitusosuus on 10 % eli 39 300 euroa. Hanke toteutetaan ajalla 1.10.2020–31.7.2020.

Päätöksen perustelut
Haettavana on noin 1,5 miljoonaa euroa, asianumero 7/404/2020. Hankkeella on valtakunnallista uutuusarvoa.
"""

STATE = """\
Opetuksen esimerkkivirasto                                   Päätös
                                                             OPH-2727-2023

Päätöspäivä: 20.6.2023

Hakija
Esimerkkilän kaupunki

Hankkeen nimi: Esimerkkikoulujen digipolku

Päätös
Esimerkkivirasto on päättänyt myöntää hakijalle valtionavustusta haettua pienemmän summan.

Haettu avustus: 40 000 €
Myönnetty avustus: 30\u00a0150,00 €
Hyväksytyt kokonaiskustannukset: 33.500,00 €
Omarahoitusosuus: 3 350 €
Valtionavustusprosentti: 90 %
Avustuksen käyttöaika: 1.8.2023 – 31.7.2025

Maksatus
Avustus maksetaan kahdessa erässä. 1. erä 20 000 € maksetaan 15.9.2023. 2. erä 10 150 € maksetaan 15.9.2024.

Avustuksen ehdot
1. Avustusta saa käyttää vain päätöksessä hyväksyttyyn tarkoitukseen.
2. Hankkeen kulut kirjataan omalle kustannuspaikalle,
   ja laskelma on pyynnöstä esitettävä.
3. Hankinnat on kilpailutettava.

Selvitykset
Väliselvitys on toimitettava viimeistään 30.9.2024. Loppuselvitys avustuksen käytöstä on toimitettava
kolmen kuukauden kuluessa käyttöajan päättymisestä, viimeistään 31. lokakuuta 2025.

Päätöksen perustelut
Hanke vastaa haun tavoitteita, mutta sen henkilöstökulut on arvioitu tarvetta suuremmiksi.

Oikaisuvaatimusohje
Tähän päätökseen saa hakea oikaisua 30 päivän kuluessa sen tiedoksisaannista.
"""

SWEDISH = """\
Utbildningens exempelverk                                    OPH-31-2024

Beslutsdatum: 20.6.2024

Projektets namn: Exempelskolornas lärstig

Beslut
Exempelverket har beslutat bevilja Exempelby kommun 1,2 miljoner euro i statsunderstöd för projektet.
De totala kostnaderna är 1 500 000 euro och självfinansieringen 300 000 euro, det vill säga 20 procent.
Understödet får användas under tiden 1 augusti 2024 - 31 juli 2026.

Villkor
- Understödet får användas endast för det godkända ändamålet.
- Kostnaderna bokförs på ett eget kostnadsställe.

Redovisning
Slutredovisningen ska lämnas senast den 31 oktober 2026.

Motivering
Projektet uppfyller kriterierna.

Anvisning om begäran om omprövning
Omprövning får begäras inom trettio (30) dagar från delfåendet.
"""

SWEDISH_BOARD = """\
Bildningsnämnden                                Sammanträde 3.9.2024

§ 77
Understöd för digitala lärmiljöer

Nämnden ansöker om 45 000 euro.

Föredragande        bildningsdirektören

Beslutsförslag
Nämnden beslutar ansöka om understödet och anvisar en självfinansiering om 5 000 euro.

Behandling
Direktören ändrade sitt förslag.

Beslut
Nämnden beslutade enligt det ändrade förslaget anvisa 4 000 euro.

Ändringssökande
Rättelseyrkande kan framställas inom 14 dagar.
"""

LETTER = """\
Valtionavustuspäätös
VN/555/2021-OKM-3

Opetuksen esimerkkiministeriö on tänään myöntänyt Esimerkkilän koulutuskuntayhtymälle rahoitusta yhteensä enintään
1 319 500 euroa. Avustus voi kattaa enintään 91 prosenttia hankkeen hyväksyttävistä kokonaiskustannuksista. Avustus on
käytettävä 31.12.2022 mennessä. Saajan on annettava ministeriölle selvitys avustuksen käytöstä viimeistään 31.3.2023.
Avustuksesta maksetaan 70 % heti ja loppuosa 30 % selvityksen perusteella. Alle 100 euron summa voidaan jättää
palauttamatta.
"""

# A decision with many labels in two columns, as authorities print them.
LABELS = """\
Opetuksen esimerkkivirasto
VALTIONAVUSTUSPÄÄTÖS                                  OPH-4444-2024
                                                       11.12.2024

Esimerkkilän kunta

Päätös
Esimerkkivirasto on päättänyt myöntää hankkeelle valtionavustuksen.

Päätöksen tiedot
Hakemuksen asianumero            12/77/2024
Hankkeen nimi                    Pienten esimerkkipolku
Hankkeen kokonaiskustannukset    62 500 €
Haettu valtionavustus            50 000 €
Myönnetty valtionavustus         50 000 €
Omarahoitusosuus                 12 500 €
Valtionavustusprosentti          80 %

Avustuksen maksuaika
Avustus maksetaan yhdessä erässä tilille viimeistään 31.1.2025.

Avustuksen käyttöaika
Käyttöaika alkaa 1.1.2025 ja päättyy 31.12.2026.

Selvitysvelvollisuus
Avustuksen saajan tulee antaa loppuselvitys 28.2.2027 mennessä. Väliselvitys annetaan viimeistään 31.1.2026.

Muutoksenhaku
Päätökseen tyytymätön saa vaatia oikaisua kolmenkymmenen päivän kuluessa päätöksen tiedoksisaannista.
"""

ACCEPTING = """\
Sivistyslautakunta              § 12              14.2.2023

Valtionavustuksen vastaanottaminen: Esimerkkikoulujen digihanke

ESIM/101/02.05.01/2023

Selostus
Kaupunki haki 120 000 euron avustusta. Esimerkkivirasto on päätöksellään 20.12.2022 myöntänyt hankkeelle avustusta
90 000 euroa. Avustus on enintään 75 % hyväksyttävistä kustannuksista.

Esittelijä
sivistysjohtaja

Ehdotus
Lautakunta päättää ottaa avustuksen vastaan ja osoittaa hankkeelle omarahoitusta 30 000 euroa.

Käsittely
Keskustelun kuluessa esitettiin, että omarahoitus olisi 20 000 euroa. Esitys ei saanut kannatusta.

Päätös
Ehdotuksen mukaan.

§ 13
Seuraava asia

Esittelijä
sivistysjohtaja

Ehdotus
Lautakunta merkitsee selvityksen tiedoksi.

Päätös
Lautakunta merkitsi asian tiedoksi.
"""

SWEDISH_REFUSAL = """\
Utbildningens exempelverk

Beslut
Exempelverket har beslutat att inte bevilja statsunderstöd för projektet "Exempelvägen".

Motivering
Anslaget var 1 000 000 euro och räckte inte till alla. Man ansökte om 4,5 miljoner euro.

Begäran om omprövning
Omprövning ska begäras inom 30 dagar.
"""
