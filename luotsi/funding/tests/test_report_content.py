"""A report as data: what is kept of it comes back whole, and its hash tells every change."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.funding.rules.reports import (
    Chapter,
    Content,
    Head,
    Line,
    Sum,
    Told,
    content_from,
    digest_of,
    judged_lines,
    missing_parts,
    personal_data,
    plain,
    sending_refusals,
)

amounts = st.none() | st.decimals(-(10**9), 10**9, places=2)
days = st.none() | st.dates()
texts = st.text(max_size=20)
names = st.dictionaries(st.sampled_from(["fi", "sv", "en"]), texts, max_size=3)


def lines(depth: int = 1) -> st.SearchStrategy[Told]:
    return st.builds(
        Told,
        key=texts,
        line=st.sampled_from(list(Line)),
        names=names,
        planned=amounts,
        whole=amounts,
        actual=amounts,
        baseline=amounts,
        baseline_on=days,
        on=days,
        period=texts,
        unit=texts,
        decimals=st.integers(0, 4),
        state=texts,
        words=texts,
        origin=texts,
        parts=st.lists(lines(depth - 1), max_size=2).map(tuple) if depth else st.just(()),
    )


heads = st.builds(
    Head,
    kind=st.sampled_from(["interim_report", "final_report"]),
    version=st.integers(1, 9),
    project=names,
    applicant=names,
    funder=names,
    call=names,
    decided_on=days,
    until_on=days,
    percent=amounts,
)
contents = st.builds(
    Content,
    head=heads,
    lines=st.lists(lines(), max_size=3, unique_by=lambda one: one.key).map(tuple),
    sums=st.lists(st.builds(Sum, key=texts, amount=amounts, origin=texts), max_size=3).map(tuple),
    threshold=st.decimals(0, 100, places=2),
    of_call=st.booleans(),
    gaps=st.lists(texts, max_size=2).map(tuple),
    stops=st.lists(texts, max_size=2).map(tuple),
    words=st.dictionaries(texts, texts, max_size=3),
)


class TestWhatIsKept:
    @given(contents)
    def test_it_comes_back_from_json(self, content: Content) -> None:
        assert content_from(json.loads(json.dumps(plain(content)))) == content

    @given(contents, texts, texts)
    def test_its_hash_tells_another_word(self, content: Content, key: str, words: str) -> None:
        assume(content.words.get(key) != words)
        other = replace(content, words={**content.words, key: words})
        assert digest_of(plain(other)) != digest_of(plain(content))

    @given(contents, st.decimals(-(10**9), 10**9, places=2))
    def test_its_hash_tells_another_figure(self, content: Content, amount: Decimal) -> None:
        assume(content.lines and content.lines[0].actual != amount)
        first, *rest = content.lines
        other = replace(content, lines=(replace(first, actual=amount), *rest))
        assert digest_of(plain(other)) != digest_of(plain(content))


class TestWhatIsMissing:
    @given(contents)
    def test_with_words_for_everything_only_the_records_stop_it(self, content: Content) -> None:
        keys = [*(one.key for one in content.lines), *(chapter.value for chapter in Chapter)]
        whole = replace(content, words=dict.fromkeys(keys, "Näin kävi."))
        reasons = sending_refusals(judged_lines(whole), missing=missing_parts(whole))
        assert [one.about for one in reasons] == list(content.stops)

    @given(contents)
    def test_an_interim_report_needs_fewer_chapters(self, content: Content) -> None:
        bare = replace(content, words={})
        told = [part for part in missing_parts(bare) if part in set(Chapter)]
        wanted = ["done"] if content.head.kind == "interim_report" else ["done", "results", "use"]
        assert told[: len(wanted)] == wanted

    def test_a_telephone_number_is_told_with_its_place(self) -> None:
        head = Head(kind="final_report", version=1, project={}, applicant={}, funder={}, call={})
        (found,) = personal_data(Content(head=head, words={"done": "Soita 040 000 0000.", "use": "Kaikki."}))
        assert (found.code, found.about, found.params["kind"]) == ("personal", "done", "phone")

    def test_evidence_of_a_milestone_is_looked_at_too(self) -> None:
        head = Head(kind="final_report", version=1, project={}, applicant={}, funder={}, call={})
        part = Told(key="m:1", line=Line.MILESTONE, names={}, words="Kysy: aino@luotsi.example")
        content = Content(head=head, lines=(Told(key="m", line=Line.MEASURE, names={}, parts=(part,)),))
        assert [(one.code, one.about) for one in personal_data(content)] == [("personal", "m")]
