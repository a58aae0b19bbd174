"""Expressions: the grammar of SurveyJS, read by lark, worked out on exact numbers with bounded work and no eval."""

from luotsi.questionnaires.rules.expressions.fault import ExpressionError
from luotsi.questionnaires.rules.expressions.functions import FUNCTIONS
from luotsi.questionnaires.rules.expressions.nodes import Binary, Call, Listed, Literal, Name, Node, Unary, nodes_in
from luotsi.questionnaires.rules.expressions.parsing import names_in, parse
from luotsi.questionnaires.rules.expressions.scope import STEPS, Budget, Exhausted, Scope
from luotsi.questionnaires.rules.expressions.working import evaluate, holds

__all__ = [
    "FUNCTIONS",
    "STEPS",
    "Binary",
    "Budget",
    "Call",
    "Exhausted",
    "ExpressionError",
    "Listed",
    "Literal",
    "Name",
    "Node",
    "Scope",
    "Unary",
    "evaluate",
    "holds",
    "names_in",
    "nodes_in",
    "parse",
]
