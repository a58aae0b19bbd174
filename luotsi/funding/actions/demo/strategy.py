"""An application of the documented format as answers of the ministry's form: by areas and what each text is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Rows of the form by the classes of cost and the kinds of financing of the format.
COSTS = {"personnel": "staff"}
FINANCING = {"own_share": "own", "other_public": "public"}
TEXTS = {
    "measures": "measures",
    "indicators": "results",
    "earlier_funding": "earlier",
    "cooperation": "cooperation",
}
NEEDED = {
    "earlier": "Toimiin ei ole myönnetty aiempaa rahoitusta.",
    "cooperation": "Työ tehdään oppilaitoksen omien tiimien kanssa.",
}
PARTNER = "Esimerkin ammattikorkeakoulu"
CONTACT = {
    "contact_name": "Esimerkki Henkilö",
    "contact_job_title": "Suunnittelija",
    "contact_phone": "000 000 0000",
    "contact_email": "hakemus@luotsi.example",
}


def answers_from(document: Mapping[str, Any], definition: Mapping[str, Any], applicant: str) -> dict[str, Any]:
    """Return the answers of a form that the document fills; what else the form needs is told shortly."""
    kinds = dict(_kinds(definition))
    selected = list(document["selected"])
    answers: dict[str, Any] = {"provider": applicant, "areas": selected, **CONTACT}
    for area in selected:
        answers |= {name: text for part, text in NEEDED.items() if (name := f"{area}_{part}") in kinds}
    for text in document["texts"]:
        answers[f"{text['area']}_{TEXTS[text['role']]}"] = text["text"]
    for area in document["areas"]:
        answers |= dict(_of_area(area, kinds))
    answers["grant_summary"] = {one["repeats"]["area"]: {"amount": one["amount"]} for one in document["summaries"]}
    return answers


def _of_area(area: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    key = area["key"]
    for table, rows, which, kept in (
        ("costs", area["costs"], "cost_class", COSTS),
        ("funding", area["financing"], "kind", FINANCING),
    ):
        told = [(kept.get(row[which], row[which]), row["amount"]) for row in rows]
        yield f"{key}_{table}", {name: {"amount": amount} for name, amount in told if amount is not None}
    if period := area.get("period"):
        for name, day in ((f"{key}_starts", "start_on"), (f"{key}_ends", "end_on")):
            if name in kinds and period[day] is not None:
                yield name, period[day]
    kind = kinds.get(f"{key}_partners", "")
    partners = [one["name"] for one in area.get("partners") or []] or [PARTNER] * (kind == "matrixdynamic")
    if partners and kind:
        cells = [{"organisation": name} for name in partners]
        fixed = {str(number): one for number, one in enumerate(cells, 1)}
        yield f"{key}_partners", cells if kind == "matrixdynamic" else fixed


def _kinds(part: Any) -> Iterator[tuple[str, str]]:
    """Yield the elements of a definition by name with their type."""
    if isinstance(part, Mapping):
        if "name" in part and "type" in part:
            yield str(part["name"]), str(part["type"])
        for value in part.values():
            yield from _kinds(value)
    elif isinstance(part, list):
        for value in part:
            yield from _kinds(value)
