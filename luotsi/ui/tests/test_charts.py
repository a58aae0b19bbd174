"""Charts are drawn once, follow the page's colours, and hold nothing that a strict policy refuses."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.utils import translation

from luotsi.ui import charts

TITLE = "Devices <in use>"
SPEC: dict[str, Any] = {
    "data": {"values": [{"year": "2025–26", "share": 0.525}, {"year": "2026–27", "share": 0.7}]},
    "encoding": {
        "x": {"field": "year", "type": "ordinal"},
        "y": {"field": "share", "type": "quantitative", "axis": {"format": ".0%"}},
    },
    "layer": [
        {"mark": {"type": "bar", "href": "https://elsewhere.example/", "cursor": "pointer", "clip": True}},
        {"mark": {"type": "text", "style": "label", "fontSize": 8},
         "encoding": {"text": {"field": "share", "format": ".1%"}}},
    ],
}  # fmt: skip


def draw(spec: dict[str, Any] = SPEC, **more: Any) -> charts.Chart:
    rows = [("2025–26", 0.525), ("2026–27", None)]
    return charts.draw(
        spec, **{"title": TITLE, "message": "More & more.", "headers": ("Year", "Share"), "rows": rows} | more
    )


@pytest.fixture(scope="module")
def chart() -> charts.Chart:
    return draw()


class TestThePicture:
    def test_it_is_wide_and_narrow(self, chart: charts.Chart) -> None:
        for picture, kind in ((chart.wide, "wide"), (chart.narrow, "narrow")):
            root = ElementTree.fromstring(picture)  # noqa: S314 - our own drawing
            assert root.get("class") == kind
            assert float(root.get("width", "0")) == pytest.approx(charts.WIDTHS[kind], abs=2)

    def test_it_says_what_it_is_and_what_it_means(self, chart: charts.Chart) -> None:
        root = ElementTree.fromstring(chart.wide)  # noqa: S314 - our own drawing
        named = root.get("aria-labelledby", "").split()
        assert root.get("role") == "img"
        assert [(part.get("id"), part.text) for part in root[:2]] == [(named[0], TITLE), (named[1], "More & more.")]

    def test_its_ids_are_its_own(self, chart: charts.Chart) -> None:
        ids = re.findall(r'\bid="([^"]+)"', chart.wide + chart.narrow + draw(title="Another").wide)
        assert len(ids) == len(set(ids)) >= 6

    def test_it_has_only_presentation_attributes_and_no_way_out(self, chart: charts.Chart) -> None:
        for picture in (chart.wide, chart.narrow):
            assert not re.search(r"\sstyle=|\son\w+=|href|<script|<style|<image|<a\b", picture)
            assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")

    def test_what_it_refers_to_is_in_it(self, chart: charts.Chart) -> None:
        ids = set(re.findall(r'\bid="([^"]+)"', chart.wide))
        assert set(re.findall(r"url\(#([^)]+)\)", chart.wide)) <= ids

    def test_its_colours_are_those_of_the_page(self, chart: charts.Chart) -> None:
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', chart.wide))
        assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none", "transparent"}
        assert "var(--brand)" in colours

    def test_its_text_is_never_small(self, chart: charts.Chart) -> None:
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', chart.wide + chart.narrow)]
        assert sizes
        assert min(sizes) >= charts.SMALLEST_TEXT

    @pytest.mark.parametrize(("language", "words"), [("fi", "52,5\u00a0%"), ("sv", "52,5\u00a0%"), ("en", "52.5%")])
    def test_its_numbers_are_written_as_on_the_page(self, language: str, words: str) -> None:
        with translation.override(language):
            assert words in draw().wide

    def test_words_from_the_data_stay_words(self) -> None:
        values = [{"year": "<script>1</script>", "share": 1}]
        assert "<script" not in draw({**SPEC, "data": {"values": values}}).wide


class TestKeeping:
    def test_the_same_chart_is_drawn_once(self, chart: charts.Chart, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(charts, "_render", lambda *_args: pytest.fail("drawn again"))
        assert draw() == chart

    def test_another_title_is_another_chart(self, chart: charts.Chart) -> None:
        assert draw(title="Another").wide != chart.wide

    def test_a_lost_cache_costs_only_time(self, chart: charts.Chart) -> None:
        caches["charts"].clear()
        assert draw() == chart


class TestRefusing:
    @pytest.mark.parametrize("where", ["data", "layer"])
    def test_data_from_elsewhere_are_not_fetched(self, where: str) -> None:
        away = {"url": "https://elsewhere.example/data.json"}
        spec = {**SPEC, "data": away} if where == "data" else {**SPEC, "layer": [{"mark": "bar", "data": away}]}
        with pytest.raises(ValueError, match="its own data"):
            draw(spec)

    def test_a_broken_specification_says_so(self) -> None:
        with pytest.raises(ValueError, match=r".+"):
            draw({"mark": "nonsense", "data": {"values": []}})


class TestTheTableBeneath:
    def test_it_has_the_numbers_and_shows_what_is_missing(self, chart: charts.Chart) -> None:
        with translation.override("fi"):
            html = Template("{% chart chart %}").render(Context({"chart": chart}))
        assert '<th scope="row">2025–26</th>' in html
        assert '<span class="lu-muted">–</span>' in html
        assert "Devices &lt;in use&gt;" in html
