"""Fields that forms of several rooms share: texts in one to three languages, texts of several lines, days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from luotsi.base.names import ORDER, Names

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGE_LABELS = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
MOST = 2000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DAY_INPUT = {"inputmode": "decimal", "autocomplete": "off", "placeholder": _("dd.mm.yyyy")}
"""What a field for a day tells the browser: the keyboard of numbers has no point on some phones, but a comma."""
ODD_DAY = _("Look at the year: give a day from 1900 to 2199.")


def area(label: Any, *, required: bool = False, help_text: Any = "", rows: int = 3, most: int = MOST) -> Any:
    """Return a field of several lines with a counter."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a day from 1900 to 2199: a year that was mistyped is told."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=[MinValueValidator(FIRST_DAY, ODD_DAY), MaxValueValidator(LAST_DAY, ODD_DAY)],
        widget=forms.DateInput(attrs=DAY_INPUT),
    )


class WordsForm(forms.Form):
    """A form some of whose texts are written language by language; `WORDS` names them with label and lines.

    `NEEDED` are those that must be given in at least one language.
    """

    WORDS: tuple[tuple[str, Any, int], ...] = ()
    NEEDED: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, rows in self.WORDS:
            for code in ORDER:
                self.fields[f"{name}_{code}"] = self._field(label, code, rows)
        first = [f"{name}_{code}" for name, _label, _rows in self.WORDS for code in ORDER]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    @staticmethod
    def _field(label: _StrPromise, code: str, rows: int) -> forms.CharField:
        words = _("%(what)s %(language)s") % {"what": label, "language": LANGUAGE_LABELS[code]}
        widget: forms.Widget = (
            forms.Textarea(attrs={"rows": rows, "lang": code}) if rows > 1 else forms.TextInput(attrs={"lang": code})
        )
        return forms.CharField(label=words, required=False, max_length=MOST if rows > 1 else 300, widget=widget)

    def clean(self) -> dict[str, Any]:
        """Join the languages of each text; ask for one language where a text is needed."""
        cleaned = super().clean() or {}
        for name, _label, _rows in self.WORDS:
            given = Names(**{code: str(cleaned.pop(f"{name}_{code}", "") or "").strip() for code in ORDER})
            if name in self.NEEDED and not given.text:
                self.add_error(f"{name}_fi", _("Write this in at least one language."))
            cleaned[name] = given
        return cleaned


def in_languages(name: str, names: Names) -> dict[str, str]:
    """Return the initial values of the three fields of a text."""
    return {f"{name}_{code}": str(getattr(names, code)) for code in ORDER}
