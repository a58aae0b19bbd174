"""Spending of a grant: entries of a ledger, what of them is eligible, burn, transfers and double funding."""

from luotsi.funding.rules.spending.burn import Burn, Forecast, Period, burn, forecast
from luotsi.funding.rules.spending.doubles import Charge, Double, Doubled, Work, doubles, shared_persons
from luotsi.funding.rules.spending.eligibility import CostRules, Judged, Vat, Verdict, judged
from luotsi.funding.rules.spending.entries import Entry, Sums, sums_of
from luotsi.funding.rules.spending.rulings import Ruled, Ruling, ruled
from luotsi.funding.rules.spending.transfers import (
    ClassRow,
    ThresholdOf,
    TransferRule,
    Transfers,
    Warned,
    transfers,
    warnings,
)
from luotsi.funding.rules.spending.years import over_years

__all__ = [
    "Burn",
    "Charge",
    "ClassRow",
    "CostRules",
    "Double",
    "Doubled",
    "Entry",
    "Forecast",
    "Judged",
    "Period",
    "Ruled",
    "Ruling",
    "Sums",
    "ThresholdOf",
    "TransferRule",
    "Transfers",
    "Vat",
    "Verdict",
    "Warned",
    "Work",
    "burn",
    "doubles",
    "forecast",
    "judged",
    "over_years",
    "ruled",
    "shared_persons",
    "sums_of",
    "transfers",
    "warnings",
]
