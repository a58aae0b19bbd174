"""The functions that expressions may call, by their names."""

from luotsi.questionnaires.rules.expressions.functions.arrays import ARRAYS
from luotsi.questionnaires.rules.expressions.functions.dates import DATES
from luotsi.questionnaires.rules.expressions.functions.function import Function
from luotsi.questionnaires.rules.expressions.functions.numbers import NUMBERS
from luotsi.questionnaires.rules.expressions.functions.others import OTHERS

FUNCTIONS: dict[str, Function] = {**NUMBERS, **ARRAYS, **DATES, **OTHERS}

__all__ = ["FUNCTIONS", "Function"]
