"""What learners of the college are told about the use of their data."""

VERSION = "2021-1"
TOLD_FI = (
    "Opisto käyttää opintojesi tietoja ohjaukseen: opinto-oikeuden ja HOKSin tietoja, poissaoloja ja opettajan "
    "arviota. "
    "Niistä nähdään, kenelle ohjausta tarjotaan ensin. Päätökset tekee aina ihminen. Näet itse kaiken, mitä sinusta "
    "käytetään, ja voit kieltää käytön; ohjausta saat silti."
)
TOLD_SV = (
    "Läroanstalten använder uppgifter om dina studier för handledning: studierätten och den personliga planen, "
    "frånvaro och lärarens bedömning. De visar vem som erbjuds handledning först. Besluten fattas alltid av en "
    "människa. Du ser själv allt som används om dig och kan förbjuda det; handledning får du ändå."
)
TOLD_EN = (
    "The college uses data of your studies for guidance: your right to study and personal plan, absence and the "
    "teacher's judgement. They tell who is offered guidance first. People always decide. You see all that is used of "
    "you and can object; you are guided all the same."
)
