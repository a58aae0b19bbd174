"""What joins a form on the page with the refusal of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BaseForm


class Refusal(Protocol):
    """A refused action: reasons in words, each perhaps about one field."""

    @property
    def reasons(self) -> Sequence[Any]: ...  # noqa: D102


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Put each reason at its field of the form, or above the form when the form has no such field."""
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason.message))
