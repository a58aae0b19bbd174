"""An application and its call as documents of the checked format (docs/funding-files.md), made of the records.

Names and labels are in the active language: what is kept or hashed is made in one language (`exports.content_of`).
That of an application comes with a map from its places to the answers of its form: what is found opens its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.texts import names_of
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.answers import Answers, answers_of
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.own_decisions import own_decisions

if TYPE_CHECKING:
    from luotsi.questionnaires.rules.checks.roles import Given

WHOLE = "whole"
KINDS = {
    "grant": "grant",
    "own_share": "own_share",
    "other_funding": "other_public",
    "private_funding": "private",
    "income": "income",
}
TEXTS = {
    "measures": "measures",
    "results": "indicators",
    "earlier_funding": "earlier_funding",
    "need": "need",
    "cooperation": "cooperation",
    "summary_text": "summary",
}
RESULTS = {"granted": "granted", "partly": "partly", "refused": "refused"}


@dataclass
class Document:
    """A document being made: its plain JSON, and by JSON pointer the name of the answer that stands there."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def call_document(call: Call) -> dict[str, Any]:
    """Return a call as a document; what it does not state is null."""
    rest = dict(call.limits)
    share = rest.pop("share", None)
    if call.grant_percent is not None:
        share = {**(share or {}), "percent": str(100 - call.grant_percent), "base": call.share_base}
        share["source"] = call.share_source
    kinds = {one["key"]: one for one in rest.pop("cost_classes", [])}
    eligibility = rest.pop("eligibility", None) or {"licence_needed": None}
    if call.eligibility:
        eligibility = {**eligibility, "text": call.who_may_apply.text}
    return {
        "id": key_of(call.slug)[:60],
        "name": call.names.text[:300],
        "funder": call.funder.names.text[:300],
        "register_number": call.register_number,
        **({"opens": _clock(call.opens_at)} if call.opens_at else {}),
        "closes": _clock(call.closes_at) if call.closes_at else _day(call.closes_on),
        **({"period": _period(call.starts_on, call.ends_on)} if call.starts_on or call.ends_on else {}),
        "budget": digits(call.budget),
        "share": share,
        **({"maximum": digits(call.grant_max)} if call.grant_max is not None else {}),
        **({"cents": "cents" if call.in_cents else "whole_euros"} if call.in_cents is not None else {}),
        **({"change_days": call.change_days} if call.change_days is not None else {}),
        **({"transfers": _transfers(call)} if call.transfer_percent is not None else {}),
        "cost_classes": [
            {"kind": "other", **kinds.get(one["code"], {}), "key": key_of(one["code"]), "label": _label(one)}
            for one in call.cost_classes
        ],
        "areas": [{"key": key_of(one["code"]), "label": _label(one)} for one in call.areas],
        **rest,
        **({"eligibility": eligibility} if call.eligibility or eligibility["licence_needed"] is not None else {}),
    }


def _transfers(call: Call) -> dict[str, Any]:
    source = {"source": call.transfer_source} if call.transfer_source else {}
    return {"percent": str(call.transfer_percent), **source}


def _label(one: Mapping[str, str]) -> str:
    """Return a coded name in the reader's language, or in the first that it has."""
    return names_of(one).text or one["code"]


def _clock(at: Any) -> dict[str, Any]:
    local = at.astimezone(clock.HELSINKI)
    return {"on": local.date().isoformat(), "time": local.strftime("%H:%M:%S"), "zone": "Europe/Helsinki"}


def _day(on: date | None) -> dict[str, Any] | None:
    return {"on": on.isoformat(), "time": None, "zone": "Europe/Helsinki"} if on else None


def _period(start: date | None, end: date | None) -> dict[str, Any]:
    return {"start_on": start.isoformat() if start else None, "end_on": end.isoformat() if end else None}


def digits(amount: Any) -> str | None:
    """Return a sum as its digits; a blank and what is no number are null."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        return None
    return str(amount)


def key_of(text: str) -> str:
    """Return a text as a key: small letters, digits, hyphens and underscores."""
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-")[:60] or "x"


def with_questions_of(made: Document, call: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a call with the questions of the form that an application is written on.

    The form is what the applicant fills in: its limits stand before those that the call lists under the same number.
    """
    listed = {one["number"]: one for one in call.get("questions", [])}
    asked = {}
    for text in made.data.get("texts", []):
        known = listed.get(text["question"], {})
        asked[text["question"]] = {
            "number": text["question"],
            "label": text["label"],
            "limit": text.get("limit", known.get("limit")),
            "counting": known.get("counting"),
        }
    return {**call, "questions": list(asked.values())} if asked else call


def application_document(application: Application, *, as_received: bool = False) -> Document:
    """Return an application as a document: from the answers of its form, else from its typed sums."""
    found = answers_of(application, as_received=as_received)
    made = Document()
    names = application.unit.names
    told = found.first("applicant") if found else None
    others = [one for one in (names.fi, names.sv, names.en) if one]
    made.data = {
        "id": key_of(str(application.pk)),
        "title": application.names.text[:300],
        "applicant": {
            "name": str(told or names.text)[:300],
            "other_names": list(dict.fromkeys(others)),
        },
        # The number of an own call is given here: whether it is well formed is no question to the applicant.
        "register_number": "" if application.call.kind == Call.Kind.OWN else application.register_number,
        "handed_in_at": application.submitted_at.isoformat(timespec="seconds") if application.submitted_at else None,
        "decisions": own_decisions(application),
    }
    if application.submitted_at is None:
        del made.data["handed_in_at"]
    if found is None:
        _typed(application, made)
    else:
        _answered(application, found, made)
    if result := RESULTS.get(application.state):
        granted = digits(application.granted)
        made.data["outcome"] = {
            "result": result,
            "decided_on": application.decided_on.isoformat() if application.decided_on is not None else None,
            **({"sum": granted} if granted else {}),
        }
    return made


def _typed(application: Application, made: Document) -> None:
    """Put typed sums as one area: what they are made of is told elsewhere."""
    found = figures_of(application)
    rows = (("grant", found.applied), ("own_share", found.own_share), ("other_public", found.other))
    area: dict[str, Any] = {
        "key": WHOLE,
        "label": application.names.text[:300],
        "financing": [{"kind": kind, "amount": digits(amount)} for kind, amount in rows if amount is not None],
    }
    if found.total is not None:
        area["costs"] = [{"cost_class": "total", "amount": digits(found.total)}]
    if found.starts_on or found.ends_on:
        area["period"] = _period(found.starts_on, found.ends_on)
    made.data["areas"] = [area]


def _answered(application: Application, found: Answers, made: Document) -> None:
    made.places["/areas"] = found.name_of("area")
    areas: dict[str, dict[str, Any]] = {}
    summaries: list[dict[str, Any]] = []
    chosen = found.first("area")
    if isinstance(chosen, list):
        made.data["selected"] = [key_of(str(one)) for one in chosen]
        made.places["/selected"] = found.name_of("area")
    for one in found.given:
        key = key_of(one.area) if one.area else WHOLE
        if one.summary:
            _summary(one, key, summaries, made, found)
        elif one.role == "cost":
            _row(one, key, areas, "costs", {"cost_class": _class_of(one)}, made, found)
        elif one.role in KINDS:
            _row(one, key, areas, "financing", {"kind": KINDS[one.role]}, made, found)
        elif one.role in ("period_start", "period_end"):
            _span(one, key, areas, made)
    for key, names in found.partners.items():
        _area(areas, key or WHOLE)["partners"] = [{"name": name[:300]} for name in names]
    _texts(found, areas, made)
    labels = {key_of(one["code"]): _label(one) for one in application.call.areas}
    for key, area in areas.items():
        area["label"] = labels.get(key, application.names.text[:300] if key == WHOLE else "")
    made.data["areas"] = list(areas.values()) or [{"key": WHOLE}]
    made.data["summaries"] = [one for one in summaries if one["repeats"]["area"] in areas]
    _keep_places(made, areas)


def _area(areas: dict[str, dict[str, Any]], key: str) -> dict[str, Any]:
    return areas.setdefault(key, {"key": key})


def _class_of(one: Given) -> str:
    parts = re.split(r"[.\[\]]+", one.name)
    return key_of(parts[-2] if len(parts) > 2 else parts[-1])


def _row(
    one: Given,
    key: str,
    areas: dict[str, dict[str, Any]],
    table: str,
    more: dict[str, str],
    made: Document,
    found: Answers,
) -> None:
    rows = _area(areas, key).setdefault(table, [])
    year = {} if one.year is None else {"year": one.year}
    rows.append({**more, **year, "label": found.label(one.name), "amount": digits(one.value)})
    made.places[f"{key}/{table}/{len(rows) - 1}"] = one.name


def _span(one: Given, key: str, areas: dict[str, dict[str, Any]], made: Document) -> None:
    period = _area(areas, key).setdefault("period", {"start_on": None, "end_on": None})
    name = "start_on" if one.role == "period_start" else "end_on"
    period[name] = one.value[:10] if isinstance(one.value, str) else None
    made.places[f"{key}/period/{name}"] = one.name


def _summary(one: Given, key: str, summaries: list[dict[str, Any]], made: Document, found: Answers) -> None:
    kind = KINDS.get(one.role)
    if kind is None:
        return
    summaries.append(
        {
            "label": found.label(one.name),
            "repeats": {"what": kind, "area": key},
            "amount": digits(one.value),
            "name": one.name,
        }
    )


def _texts(found: Answers, areas: dict[str, dict[str, Any]], made: Document) -> None:
    texts: list[dict[str, Any]] = []
    for text in found.texts:
        made.places[f"/texts/{len(texts)}"] = text.name
        told: dict[str, Any] = {
            "question": (text.number or text.name)[:20],
            "label": text.label[:300],
            "role": TEXTS.get(text.role, "other"),
            "text": text.text[:20_000],
        }
        if text.area and key_of(text.area) in areas:
            told["area"] = key_of(text.area)
        if text.limit:
            told["limit"] = text.limit
        texts.append(told)
    made.data["texts"] = texts


def _keep_places(made: Document, areas: dict[str, dict[str, Any]]) -> None:
    """Turn the places kept by the keys of areas into pointers, now that areas and summaries stand in their order."""
    order = {key: number for number, key in enumerate(areas)}
    kept = {}
    for place, name in made.places.items():
        key, _slash, rest = place.partition("/")
        kept[f"/areas/{order[key]}/{rest}" if key in order else place] = name
    for number, one in enumerate(made.data["summaries"]):
        kept[f"/summaries/{number}"] = one.pop("name")
    made.places = {pointer: name for pointer, name in kept.items() if name}


def place_of(document: Document, pointer: str) -> str:
    """Return the answer that stands at a pointer, within it, or around it; "" where there is none."""
    if pointer in document.places:
        return document.places[pointer]
    for known, name in document.places.items():
        if known.startswith(f"{pointer}/"):
            return name
    while pointer:
        pointer = pointer.rpartition("/")[0]
        if pointer in document.places:
            return document.places[pointer]
    return ""
