"""Forms in a spreadsheet (XLSForm), in and out."""

from __future__ import annotations

from typing import Any

from luotsi.questionnaires.rules.convert.differences import differences
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.convert.xlsform.form import XlsForm
from luotsi.questionnaires.rules.convert.xlsform.reading import read_form
from luotsi.questionnaires.rules.convert.xlsform.writing import written
from luotsi.questionnaires.rules.definition import Definition, read

__all__ = ["XlsForm", "from_xlsform", "to_xlsform"]


def to_xlsform(definition: Definition) -> tuple[XlsForm, tuple[Loss, ...]]:
    """Return a form in a spreadsheet and what of the definition is not in it.

    The loss is measured: the form is read again, and whatever does not come back as it was is told.
    """
    form, told, _names = written(definition)
    back = read(read_form(form)[0]).definition
    if back is None:
        return form, (*told, Loss("", "element", definition.name, "pages"))
    known = {loss.at for loss in told}
    return form, (*told, *(loss for loss in differences(definition, back) if loss.at not in known))


def from_xlsform(form: XlsForm) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """Return the definition that a form in a spreadsheet is, and what of the form is not in it."""
    data, losses = read_form(form)
    return data, tuple(losses)
