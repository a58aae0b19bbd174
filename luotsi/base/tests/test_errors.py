"""Refusals and their reasons."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from luotsi.base.errors import Reason, Refused


class TestRefusing:
    def test_it_keeps_every_reason_and_joins_them_for_a_person(self) -> None:
        refused = Refused(Reason("The day is missing.", field="valid_from"), "The unit has ended.")
        assert [reason.field for reason in refused.reasons] == ["valid_from", ""]
        assert str(refused) == "The day is missing. The unit has ended."

    def test_a_lazy_reason_speaks_the_language_of_the_reader(self) -> None:
        refused = Refused(gettext_lazy("Yes"))
        said = []
        for language in ("en", "fi"):
            with translation.override(language):
                said.append(str(refused))
        assert said == ["Yes", "Kyllä"]
