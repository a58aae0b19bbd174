"""Spending of a grant: entries of a ledger, what of them is eligible, burn, transfers and double funding."""

from luotsi.funding.rules.spending.burn import Burn, Forecast, Period, burn, forecast
from luotsi.funding.rules.spending.doubles import Charge, Double, Doubled, Work, doubles
from luotsi.funding.rules.spending.eligibility import CostRules, Judged, Vat, Verdict, judged
from luotsi.funding.rules.spending.entries import Entry, Sums, sums_of
from luotsi.funding.rules.spending.transfers import (
    ClassRow,
    ThresholdOf,
    TransferRule,
    Transfers,
    Warned,
    transfers,
    warnings,
)

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
    "sums_of",
    "transfers",
    "warnings",
]
