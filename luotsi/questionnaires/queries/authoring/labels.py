"""What the keys of a definition are called on the pages of authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGE_NAMES: dict[str, _StrPromise] = {
    "fi": gettext_lazy("in Finnish"),
    "sv": gettext_lazy("in Swedish"),
    "en": gettext_lazy("in English"),
}
LABELS: dict[str, _StrPromise] = {
    "name": gettext_lazy("Name in expressions"),
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "text": gettext_lazy("Wording"),
    "html": gettext_lazy("Text to read"),
    "isRequired": gettext_lazy("Must be answered"),
    "readOnly": gettext_lazy("Cannot be changed"),
    "visibleIf": gettext_lazy("Shown if"),
    "enableIf": gettext_lazy("Can be changed if"),
    "requiredIf": gettext_lazy("Must be answered if"),
    "choicesVisibleIf": gettext_lazy("A choice is shown if"),
    "expression": gettext_lazy("Expression"),
    "defaultValue": gettext_lazy("Begins with"),
    "defaultValueExpression": gettext_lazy("Begins with the value of"),
    "inputType": gettext_lazy("Kind of input"),
    "cellType": gettext_lazy("Kind of cell"),
    "min": gettext_lazy("Least value"),
    "max": gettext_lazy("Greatest value"),
    "maxLength": gettext_lazy("At most characters"),
    "choices": gettext_lazy("Choices"),
    "rows": gettext_lazy("Rows"),
    "columns": gettext_lazy("Columns"),
    "showOtherItem": gettext_lazy("With the choice “other”"),
    "showCommentArea": gettext_lazy("With a field for a comment"),
    "minSelectedChoices": gettext_lazy("At least choices"),
    "maxSelectedChoices": gettext_lazy("At most choices"),
    "labelTrue": gettext_lazy("Word for yes"),
    "labelFalse": gettext_lazy("Word for no"),
    "rateMin": gettext_lazy("Lowest step"),
    "rateMax": gettext_lazy("Highest step"),
    "rateValues": gettext_lazy("Steps of the scale"),
    "minRateDescription": gettext_lazy("Words at the lowest step"),
    "maxRateDescription": gettext_lazy("Words at the highest step"),
    "keyName": gettext_lazy("Column without repetition"),
    "eachRowUnique": gettext_lazy("No choice twice"),
    "eachRowRequired": gettext_lazy("Every row must be answered"),
    "rowCount": gettext_lazy("Rows to begin with"),
    "minRowCount": gettext_lazy("At least rows"),
    "maxRowCount": gettext_lazy("At most rows"),
    "totalText": gettext_lazy("Words before the totals"),
    "totalType": gettext_lazy("Total beneath the column"),
    "templateTitle": gettext_lazy("Title of each part"),
    "panelCount": gettext_lazy("Parts to begin with"),
    "minPanelCount": gettext_lazy("At least parts"),
    "maxPanelCount": gettext_lazy("At most parts"),
    "allowMultiple": gettext_lazy("Several files"),
    "maxSize": gettext_lazy("Largest file in bytes"),
    "acceptedTypes": gettext_lazy("Types of file, such as .pdf"),
    "precision": gettext_lazy("Digits after the point"),
    "displayStyle": gettext_lazy("Shown as"),
    "validators": gettext_lazy("Checks of the answer"),
    "requiredErrorText": gettext_lazy("What is told when it is not answered"),
    "calculatedValues": gettext_lazy("Calculated values"),
    "rest": gettext_lazy("All other keys, as JSON"),
    "x.number": gettext_lazy("Number of the question"),
    "x.role": gettext_lazy("Role"),
    "x.unit": gettext_lazy("Unit of measure"),
    "x.personal_data": gettext_lazy("Asks for data about a person"),
    "x.personal_data.purpose": gettext_lazy("What the data are for"),
    "x.personal_data.retention": gettext_lazy("How long they are kept"),
}


def label_of(key: str, language: str = "") -> str:
    """Return what a key is called, with the language of the text where it is one."""
    label = str(LABELS.get(key, key))
    return _("%(label)s %(language)s") % {"label": label, "language": LANGUAGE_NAMES[language]} if language else label
