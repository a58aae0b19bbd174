"""What is wrong with an answer, in a sentence; the definition's own words come first where it has any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling.numbers import shown
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.questionnaires.rules.evaluation import Error

TYPES = {
    "number": gettext_lazy("Write a number, such as 1250 or 99,50."),
    "date": gettext_lazy("Write a day."),
    "time": gettext_lazy("Write a time."),
    "month": gettext_lazy("Write a month."),
    "week": gettext_lazy("Write a week."),
    "datetime-local": gettext_lazy("Write a day and a time."),
}
PLAIN = {
    "required": gettext_lazy("Answer this question."),
    "required.panel": gettext_lazy("Answer at least one question of this part."),
    "choice.other": gettext_lazy("Write what the other choice is."),
    "choice.unknown": gettext_lazy("Choose one of the choices that are offered now."),
    "choice.twice": gettext_lazy("The same choice stands twice."),
    "choice.alone": gettext_lazy("This choice goes together with no other."),
    "email": gettext_lazy("Write a whole e-mail address."),
    "number": gettext_lazy("Write a number, such as 1250 or 99,50."),
    "pattern": gettext_lazy("The answer is not in the form that is asked for."),
    "text.digits": gettext_lazy("Write this without digits."),
    "expression": gettext_lazy("The answer does not fit the others."),
    "rows.required": gettext_lazy("Answer every row."),
    "rows.unique": gettext_lazy("Choose a different column for each row."),
    "row.unknown": gettext_lazy("The answer has a row that is not asked for."),
    "key.twice": gettext_lazy("The same value stands on another row already."),
    "file.name": gettext_lazy("A file has no name."),
    "file.content": gettext_lazy("A file was not sent in the right way."),
    "characters": gettext_lazy("The text has characters that cannot be kept."),
    "size": gettext_lazy("The text is longer than any answer may be."),
    "depth": gettext_lazy("The answer is built too deep."),
    "unknown": gettext_lazy("The questionnaire does not ask for this."),
    "answers.many": gettext_lazy("There are more answers than can be looked at."),
    "budget": gettext_lazy("The answers take too much work to look at."),
}


def words_of(error: Error) -> str:
    """Return the sentence for an error, in the active language."""
    if error.message:
        return error.message
    if error.code == "type":
        return str(TYPES.get(str(error.params.get("wanted")), _("The answer is not of the kind that is asked for.")))
    if error.code in PLAIN:
        return str(PLAIN[error.code])
    return _counted(error.code, error.params)


def _counted(code: str, params: Any) -> str:
    """Return the words for what has a limit."""
    limit: Any = next((params[key] for key in ("limit", "least", "most") if key in params), None)
    figure = shown(limit, formatting.language()) if values.is_number(limit) else str(limit)
    number = int(limit) if values.is_number(limit) else 0
    match code:
        case "length.max":
            over = int(params.get("count", number)) - number
            return ngettext(
                "At most %(limit)s characters: %(over)s too many.",
                "At most %(limit)s characters: %(over)s too many.",
                over,
            ) % {"limit": figure, "over": formatting.number(over)}
        case "length.min":
            return _("At least %(limit)s characters.") % {"limit": figure}
        case "value.min" | "number.min":
            return _("At least %(limit)s.") % {"limit": _day(limit, figure)}
        case "value.max" | "number.max":
            return _("At most %(limit)s.") % {"limit": _day(limit, figure)}
        case "count.min":
            return _("Choose at least %(limit)s.") % {"limit": figure}
        case "count.max" | "rows.max":
            return _("At most %(limit)s of these.") % {"limit": figure}
        case "file.size":
            return _("The file is larger than %(limit)s kB.") % {"limit": number // 1024}
    return _("The answer does not fit (%(code)s).") % {"code": code}


def _day(limit: object, figure: str) -> str:
    """Return a limit as it is read: days in the manner of the language."""
    from datetime import date

    try:
        return formatting.day(date.fromisoformat(limit)) if isinstance(limit, str) else figure
    except ValueError:
        return figure
