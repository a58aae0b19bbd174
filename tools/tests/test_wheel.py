"""What a wheel must and must not carry."""

from tools.wheel import NEEDED, faults


class TestLookingIntoAWheel:
    def test_it_is_content_with_pages_and_catalogues(self) -> None:
        assert faults(NEEDED) == []

    def test_it_names_what_is_missing_and_what_does_not_belong(self) -> None:
        assert faults([*NEEDED[1:], "luotsi/people/tests/cast.py"]) == [
            "luotsi/ui/static/ui/luotsi.css is missing from the wheel.",
            "luotsi/people/tests/cast.py does not belong in the wheel.",
        ]
