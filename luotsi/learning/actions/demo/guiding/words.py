"""What the counsellor and the learners of the demo have written. Nothing of health or welfare stands here."""

from luotsi.learning.rules.guiding import Done

# fmt: off
WROTE = {
    Done.CONTACT: (
        "Soitin, sovittiin tapaaminen ensi viikolle.",
        "Lähetin viestin, vastaus tuli samana päivänä.",
        "Ei vastannut viestiin, yritän uudelleen.",
        "Juteltiin käytävällä, tulee käymään perjantaina.",
    ),
    Done.MEETING: (
        "Käytiin suunnitelma läpi: kaksi osaa siirtyy, muut pitävät.",
        "Sovittiin kaksi pajapäivää viikossa lukukauden loppuun.",
        "Etsitään uusi paikka koulutussopimukselle, edellinen peruuntui.",
        "Paikalla myös opettaja. Näyttö sovittiin, päivä on suunnitelmassa.",
        "Opiskelija kertoi tekevänsä iltatöitä. Aamun ryhmä vaihdetaan iltapäivään.",
        "Puhuttiin alan vaihdosta; jatkaa nykyisessä ja katsotaan keväällä uudelleen.",
    ),
    Done.PLAN: (
        "Uudet päivät osille, jotka ovat myöhässä.",
        "Yhteiset osat jaettiin kahdelle jaksolle.",
        "Työpaikalla opittavaa lisättiin, luokassa opittavaa vähennettiin.",
    ),
    Done.REFERRAL: (
        "Ohjattu opintopajaan.",
        "Ohjattu erityisopettajan ryhmään matematiikkaa varten.",
        "Ohjattu suomen kielen tukitunneille.",
        "Ohjattu työpaikkakoordinaattorille paikan etsimistä varten.",
    ),
}
NO_NEED = (
    "Osat on tehty, arvioinnit puuttuvat rekisteristä. Pyydetty kirjaamaan.",
    "Näyttö on jo sovittu ensi viikolle.",
    "Opettaja on juuri käynyt suunnitelman läpi, kaikki on sovittu.",
    "Poissaolo oli sovittu etukäteen.",
    "Suunnitelman päivät ovat vanhat: opiskelija etenee sovitusti.",
)
# fmt: on
COMMENT = "Suunnitelmassani on vielä vanha päivä, vaikka sovimme opettajan kanssa uuden."
COMMENT_ANSWERED = "Kiitos, hyvä huomio. Päivä on korjattu suunnitelmaan, ja se näkyy tässä seuraavan siirron jälkeen."
CONTEST = "Tässä lukee, että olen ollut paljon poissa, mutta olin sovitusti työpaikalla koko viikon."
CONTEST_ANSWERED = (
    "Olet oikeassa: tunnit oli merkitty väärin, ja opettaja on korjannut ne. Vanhaa tulosta ei käytetä enää, uusi "
    "lasketaan ensi viikolla."
)
CONTEST_TURNED_DOWN = (
    "Kävimme merkinnät läpi yhdessä opettajan kanssa. Ne pitävät paikkansa, joten listaa ei muuteta. Jutellaan silti "
    "siitä, miten jatketaan."
)
CONTEST_OPEN = "En ole myöhässä: tein näytön jo, mutta arviointi puuttuu."
COMMENT_OPEN = "Voisimmeko katsoa kevään jaksot ennen joulua?"
