"""The room's part of the demo: indicators of the region with invented figures of invented schools."""

from luotsi.indicators.actions.demo.keys import (
    APPS,
    BASIC_LEVEL,
    DEVICES,
    HELSINKI_BASIC_LEVEL,
    MFA,
    ONE_ACCOUNT,
    PRINTING,
    REGION_KEYS,
    RESPONSES,
    SPACES,
    TEAM,
    TRAININGS,
)
from luotsi.indicators.actions.demo.load import clear_demo, load_demo

__all__ = [
    "APPS",
    "BASIC_LEVEL",
    "DEVICES",
    "HELSINKI_BASIC_LEVEL",
    "MFA",
    "ONE_ACCOUNT",
    "PRINTING",
    "REGION_KEYS",
    "RESPONSES",
    "SPACES",
    "TEAM",
    "TRAININGS",
    "clear_demo",
    "load_demo",
]
