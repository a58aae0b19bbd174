"""The rules of texts and identities: lengths, copies, figures, claims, partners, indicators, personal data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from luotsi.funding.rules.application import TextAnswer, TextRole
from luotsi.funding.rules.call import Counting
from luotsi.funding.rules.checks import Finding, Plain, Severity
from luotsi.funding.rules.checks.copies import SHORTEST, longest_copies
from luotsi.funding.rules.checks.funding_claims import claim_of
from luotsi.funding.rules.checks.identity import family_of, is_business_id, is_iban
from luotsi.funding.rules.checks.lengths import length
from luotsi.funding.tests.budgets import Json, a_call, an_application, an_area, codes, found_in, of_rule
from luotsi.questionnaires.rules.counting import characters

NOBODY = "000 0000"  # the number of no subscriber
ALPHABET = st.text(st.sampled_from("abcåäö \n😀"), max_size=300)


def text(words: str, **more: Any) -> Json:
    """Return an answer in words."""
    return {"question": "1", "role": "other", "text": words} | more


def told(
    *rules: str, of: Json | None = None, known: Json | None = None, area: Json | None = None, **more: Any
) -> list[Finding]:
    """Return what rules find in a sound application with something more in it."""
    areas = [an_area("a", [1_000], 900) | (area or {})]
    return of_rule(found_in(an_application(areas, **more), of or a_call(), known), *rules)


class TestLengths:
    @given(ALPHABET)
    def test_the_house_counts_code_points_and_a_break_as_one(self, words: str) -> None:
        assert length(words, None) == length(words, Counting.CHARACTERS) == characters(words)
        assert length(words, Counting.CRLF) == characters(words) + words.count("\n")
        assert length(words, Counting.UTF16) == len(words) + words.count("😀")

    @given(st.integers(1, 400), st.integers(1, 400))
    def test_over_blocks_and_from_95_per_cent_it_warns(self, count: int, limit: int) -> None:
        question = {"number": "1", "limit": limit, "counting": "characters"}
        found = told("T1", of=a_call(questions=[question]), texts=[text("x" * count)])
        wanted = "T1.over" if count > limit else "T1.near" if count * 100 >= limit * 95 else None
        assert codes(found) == ([wanted] if wanted else [])

    @pytest.mark.parametrize("line_break", ["\n", "\r\n"])
    def test_a_break_is_one_however_it_was_typed(self, line_break: str) -> None:
        question = {"number": "1", "limit": 10, "counting": "characters"}
        assert codes(told("T1", of=a_call(questions=[question]), texts=[text(f"1234{line_break}6789")])) == []

    def test_a_limit_of_the_application_counts_where_the_call_does_not_list_the_question(self) -> None:
        found = told("T1", texts=[text("123456", limit=5)])
        assert [(one.code, str(one.where[1])) for one in found] == [("T1.over", "application#/texts/0/limit")]


class TestCopies:
    @given(st.integers(0, 300), st.integers(0, 300), st.integers(60, 400), st.integers(0, 9))
    def test_a_passage_is_found_exactly_from_120_characters_on(
        self, before: int, after: int, size: int, seed: int
    ) -> None:
        passage = "".join(chr(0x4E00 + (number * 7 + seed * 1_000)) for number in range(size))
        first = "".join(chr(0xAC00 + number) for number in range(before)) + passage + "a"
        second = "b" + passage + "".join(chr(0xB000 + number) for number in range(after))
        found = longest_copies([first, second])
        assert [copy.length for copy in found] == ([size] if size >= SHORTEST else [])
        for copy in found:
            assert first[copy.start :][: copy.length] == second[copy.other_start :][: copy.length] == passage

    def test_texts_of_one_sign_take_no_time(self) -> None:
        assert [copy.length for copy in longest_copies(["a" * 20_000] * 3)] == [20_000] * 3

    def test_spaces_and_breaks_do_not_hide_it(self) -> None:
        words = " ".join(f"sana{number}" for number in range(30))
        found = told("T2", texts=[text(words), text(words.replace(" ", "\r\n"), question="2")])
        assert [(one.code, one.severity) for one in found] == [("T2.copied", Severity.INFO)]


class TestFigures:
    POPULATIONS = ({"key": "all", "label": "Kaikki"}, {"key": "part", "label": "Osa", "subset_of": "all"})

    @given(st.integers(1, 100), st.integers(1, 10**6), st.integers(1, 100), st.integers(1, 10**6))
    def test_a_part_is_no_larger_than_its_whole(self, of_all: int, of_some: int, percent: int, number: int) -> None:
        figures = [
            {"label": "1", "population": "all", "percent": of_all, "number": of_some},
            {"label": "2", "population": "part", "percent": percent, "number": number},
        ]
        found = told("T3", populations=list(self.POPULATIONS), figures=figures)
        whole, part = Decimal(of_some * 100) / of_all, Decimal(number * 100) / percent
        assume(abs(whole - part) > 1)
        assert codes(found) == (["T3.part_over_whole"] if part > whole else [])

    def test_two_figures_of_one_population_lead_to_one_size(self) -> None:
        figures: list[Json] = [
            {"label": "1", "population": "all", "percent": 10, "number": 100},
            {"label": "2", "population": "all", "percent": None, "number": 1_200},
        ]
        assert codes(told("T3", populations=list(self.POPULATIONS), figures=figures)) == ["T3.two_sizes"]
        figures[1]["number"] = 1_040
        assert codes(told("T3", populations=list(self.POPULATIONS), figures=figures)) == []


class TestFiguresInWords:
    @pytest.mark.parametrize(
        ("words", "sizes"),
        [
            (
                "Tukea saa 20 prosenttia opiskelijoista eli noin 1 500. "
                "Perustutkinto-opiskelijoista 50 prosenttia eli noin 4 500 on muunkielisiä.",
                (9_000, 7_500),
            ),
            (
                "Stöd får 20 procent av studerandena, ca 1 500. "
                "Det gäller 50 procent av grundexamensstuderandena, cirka 4 500.",
                (9_000, 7_500),
            ),
            (
                "20 % of students, about 1,500, get help; 50 per cent of basic students, about 4,500, do not.",
                (9_000, 7_500),
            ),
            ("Tukea saa 20 % opiskelijoista eli noin 1 500, perustutkinto-opiskelijoista 50 % eli noin 3 500.", None),
            ("Tukea saa 20 % opiskelijoista eli noin 1 500. Opettajista 50 prosenttia eli noin 4 500.", None),
            ("Avustus on 90 % kuluista eli noin 4 500 euroa, 10 % kuluista eli noin 50 %.", None),
        ],
    )
    def test_a_part_by_its_words_is_no_larger_than_its_whole(self, words: str, sizes: tuple[int, int] | None) -> None:
        found = told("T3", texts=[text(words)])
        assert [(one.found, one.expected) for one in found] == (
            [(Plain(Decimal(sizes[0])), Plain(Decimal(sizes[1])))] if sizes else []
        )

    def test_figures_that_are_listed_go_before(self) -> None:
        words = "Tukea saa 20 % opiskelijoista eli noin 1 500, perustutkinto-opiskelijoista 50 % eli noin 4 500."
        assert codes(told("T3", texts=[text(words)])) == ["T3.in_text"]
        figure = {"question": "1", "label": "1", "population": "all", "percent": 20, "number": 1_500}
        assert told("T3", texts=[text(words)], populations=[{"key": "all", "label": "K"}], figures=[figure]) == []

    def test_very_many_take_no_time(self) -> None:
        words = "20 % opiskelijoista eli noin 1 500 ja " * 500
        assert told("T3", texts=[text(words, question=str(number)) for number in range(40)]) == []


class TestClaims:
    GRANT = {"id": "g", "name": "Palkkaus", "funder": "Ministeriö", "decided_on": "2026-06-09", "sum": 5}

    @pytest.mark.parametrize(
        "words",
        [
            "Emme ole saaneet muuta rahoitusta.",
            "Toimiin ei ole aiempaa avustusta, eikä haeta.",
            "Vi har inte fått annan finansiering.",
            "Inga andra bidrag har beviljats.",
            "We have no other funding for this.",
            "There are no earlier grants.",
        ],
    )
    def test_denying_is_understood_in_three_languages(self, words: str) -> None:
        assert claim_of(TextAnswer(question="1", role=TextRole.EARLIER_FUNDING, text=words))
        found = told("T4", known={"grants": [self.GRANT]}, texts=[text(words, role="earlier_funding")])
        assert codes(found) == ["T4.grant_in_register"]

    @pytest.mark.parametrize(
        "words",
        [
            "Saimme rahoitusta vuonna 2020. Muuta ei ole kerrottavaa.",
            "Emme ole vielä aloittaneet. Muu rahoitus on 5 000 euroa.",
            "Other funding: 5,000 euros.",
            "",
        ],
    )
    def test_telling_of_it_is_no_denial(self, words: str) -> None:
        assert claim_of(TextAnswer(question="1", role=TextRole.EARLIER_FUNDING, text=words)) == ""

    @pytest.mark.parametrize(
        ("grant", "is_found"),
        [
            ({}, True),
            ({"decided_on": "2023-01-01"}, False),
            ({"decided_on": "2023-01-01", "period": {"start_on": "2023-01-01", "end_on": "2027-01-01"}}, True),
            ({"period": {"start_on": "2025-01-01", "end_on": "2026-12-31"}}, False),
            ({"holder": "Toinen kunta"}, False),
            ({"holder": "ESIMERKKILÄN KUNTA"}, True),
            ({"areas": ["b"]}, False),
        ],
    )
    def test_only_grants_of_the_applicant_and_of_the_time_count(self, grant: Json, is_found: bool) -> None:
        words = text("Emme ole saaneet muuta rahoitusta.", role="earlier_funding", area="a")
        found = told("T4", known={"grants": [self.GRANT | grant]}, texts=[words])
        assert bool(found) is is_found

    def test_the_mark_goes_before_the_words(self) -> None:
        denied = text("Emme ole saaneet muuta rahoitusta.", role="earlier_funding", claims_none=False)
        assert told("T4", known={"grants": [self.GRANT]}, texts=[denied]) == []
        marked = text("Kaikki on uutta.", role="earlier_funding", claims_none=True)
        assert codes(told("T4", known={"grants": [self.GRANT]}, texts=[marked])) == ["T4.grant_in_register"]

    def test_the_plan_itself_may_say_otherwise(self) -> None:
        words = text("Emme ole saaneet muuta rahoitusta.", role="earlier_funding")
        areas = [an_area("a", [1_000], 800, 50)]
        found = of_rule(found_in(an_application(areas, texts=[words]), a_call()), "T4")
        assert codes(found) == ["T4.in_plan"]


class TestPartners:
    def test_who_is_named_is_listed_and_the_applicant_is_no_partner(self) -> None:
        partners = [{"name": "Esimerkkilän kunta"}, {"name": "Verkosto", "members": ["esimerkkilän  KUNTA"]}]
        words = text(
            "Mukana on Esimerkkiopiston väki ja verkosto.", role="cooperation", area="a", mentions=["Verkosto"]
        )
        known = {"organisations": [{"name": "Esimerkkiopisto"}, {"name": "Toinen opisto"}]}
        found = told("T5", known=known, area={"partners": partners}, texts=[words])
        assert sorted(codes(found)) == ["T5.has_applicant", "T5.is_applicant", "T5.not_listed"]
        listed = {"partners": [{"name": "Opisto", "other_names": ["Esimerkkiopisto"]}, {"name": "Verkosto"}]}
        assert told("T5", known=known, area=listed, texts=[words]) == []
        assert told("T5", known=known, area={"partners": None}, texts=[words]) == []

    def test_a_text_of_an_undivided_application_belongs_to_it(self) -> None:
        words = text("Mukana on Esimerkkiopisto.", role="cooperation")
        known = {"organisations": [{"name": "Esimerkkiopisto"}]}
        assert codes(told("T5", known=known, area={"partners": []}, texts=[words])) == ["T5.not_listed"]


class TestIndicators:
    def test_a_measure_needs_one_and_it_needs_everything_and_zero_is_something(self) -> None:
        whole = {
            "title": "Läpäisy",
            "measures": ["m1"],
            "baseline": 0,
            "target": 5,
            "due_on": "2027-12-31",
            "source": "R",
        }
        area = {"measures": [{"id": "m1", "title": "Ohjaus"}], "indicators": [whole]}
        assert told("T6", area=area) == []
        assert codes(told("T6", area=area | {"indicators": []})) == ["T6.no_indicator"]
        for part in ("baseline", "target", "due_on"):
            assert codes(told("T6", area=area | {"indicators": [whole | {part: None}]})) == ["T6.incomplete"]
        assert codes(told("T6", area=area | {"indicators": [whole | {"source": ""}]})) == ["T6.incomplete"]


class TestPersonalData:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("Kysy: a.b@esimerkki.example", "T8.email"),
            (f"Soita +358 40 {NOBODY} tai tule", "T8.phone"),
            (f"Soita 040 {NOBODY}.", "T8.phone"),
            ("Tunnus 010100A000X on", "T8.identity"),
            ("Diaarinumero VN/10294/2021, 7/404/2020 ja 1 319 500 euroa", None),
            ("Jakso 1.1.2021–31.12.2022, 040-sarja", None),
        ],
    )
    def test_it_is_found_and_not_repeated(self, words: str, code: str | None) -> None:
        found = told("T8", texts=[text(words)])
        assert codes(found) == ([code] if code else [])
        assert all(len(str(one.found)) == 3 for one in found)
        assert told("T8", texts=[text(words, public=False)]) == []


class TestIdentity:
    @given(st.integers(0, 9_999_999))
    def test_a_business_id_has_one_right_check_digit_at_most(self, number: int) -> None:
        right = [digit for digit in range(10) if is_business_id(f"{number:07}-{digit}")]
        assert len(right) <= 1
        weighted = sum(int(one) * by for one, by in zip(f"{number:07}", (7, 9, 10, 5, 8, 4, 2), strict=True))
        assert (len(right) == 0) == (weighted % 11 == 1)

    @given(st.integers(0, 10**14 - 1), st.integers(0, 13), st.integers(1, 9))
    @example(12345600000785, 3, 1)
    def test_an_iban_with_one_digit_changed_is_none(self, number: int, place: int, by: int) -> None:
        check = 98 - int(f"{number:014}151800") % 97
        iban = f"FI{check:02}{number:014}"
        assert is_iban(iban)
        assert is_iban(f"{iban[:4]} {iban[4:]}")
        changed = list(iban)
        changed[4 + place] = str((int(changed[4 + place]) + by) % 10)
        assert not is_iban("".join(changed))

    def test_the_numbers_of_the_applicant_are_checked(self) -> None:
        applicant = {"name": "Esimerkki", "business_id": "1234567-2", "iban": "FI00 1234", "bic": "x"}
        assert codes(told("I1", applicant=applicant)) == ["I1.business_id", "I1.iban", "I1.bic"]

    @pytest.mark.parametrize(
        ("number", "family"),
        [
            ("VN/10294/2021", "vn"),
            ("OKM/3/592/2019", "ministry"),
            ("7/404/2020", "plain"),
            ("OPH-2727-2023", "agency"),
            ("ROIDno-2021-4378", "city"),
            ("HEL 2020-001234", "city_long"),
            ("numero 5", ""),
        ],
    )
    def test_register_numbers_have_families(self, number: str, family: str) -> None:
        assert family_of(number) == family

    def test_the_call_that_is_named_is_this_one(self) -> None:
        of = a_call(register_number="VN/10294/2021")
        assert codes(told("I2", of=of, call_number="VN/10294/2020")) == ["I2.other_call"]
        assert told("I2", of=of, call_number="vn/10294 /2021", register_number="VN/1/2021") == []

    @pytest.mark.parametrize(
        ("holders", "says", "code"),
        [
            (None, None, "I3.no_register"),
            ([], True, "I3.not_in_register"),
            ([{"name": "esimerkkilän kunta"}], None, None),
            (None, False, "I3.says_no"),
        ],
    )
    def test_the_licence_is_in_the_register(self, holders: Any, says: bool | None, code: str | None) -> None:
        of = a_call(eligibility={"licence_needed": True})
        applicant = {"name": "Esimerkkilän kunta", "has_licence": says}
        found = told("I3", of=of, known={"licence_holders": holders}, applicant=applicant)
        assert codes(found) == ([code] if code else [])

    @pytest.mark.parametrize(("name", "code"), [("hanke", "I4.case"), ("Toinen", "I4.differ"), ("Hanke", None)])
    def test_a_project_has_one_name(self, name: str, code: str | None) -> None:
        outcome = {"result": "granted", "decided_on": "2026-12-01", "project_name": name}
        assert codes(told("I4", outcome=outcome)) == ([code] if code else [])
