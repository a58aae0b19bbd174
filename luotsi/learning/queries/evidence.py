"""The evidence of a model as one file: card, risks, drafts of assessments, the model itself, what was done and seen.

In Finnish, since it is for the authorities of the provider. Nobody's scores are in it; people are running numbers.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.models import GuidanceSwitch, Learner, RiskModel, ScoreView
from luotsi.learning.queries.model_page import ModelPage, model_page
from luotsi.learning.queries.model_words import figure, not_learnt_words
from luotsi.learning.queries.models_page import state_of
from luotsi.learning.rules.deeds import DEEDS
from luotsi.learning.rules.features import FEATURES, Record
from luotsi.learning.rules.keeping import ABSENCES, SCORES, STUDIES

LANGUAGE = "fi"
MOST_VIEWS = 200
STYLE = "tyyli.css"
RECORDS = {
    Record.RIGHT: "opiskeluoikeus",
    Record.LINE: "opintojen osat: suunniteltu ja suoritettu",
    Record.PLAN: "HOKS",
    Record.WORK: "työelämäjaksot",
    Record.ABSENCE: "poissaolot",
    Record.JUDGEMENT: "opettajan arvio alusta",
}
SIGNERS = ("Rekisterinpitäjän edustaja", "Tietosuojavastaava", "Ohjauksesta vastaava")
DOCUMENTS = {
    "lue-ensin.html": "readme",
    "mallikortti.html": "card",
    "riskirekisteri.html": "risks",
    "vaikutustenarviointi-tietosuoja.html": "dpia",
    "vaikutustenarviointi-perusoikeudet.html": "fria",
}


@dataclass(frozen=True)
class FeatureRow:
    """A feature of the closed list: what it is counted from, and what the model makes of it."""

    title: str
    record: str
    weight: str
    raises: bool


@dataclass(frozen=True)
class Risk:
    """A risk, what was done about it, and how it stands now."""

    risk: str
    answer: str
    now: str


def evidence_of(model: RiskModel) -> bytes:
    """Return the evidence of a model that was judged, packed; eight queries.

    Raises:
        KeyError: the model was not learnt, so there is nothing to show.
    """
    with translation.override(LANGUAGE):
        context = _context(model)
        files = {
            name: render_to_string(f"learning/evidence/{template}.html", context).encode()
            for name, template in DOCUMENTS.items()
        }
        files[STYLE] = render_to_string("learning/evidence/style.css").encode()
    files |= {"malli.json": _model(model), "tapahtumat.csv": _deeds(model), "katselut.csv": _views(model)}
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return _packed(files | {"SHA256SUMS": sums.encode()})


def _context(model: RiskModel) -> dict[str, Any]:
    page, learners = model_page(model), Learner.objects.filter(provider=model.provider)
    switch = GuidanceSwitch.objects.filter(provider=model.provider).first()
    mode = GuidanceSwitch.Mode(switch.mode) if switch else GuidanceSwitch.Mode.RULES
    return {
        "model": model,
        "provider": str(model.provider),
        "made_at": clock.now(),
        "page": page,
        "state": state_of(model)[1],
        "mode": str(mode.label).lower(),
        "learnt": model.weights["learnt_from"],
        "told": learners.to_score(clock.today()).count(),
        "objected": learners.filter(objected_on__isnull=False).count(),
        "auc": figure(model.gate["judged"]["auc"]["value"]),
        "plain": figure(model.gate["plain_auc"]),
        "risks": _risks(page, model),
        "features": _features(page),
        "kept": {"studies": _years(STUDIES), "absences": _years(ABSENCES), "scores": _years(SCORES)},
        "signers": SIGNERS,
        "tries": _tries(model),
    }


def _features(page: ModelPage) -> list[FeatureRow]:
    weighed = {one.title: one for one in page.weights}
    titles = [(str(translation.gettext(one.title)), RECORDS[one.record]) for one in FEATURES.values()]
    return [
        FeatureRow(title, record, one.weight if one else "", bool(one and one.raises))
        for title, record in titles
        for one in (weighed.get(title),)
    ]


def _years(months: int) -> str:
    return f"{months // 12} vuotta"


def _risks(page: ModelPage, model: RiskModel) -> tuple[Risk, ...]:
    wide = [f"{one.attribute} {one.gap}" for one in page.gaps if one.is_wide]
    judged = model.gate["judged"]
    return (
        Risk(
            "Malli löytää jonkin ryhmän eronneista harvemmin kuin muiden",
            "Portti pysäyttää mallin, kun ero on yli 0,10, kunnes nimetty ihminen on allekirjoittanut syyn.",
            f"Yli rajan: {', '.join(wide)}" if wide else "Ei yli rajan",
        ),
        Risk(
            "Luvut ovat kauniimpia kuin käytössä",
            "Opitaan aiemmista ja arvioidaan myöhemmillä kohorteilla; jo eronneita ei voi ottaa mukaan.",
            f"AUC {figure(judged['auc']['value'])}, kalibrointivirhe {figure(judged['error'])}",
        ),
        Risk(
            "Malli ei ole parempi kuin säännöt",
            "Portti pysäyttää mallin, joka ei järjestä sääntöjä paremmin.",
            f"Säännöt {figure(model.gate['plain_auc'])}",
        ),
        Risk(
            "Suojattu tai opiskeluhuollon tieto päätyy piirteeksi",
            "Piirteet ovat suljetulla listalla; muut nimet ja suojatut sanat torjutaan.",
            f"{len(page.weights)} piirrettä, kaikki listalla",
        ),
        Risk(
            "Pisteitä seurataan sokeasti",
            "Ohjaaja kirjaa myös, kun tarvetta ei ole; jos niin ei koskaan käy, siitä hälytetään.",
            "Seurataan ohjauksen vaikutuksen sivulla",
        ),
        Risk(
            "Pisteet näkyvät väärille",
            "Ne näkee vain opiskelijan oma ohjaaja ja ryhmän opettaja; jokainen katselu kirjataan.",
            f"Katseluja kirjattu {ScoreView.objects.filter(model=model).count()}",
        ),
        Risk(
            "Aineisto vanhenee tai muuttuu",
            "Kuukausittain verrataan syötteitä vuoden takaisiin ja ennusteita toteutuneeseen; hälytys siirtää "
            "järjestyksen säännöille. Mallin voi myös poistaa käytöstä heti.",
            f"Opittu {model.trained_at:%d.%m.%Y}",
        ),
    )


def _tries(model: RiskModel) -> list[tuple[str, datetime, str]]:
    """Return what was asked for at the provider and not learnt: version, moment and why."""
    others = RiskModel.objects.filter(provider=model.provider, gate__has_key="not_learnt").order_by("number")
    return [(str(one), one.trained_at, not_learnt_words(one.gate["not_learnt"])) for one in others]


def _model(model: RiskModel) -> bytes:
    told = {
        "version": model.number,
        "kind": model.kind,
        "sha256": model.sha256,
        "features": model.features,
        "weights": model.weights,
        "calibration": model.calibration,
        "cohorts": model.cohorts,
        "gate": model.gate,
        "signed": model.signed,
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode()


def _deeds(model: RiskModel) -> bytes:
    rows = AuditEntry.objects.filter(target_id=str(model.pk)).order_by("pk").values_list("at", "verb")
    with translation.override(LANGUAGE):
        told = [(at.isoformat(timespec="seconds"), translation.gettext(DEEDS.get(verb, verb))) for at, verb in rows]
    return _csv(("aika", "tapahtuma"), told)


def _views(model: RiskModel) -> bytes:
    """Return the latest views of scores of the model; people and learners are running numbers of this file alone."""
    rows = ScoreView.objects.filter(model=model).order_by("-at")[:MOST_VIEWS]
    people: dict[object, int] = {}
    learners: dict[object, int] = {}
    told = [
        (
            at.isoformat(timespec="seconds"),
            people.setdefault(person, len(people) + 1),
            learners.setdefault(learner, len(learners) + 1),
            week.isoformat(),
            purpose,
        )
        for at, person, learner, week, purpose in rows.values_list("at", "person", "learner", "week", "purpose")
    ]
    return _csv(("aika", "katsoja", "opiskelija", "viikko", "tarkoitus"), told)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return out.getvalue()
