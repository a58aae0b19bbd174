"""The component sheet draws every component, in all three languages, without the database."""

import re
from dataclasses import replace

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from luotsi.ui import lists, samples

pytestmark = pytest.mark.urls("luotsi.config.urls")


def sheet(address: str = "/sheet/") -> str:
    request: HttpRequest = RequestFactory().get(address)
    listing = lists.read(request, columns=samples.COLUMNS, filters=samples.SampleFilter(request.GET), sort="name")
    listing = replace(listing, rows=samples._schools(listing.ask))
    return render_to_string("ui/components.html", {**samples.component_samples(), "listing": listing, "shell": None})


class TestTheSheet:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_it_is_drawn_in_every_language(self, language: str) -> None:
        with translation.override(language):
            html = sheet()
        assert f'<html lang="{language}"' in html
        assert html.count("<svg") > 40

    def test_it_holds_nothing_that_the_content_security_policy_refuses(self) -> None:
        html = sheet()
        assert not re.search(r'\sstyle="|\son\w+="|<style', html)
        assert re.findall(r"<script[^>]*>", html) == ['<script src="/static/ui/luotsi.js" defer>']

    def test_each_id_stands_once(self) -> None:
        ids = re.findall(r'\sid="([^"]+)"', sheet())
        assert sorted(ids) == sorted(set(ids))

    def test_every_part_that_is_pointed_to_exists(self) -> None:
        html = sheet()
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        pointed = re.findall(r'(?:for|href|aria-labelledby|aria-describedby|data-open)="#?([^"/.?]+)"', html)
        wanted = {part for value in pointed for part in value.split()}
        assert wanted <= ids


class TestTheSampleList:
    def answer(self, query: str) -> HttpResponse:
        return samples.component_sheet(RequestFactory().get(f"/sheet/{query}"))

    def test_it_is_exported_whole(self) -> None:
        lines = self.answer("?format=csv").content.decode().splitlines()
        assert len(lines) == 121

    def test_it_is_narrowed_by_its_filters(self) -> None:
        lines = self.answer("?format=csv&q=koivula&mark=late").content.decode().splitlines()
        assert 1 < len(lines) < 13
