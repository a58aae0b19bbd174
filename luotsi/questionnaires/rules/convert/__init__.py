"""Definitions in and out of other formats; each conversion hands back what it could not carry over."""

from luotsi.questionnaires.rules.convert.grantform import from_grant_form, is_grant_form
from luotsi.questionnaires.rules.convert.jsonschema import to_json_schema
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.convert.printing import Untranslatable, printed
from luotsi.questionnaires.rules.convert.surveyjs import Converted, from_surveyjs, to_surveyjs
from luotsi.questionnaires.rules.convert.xlsform import XlsForm, from_xlsform, to_xlsform

__all__ = [
    "Converted",
    "Loss",
    "Untranslatable",
    "XlsForm",
    "from_grant_form",
    "from_surveyjs",
    "from_xlsform",
    "is_grant_form",
    "printed",
    "to_json_schema",
    "to_surveyjs",
    "to_xlsform",
]
