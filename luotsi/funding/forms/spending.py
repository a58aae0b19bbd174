"""Forms of the spending of a grant: a ledger file, how entries are narrowed, deciding about one, budget, payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.funding.actions.payments import PaymentDetails
from luotsi.funding.actions.spending import RulingDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import LedgerEntry
from luotsi.funding.queries.ledger_words import REFUSED

if TYPE_CHECKING:
    from luotsi.funding.models import Payment

MOST_LINES = 500


class LedgerFile(forms.Form):
    """An export of a ledger, and how its accounts make classes of cost."""

    file = forms.FileField(label=_("Export of the ledger"), help_text=_("CSV or XLSX, with its headings."))
    classes = forms.CharField(label=_("Accounts"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    is_turned = forms.BooleanField(
        label=_("Costs are below zero in this ledger"),
        required=False,
        help_text=_("The signs of all sums are turned when they are read."),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {key for key, _label in choices}
        listed = ", ".join(f"{key} ({label})" if label != key else key for key, label in choices)
        self.fields["classes"].help_text = (
            _(
                "One on each line: the beginning of an account, a bar, the class: 40 | %(example)s. The longest "
                "beginning counts. Not needed where the ledger has a column for the class. Classes: %(classes)s."
            )
            % {"example": choices[0][0], "classes": listed}
            if choices
            else _("The call lists no classes of cost. Write: beginning of an account, a bar, a class of your own.")
        )

    def clean_classes(self) -> dict[str, str]:
        """Return the classes by the beginning of an account."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["classes"].splitlines()[:MOST_LINES], 1):
            if not line.strip():
                continue
            start, bar, key = (part.strip() for part in line.partition("|"))
            if not bar or not start.isalnum() or not key or len(key) > 60 or len(start) > 20:
                raise forms.ValidationError(
                    gettext("Line %(n)s: write the beginning of an account, a bar, the class.") % {"n": number}
                )
            if self._known and key not in self._known:
                raise forms.ValidationError(
                    gettext("Line %(n)s: the call has no class “%(name)s”.") % {"n": number, "name": key}
                )
            if found.setdefault(start, key) != key:
                raise forms.ValidationError(
                    gettext("Line %(n)s: %(start)s has two classes.") % {"n": number, "start": start}
                )
        return found

    def settings(self) -> dict[str, Any]:
        """Return how the file is to be read."""
        return {"classes": self.cleaned_data["classes"], "is_turned": self.cleaned_data["is_turned"]}


def settings_initial(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what the form begins with when a ledger was read before."""
    lines = [f"{start} | {key}" for start, key in settings.get("classes", {}).items()]
    return {"classes": "\n".join(lines), "is_turned": settings.get("is_turned", False)}


class EntryFilter(forms.Form):
    """How the entries of a ledger are narrowed."""

    q = forms.CharField(label=_("Voucher, words, account or person"), required=False, max_length=80)
    cost_class = forms.ChoiceField(label=_("Class of cost"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("Eligible"),
        required=False,
        choices=[
            ("", _("All")),
            ("whole", _("Eligible")),
            ("part", _("Eligible in part")),
            ("none", _("Not eligible")),
        ],
    )
    why = forms.ChoiceField(
        label=_("Why not"),
        required=False,
        choices=[("", _("All")), *REFUSED.items(), ("not_converted", _("In another currency"))],
    )

    def __init__(
        self, *args: Any, classes: Sequence[tuple[str, str]], years: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost_class"].choices = [("", _("All")), *classes]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("All")), *years]  # type: ignore[attr-defined]


class RulingForm(forms.Form):
    """What a person decides of an entry."""

    ruling = forms.ChoiceField(
        label=_("Eligible"),
        required=False,
        choices=[("", _("As the rules say")), *LedgerEntry.RULINGS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Needed when you decide otherwise than the rules; it stands beside the entry and in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost_class = forms.ChoiceField(label=_("Class of cost"), required=False)

    def __init__(self, *args: Any, classes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost_class"].choices = [("", _("No class")), *classes]  # type: ignore[attr-defined]

    def details(self) -> RulingDetails:
        """Return what was decided, ready for the actions."""
        return RulingDetails(**self.cleaned_data)


class BudgetForm(forms.Form):
    """The budget of a grant: for each class one sum, or one for each year of the period of use."""

    def __init__(self, *args: Any, classes: Sequence[tuple[str, str]], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._classes, self._years = list(classes), list(years)
        for place, (_key, label) in enumerate(self._classes):
            self.fields[f"whole_{place}"] = euros(_("%(name)s, whole time, €") % {"name": label})
            for year in self._years:
                told = {"name": label, "year": year}
                self.fields[f"year_{place}_{year}"] = euros(_("%(name)s, %(year)s, €") % told)

    @property
    def years(self) -> list[int]:
        """The years of the columns."""
        return self._years

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield the fields of each class with its name."""
        for place, (_key, label) in enumerate(self._classes):
            yield label, [self[f"whole_{place}"], *(self[f"year_{place}_{year}"] for year in self._years)]

    def clean(self) -> dict[str, Any]:
        """Refuse sums both by years and for the whole time."""
        given = super().clean() or {}
        for place, (_key, label) in enumerate(self._classes):
            by_year = any(given.get(f"year_{place}_{year}") is not None for year in self._years)
            if by_year and given.get(f"whole_{place}") is not None:
                words = gettext("Give the sums of %(name)s by years or for the whole time, not both.") % {
                    "name": label
                }
                self.add_error(f"whole_{place}", words)
        return given

    def budget(self) -> dict[tuple[str, int | None], Decimal]:
        """Return the sums that were given."""
        found: dict[tuple[str, int | None], Decimal] = {}
        for place, (key, _label) in enumerate(self._classes):
            if (amount := self.cleaned_data.get(f"whole_{place}")) is not None:
                found[key, None] = amount
            for year in self._years:
                if (amount := self.cleaned_data.get(f"year_{place}_{year}")) is not None:
                    found[key, year] = amount
        return found


class IncomeForm(forms.Form):
    """What a project has earned so far."""

    earned = euros(
        _("Income of the project so far, €"),
        help_text=_(
            "Fees, sales and other money that the project earns; no grants, and nothing that the ledger takes off "
            "costs already. Leave empty when it is not known."
        ),
    )


class PaymentForm(forms.Form):
    """Money that came from the funder, or went back to it; `only_returned` where the funder pays through Luotsi."""

    received_on = day(_("Day"), required=True)
    amount = euros(_("Amount, €"), required=True)
    number = forms.ChoiceField(label=_("Instalment"), required=False)
    is_returned = forms.BooleanField(label=_("Returned to the funder"), required=False)
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=60,
        help_text=_("The reference or archive number of the bank."),
    )

    def __init__(
        self, *args: Any, numbers: Sequence[tuple[str, str]], only_returned: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._only_returned = only_returned
        self.fields["number"].choices = [("", _("None of them")), *numbers]  # type: ignore[attr-defined]
        if only_returned:
            del self.fields["number"], self.fields["is_returned"]
            self.fields["amount"].label = _("Returned to the funder, €")

    def details(self) -> PaymentDetails:
        """Return what was typed, ready for the actions."""
        given = dict(self.cleaned_data)
        sign = -1 if given.pop("is_returned", self._only_returned) else 1
        number = given.pop("number", "")
        return PaymentDetails(**given | {"amount": sign * given["amount"], "number": int(number) if number else None})


def payment_initial(payment: Payment) -> dict[str, Any]:
    """Return what the form of a payment begins with."""
    return {
        "received_on": payment.received_on,
        "amount": abs(payment.amount),
        "number": str(payment.number or ""),
        "is_returned": payment.amount < 0,
        "reference": payment.reference,
    }
