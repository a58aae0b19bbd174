"""Letters of decision: what they say in both languages, their hash, their bytes; and the sums they rest on."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.models import DecisionLetter, Proposal
from luotsi.funding.queries.letter_files import printed
from luotsi.funding.queries.letters import content_of
from luotsi.funding.rules.letters import Law, accepted, correction, seal
from luotsi.funding.rules.scoring import batch_refusals
from luotsi.funding.rules.shares import Rounding, parted
from luotsi.funding.tests.deciding import Funding, make_funding

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

CENTS = st.decimals(min_value=0, max_value=10_000_000, places=2)
EUROS = st.integers(min_value=0, max_value=10_000_000).map(Decimal)


class TestParting:
    @given(CENTS, st.lists(CENTS, min_size=1, max_size=8).filter(any))
    def test_parts_make_the_amount_and_none_is_off_by_a_cent(self, amount: Decimal, parts: list[Decimal]) -> None:
        found = parted(amount, parts)
        assert sum(found) == amount
        whole = sum(parts)
        assert all(
            abs(one - amount * part / whole) < Decimal("0.0101") for one, part in zip(found, parts, strict=True)
        )

    @given(EUROS, st.lists(EUROS, min_size=1, max_size=8).filter(any))
    def test_whole_euros_stay_whole(self, amount: Decimal, parts: list[Decimal]) -> None:
        found = parted(amount, parts, Rounding.EUROS)
        assert sum(found) == amount
        assert all(one % 1 == 0 for one in found)

    def test_nothing_cannot_be_followed(self) -> None:
        with pytest.raises(ValueError, match="parted as nothing"):
            parted(Decimal(1), [Decimal(0)])


class TestWhatIsAccepted:
    @given(EUROS, EUROS, EUROS, st.integers(min_value=1, max_value=100))
    def test_a_grant_is_never_more_than_its_percentage_of_what_is_accepted(
        self, granted: Decimal, applied: Decimal, own: Decimal, percent: int
    ) -> None:
        total = applied + own
        granted = min(granted, applied, total * percent // 100)
        found = accepted(granted, applied=applied, total=total, other=None, percent=Decimal(percent))
        assert found.total is not None
        assert granted * 100 <= found.total * percent
        assert found.total <= total
        assert found.own_share == found.total - granted

    def test_a_grant_in_full_leaves_the_cost_as_it_was_applied_with(self) -> None:
        found = accepted(
            Decimal(100), applied=Decimal(100), total=Decimal(200), other=Decimal(30), percent=Decimal(90)
        )
        assert (found.total, found.own_share) == (Decimal(200), Decimal(70))

    def test_without_a_percentage_the_own_share_grows(self) -> None:
        found = accepted(Decimal(60), applied=Decimal(100), total=Decimal(120), other=None, percent=None)
        assert (found.total, found.own_share) == (Decimal(120), Decimal(60))

    def test_what_is_not_known_stays_unknown(self) -> None:
        found = accepted(Decimal(60), applied=Decimal(100), total=None, other=None, percent=Decimal(80))
        assert (found.total, found.own_share) == (None, None)


class TestTheBatch:
    def test_each_reason_stands_for_itself(self) -> None:
        found = batch_refusals(count=0, granted=Decimal(11), left=Decimal(10), seen="a", stands="b")
        assert [one.code for one in found] == ["nothing_to_decide", "batch_over_budget", "batch_stale"]

    def test_to_the_cent_of_the_budget_is_fine(self) -> None:
        assert not batch_refusals(count=1, granted=Decimal(10), left=Decimal("10.00"), seen="a", stands="a")
        assert not batch_refusals(count=1, granted=Decimal(10), left=None, seen="a", stands="a")


class TestTheClocks:
    def test_a_municipality_gives_fourteen_days_and_the_state_thirty(self) -> None:
        assert (correction(Law.MUNICIPAL).days, correction(Law.STATE).days) == (14, 30)
        assert correction(Law.STATE).notified_after == 3


class TestTheHash:
    @given(st.dictionaries(st.text(), st.text()))
    def test_it_does_not_depend_on_the_order(self, content: dict[str, Any]) -> None:
        assert seal(content) == seal(dict(reversed(content.items())))

    def test_another_word_is_another_hash(self) -> None:
        assert seal({"a": "1"}) != seal({"a": "2"})


def text_of(data: bytes) -> str:
    """Return the text of a PDF in reading order, on one line."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)  # noqa: S607
    return " ".join(done.stdout.decode().split())


@pytest.mark.django_db
class TestLetters:
    @pytest.fixture
    def funding(self, cast: Cast) -> Funding:
        """A call of Tampere with three fixed proposals."""
        return make_funding(cast)

    def letter(self, funding: Funding, which: str, **values: Any) -> DecisionLetter:
        """Decide, and return the letter of one application."""
        batch = funding.decide(**values)
        return DecisionLetter.objects.get(batch=batch, decision__application=getattr(funding, which))

    def test_a_grant_tells_sums_percentage_period_instalments_reports_conditions_and_officer(
        self, funding: Funding
    ) -> None:
        text = text_of(bytes(self.letter(funding, "cut").pdf_fi))
        for told in (
            "Tampereen kaupunki", "Saukon esimerkkikoulu", "TRE:100/2026-2", "Kokeilu 2",
            "20 000,00 €", "40 000,00 €", "25 000,00 €", "5 000,00 €", "80 %", "1.1.2027", "31.12.2027",
            "15.1.2027", "14 000,00 €", "6 000,00 €", "30.6.2027", "28.2.2028",
            "Hankinnat kilpailutetaan.", "Tulokset julkaistaan.", "Hanke on hyvin valmisteltu.",
            "410/2015", "Kehittämispäällikkö Outi Näytesaari",
        ):  # fmt: skip
            assert told in text.replace("\xa0", " ").replace("\u202f", " "), told

    def test_in_swedish_it_uses_the_swedish_texts(self, funding: Funding) -> None:
        letter = self.letter(funding, "cut")
        text = text_of(bytes(letter.pdf_sv))
        for told in ("Tammerfors stad", "Försök 2", "Projektet är väl förberett.", "Utvecklingschef"):
            assert told in text

    def test_a_text_that_has_no_swedish_is_marked_as_finnish(self, funding: Funding) -> None:
        Proposal.objects.filter(application=funding.cut).update(reasons={"fi": "Vain suomeksi."})
        content = self.letter(funding, "cut").content["sv"]
        words = [one for part in content["parts"] for one in part["paragraphs"] if one["text"] == "Vain suomeksi."]
        assert [one["lang"] for one in words] == ["fi"]

    def test_a_refusal_gives_reasons_and_how_to_ask_for_a_correction_and_no_sums(self, funding: Funding) -> None:
        letter = self.letter(funding, "refused")
        assert not any(part["rows"] for part in letter.content["fi"]["parts"])
        text = text_of(bytes(letter.pdf_fi))
        assert "Hanke on hyvin valmisteltu." in text
        assert "14" in text
        assert "15.1.2027" not in text

    def test_a_grant_of_the_state_names_its_act_and_thirty_days(self, funding: Funding) -> None:
        text = text_of(bytes(self.letter(funding, "big", law="state").pdf_fi))
        assert "688/2001" in text
        assert "30" in text

    def test_the_hash_is_of_what_the_letter_says_and_stands_on_it(self, funding: Funding) -> None:
        letter = self.letter(funding, "big")
        assert letter.sha256 == seal(letter.content)
        assert letter.sha256 in text_of(bytes(letter.pdf_fi)).replace(" ", "")
        assert letter.content == json.loads(json.dumps(content_of(letter)))

    def test_the_same_letter_gives_the_same_bytes_in_pdf_ua(self, funding: Funding) -> None:
        letter = self.letter(funding, "big")
        again = printed(letter.content["fi"], letter.sha256, letter.batch.decided_at)
        assert again == bytes(letter.pdf_fi)
        assert b"pdfuaid" in again
        assert b"/StructTreeRoot" in again

    def test_a_printed_letter_is_printed_once(self, funding: Funding) -> None:
        letter = self.letter(funding, "big")
        before = letter.printed_at
        funding.send(letter.batch)
        letter.refresh_from_db()
        assert letter.printed_at == before
