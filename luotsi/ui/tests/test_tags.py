"""Tags and filters: labels, help and errors belong to their field, names say their language, words stay words."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from luotsi.ui.lists import Buttons, Link, State
from luotsi.ui.steps import Step

EVIL = "<b onclick=x>&"
SAFE = "&lt;b onclick=x&gt;&amp;"


@dataclass(frozen=True)
class Name:
    text: str
    lang: str


class SampleForm(forms.Form):
    name = forms.CharField(label=EVIL, help_text="At most 10", max_length=10)
    level = forms.ChoiceField(label="Level", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree")
    why = forms.CharField(label="Why", required=False, max_length=500, widget=forms.Textarea)


@pytest.fixture(autouse=True)
def _finnish() -> Any:
    with translation.override("fi"):
        yield


def drawn(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


def field(bound: forms.BoundField) -> str:
    return drawn("{% field bound %}", bound=bound)


class TestAField:
    def test_its_label_help_and_error_are_tied_to_it(self) -> None:
        html = field(SampleForm({"name": "far too long for it"})["name"])
        control = re.search(r"<input[^>]*>", html)
        assert control
        assert 'aria-describedby="id_name-help id_name-error"' in control[0]
        assert 'aria-invalid="true"' in control[0]
        assert 'value="far too long for it"' in control[0]
        for part in ('for="id_name"', 'id="id_name-help"', 'id="id_name-error"'):
            assert html.count(part) == 1

    def test_without_errors_it_is_not_invalid(self) -> None:
        html = field(SampleForm()["name"])
        assert "aria-invalid" not in html
        assert 'aria-describedby="id_name-help"' in html

    def test_its_label_is_escaped(self) -> None:
        html = field(SampleForm()["name"])
        assert SAFE in html
        assert EVIL not in html

    def test_radio_buttons_are_a_named_group_that_an_error_can_point_to(self) -> None:
        html = field(SampleForm({})["level"])
        assert re.search(r'<fieldset[^>]* id="id_level"', html)
        assert html.count("hds-radio-button__input") == 2
        assert 'id="id_level-error"' in html

    def test_a_text_area_is_counted_and_never_cut(self) -> None:
        html = field(SampleForm()["why"])
        assert "maxlength" not in html
        assert 'data-limit="500"' in html
        assert 'aria-describedby="id_why-count"' in html
        assert 'id="id_why-count"' in html

    def test_a_checkbox_has_its_label_after_it(self) -> None:
        html = field(SampleForm()["agree"])
        assert html.index("<input") < html.index('<label class="hds-checkbox__label" for="id_agree"')


class TestTheSummaryOfErrors:
    def test_it_leads_to_every_field(self) -> None:
        form = SampleForm({})
        form.add_error(None, "In general")
        html = drawn("{% error_summary form %}", form=form)
        assert re.findall(r'href="#(\w+)"', html)[-3:] == ["id_name", "id_level", "id_agree"]
        assert "<li>In general</li>" in html

    def test_it_is_not_there_without_errors(self) -> None:
        assert drawn("{% error_summary form %}", form=SampleForm({"name": "A", "level": "a", "agree": "on"})) == ""


class TestACell:
    @pytest.mark.parametrize(
        ("value", "html"),
        [
            (None, '<span class="lu-muted">–</span>'),
            ("", '<span class="lu-muted">–</span>'),
            (0, "0"),
            (1234, "1\u00a0234"),
            (Decimal("1234.5"), "1\u00a0234,5"),
            (date(2026, 11, 23), "23.11.2026"),
            (EVIL, SAFE),
            (Name("Skolan", "sv"), '<span lang="sv">Skolan</span>'),
            (Link("/a/?b=1&c=2", "A"), '<a class="" href="/a/?b=1&amp;c=2">A</a>'),
            (Link("/a/", 7), '<a class="lu-num" href="/a/">7</a>'),
            (Link("/a/", EVIL), f'<a class="" href="/a/">{SAFE}</a>'),
            (Buttons(""), ""),
        ],
    )
    def test_each_kind_is_written_its_way(self, value: object, html: str) -> None:
        assert drawn("{% cell value row %}", value=value, row=None) == html

    def test_an_address_may_break_before_its_domain(self) -> None:
        assert drawn("{% cell value row %}", value="<a@b.example", row=None) == "&lt;a<wbr>@b.example"

    def test_a_state_is_a_mark_and_a_word(self) -> None:
        html = drawn("{% cell value row %}", value=State("late", EVIL), row=None)
        assert 'href="#s-late"' in html
        assert html.endswith(f"{SAFE}</span>")


class TestNames:
    def test_the_language_is_said_only_where_it_differs(self) -> None:
        assert drawn("{% local name %}", name=Name("Koulu", "fi")) == "Koulu"
        with translation.override("sv"):
            assert drawn("{% local name %}", name=Name("Koulu", "fi")) == '<span lang="fi">Koulu</span>'

    def test_they_are_escaped(self) -> None:
        assert drawn("{% local name %}", name=Name(EVIL, "sv")) == f'<span lang="sv">{SAFE}</span>'

    def test_a_missing_name_is_shown_as_missing(self) -> None:
        assert drawn("{% local name %}", name=Name("", "fi")) == "–"


class TestPictures:
    def test_a_target_bar_stays_within_its_bounds(self) -> None:
        html = drawn("{% target_bar 1.4 0.9 %}")
        assert 'width="100.00%"' in html
        assert 'x="90.00%"' in html
        assert 'aria-label="140\u00a0%"' in html

    def test_segments_of_nothing_are_empty(self) -> None:
        html = drawn("{% segments parts 'Shares' %}", parts=[("done", 0, "done"), ("late", 0, "late")])
        assert html.count('width="0.00%"') == 2

    def test_steps_tell_where_one_is(self) -> None:
        steps = [Step("One", "/1/", "done"), Step("Two", "/2/", "current"), Step("Three", "/3/", "error")]
        html = drawn("{% steps steps %}", steps=steps)
        assert re.findall(r'href="([^"]+)" aria-current="step"', html) == ["/2/"]
        assert html.count("lu-steps__err") == html.count("lu-steps__done") == 1
