"""What fields are called that have no name of their own in the files, and words that stand for values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS: dict[str, _StrPromise] = {
    "applicant": _("Applicant"),
    "areas": _("Areas"),
    "base.eligible_cost": _("the eligible costs"),
    "base.grant": _("the grant"),
    "base.total_cost": _("the total cost"),
    "bic": _("BIC"),
    "budget": _("Budget of the call"),
    "business_id": _("Business id"),
    "call": _("Call"),
    "call_number": _("Register number of the call"),
    "cents": _("Cents"),
    "change": _("Change request"),
    "change_days": _("Days for asking for a change"),
    "closes": _("Deadline"),
    "committed": _("Committed sum"),
    "costs": _("Costs"),
    "counting.characters": _("each line break as one"),
    "counting.crlf": _("each line break as two"),
    "counting.utf16": _("in units of UTF-16"),
    "decided_on": _("Day of the decision"),
    "decision": _("Decision"),
    "decisions": _("Own decisions"),
    "description": _("Description"),
    "end": _("Last day"),
    "financing": _("Financing plan"),
    "grant": _("Grant applied for"),
    "handed_in": _("Handed in"),
    "iban": _("IBAN"),
    "income": _("Income"),
    "indicators": _("Indicators"),
    "largest_amount": _("Largest sum of a field"),
    "letter": _("Letter of the call"),
    "licence": _("Licence"),
    "limit": _("Limit of characters"),
    "maximum": _("Largest grant"),
    "monthly_cost": _("Cost of a month of work"),
    "no": _("no"),
    "opens": _("Opening"),
    "other_public": _("Other public funding"),
    "outcome": _("Decision of the funder"),
    "own_share": _("Own share"),
    "part.baseline": _("a baseline"),
    "part.due_on": _("a day"),
    "part.source": _("a source"),
    "part.target": _("a target"),
    "partners": _("Partners"),
    "percent": _("Percentage"),
    "period": _("Period of use"),
    "personnel": _("Personnel"),
    "private": _("Private funding"),
    "public": _("Public text"),
    "reasons": _("Reasons"),
    "register_number": _("Register number"),
    "report": _("Report"),
    "result.granted": _("granted"),
    "result.partly": _("granted in part"),
    "result.refused": _("refused"),
    "row": _("Row"),
    "section": _("Section of the minutes"),
    "selected": _("Chosen areas"),
    "share": _("Own share of the call"),
    "start": _("First day"),
    "summaries": _("Summaries"),
    "sum": _("Sum"),
    "summary": _("Summary row"),
    "title": _("Name of the project"),
    "total": _("Total"),
    "vat": _("Value added tax"),
    "vat.excluded": _("without value added tax"),
    "vat.included": _("with value added tax"),
    "whole": _("The whole"),
    "yes": _("yes"),
    "zone": _("Time zone"),
}


def word(name: str) -> str:
    """Return a name as it stands, or in the active language where it is a word of ours (it begins with @)."""
    return str(LABELS[name[1:]]) if name.startswith("@") else name


def path(names: tuple[str, ...]) -> str:
    """Return names from the outer to the inner."""
    return " › ".join(word(name) for name in names)
