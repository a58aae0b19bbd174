"""Targets: the path to one, whether a value meets it, and whether targets of units and of the whole fit together."""

from luotsi.indicators.rules.targets.consistency import Consistency, UnitTarget, consistency
from luotsi.indicators.rules.targets.path import DAYS_OF_A_YEAR, TargetPath, gap, meets, pace

__all__ = ["DAYS_OF_A_YEAR", "Consistency", "TargetPath", "UnitTarget", "consistency", "gap", "meets", "pace"]
