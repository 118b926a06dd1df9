"""The page: one file that loads nothing, escapes everything and is the same each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tfp.errors import OutputError, Place
from tfp.panel.findings import Finding
from tfp.report import html
from tfp.report.building import build_document
from tfp.report.content import SourceNote
from tfp.report.document import Column, Table, show_cell
from tfp.report.html import column_widths, page_text, write_page

HOSTILE = '<script>alert("x")</script><img src=http://evil.example/x onerror=alert(1)>&amp;'
VOID = {"meta", "col", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    """Collects what a browser would load and run, and the structure of tables."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open, self.text = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def page(language, national_content):
    return page_text(build_document(national_content(language)))


def test_the_page_is_well_formed_and_says_its_language(page, language):
    reader = Reader(page)
    assert reader.open == []
    assert ("html", "lang", language) in reader.attributes
    assert reader.tags.count("h1") == 1


def test_the_page_loads_nothing(page):
    reader = Reader(page)
    loading = {"src", "srcset", "data", "poster", "action", "background", "xlink:href", "href"}
    targets = [value for _, name, value in reader.attributes if name in loading]
    assert targets
    assert [value for value in targets if not value.startswith("#")] == []
    assert not {"link", "iframe", "object", "embed", "img", "base"} & set(reader.tags)
    assert re.findall(r"url\((?!#)|@import|fetch\(|XMLHttpRequest", page) == []


def test_the_page_is_small_and_has_its_chart_inside(page):
    assert len(page.encode()) < 1_000_000
    reader = Reader(page)
    assert reader.tags.count("svg") == 2
    assert "math" in reader.tags
    assert reader.tags.count("script") == 1


def test_tables_have_captions_and_scopes(page):
    reader = Reader(page)
    tables = reader.tags.count("table")
    assert tables >= 8
    assert reader.tags.count("caption") == reader.tags.count("thead") == tables
    heads = reader.tags.count("th")
    scopes = [value for tag, name, value in reader.attributes if tag == "th" and name == "scope"]
    assert len(scopes) == heads
    assert set(scopes) == {"col", "colgroup", "row"}


def test_cells_show_rounded_numbers_and_sort_by_exact_ones(page, language, national_content):
    accounts = national_content(language).accounts
    value = 100.0 * float(accounts.term("tfp")[-1])
    cell = {"en": "3.70", "vi": "3,70"}[language]
    assert f'data-value="{value!r}">{cell}</td>' in page


def test_the_print_sheet_is_a4_with_repeated_heads(page):
    style = page[page.index("<style>") : page.index("</style>")]
    assert "size: A4" in style
    assert "table-header-group" in style
    assert "counter(page)" in style


def test_hostile_text_stays_text(small_accounts):
    from tfp.report.content import RunContent

    accounts = small_accounts([100, 105], [300, 309], [50, 51], area=HOSTILE)
    finding = Finding(
        code="missing-values",
        severity="warn",
        places=(Place(entity=HOSTILE),),
        fields={"column": HOSTILE, "role": "labour", "count": 1},
    )
    content = RunContent(
        area=HOSTILE,
        language="en",
        accounts=accounts,
        title=HOSTILE,
        output_name=HOSTILE,
        findings=(finding,),
        periods=(accounts.periods(["2021"]),),
        plan_hash=HOSTILE,
        sources=(
            SourceNote(title=HOSTILE, publisher=HOSTILE, reference=HOSTILE, notes=(HOSTILE,)),
        ),
        draft_reasons=(HOSTILE,),
    )
    reader = Reader(page_text(build_document(content)))
    assert reader.tags.count("script") == 1
    assert "img" not in reader.tags
    assert not [name for _, name, _ in reader.attributes if name.startswith("on")]
    # As text it is all there, in the title, a table, a finding and a source.
    assert "".join(reader.text).count('<script>alert("x")</script>') >= 8


def test_a_style_string_cannot_be_left():
    escaped = html._css_string('"; } </style><script>é')
    assert set('<>";{}/') & set(escaped) == set()
    assert "\\e9 " in escaped


def test_the_page_is_the_same_to_the_byte_in_another_process(tmp_path):
    code = (
        "import sys, numpy\n"
        "from tfp.panel.panel import Panel\n"
        "from tfp.accounts.growth import growth_accounts\n"
        "panel = Panel({'year': [2020, 2021, 2022], 'y': [100.0, 105.0, 111.0],"
        " 'k': [300.0, 309.0, 320.0], 'l': [50.0, 51.0, 51.5]},"
        " time='year', area='Here', output='y', capital='k', labour='l')\n"
        "growth_accounts(panel, capital_share=0.4).to_html(sys.argv[1], language='vi')\n"
    )
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_a_page_too_large_is_refused_and_nothing_written(
    tmp_path, monkeypatch, small_accounts, small_content
):
    monkeypatch.setattr(html, "LARGEST_PAGE", 1000)
    document = build_document(small_content(small_accounts([100, 105], [300, 309], [50, 51])))
    with pytest.raises(OutputError) as caught:
        write_page(document, tmp_path / "page.html")
    assert caught.value.code == "page-too-large"
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_marked_at_its_top(language, small_accounts, small_content):
    content = small_content(small_accounts([100, 105], [300, 309], [50, 51]), language)
    marked = page_text(build_document(replace(content, draft_reasons=("2021",))))
    assert 'class="draft"' in marked
    assert 'class="draft"' not in page_text(build_document(content))


def test_widths_fill_the_page_and_numbers_keep_their_room():
    table = Table(
        name="t",
        title="t",
        columns=(Column(label="What", style="text"), Column(label="GDP", digits=1)),
        rows=(("words " * 100, 12_345_678.9), ("short", 1.0)),
    )
    widths = column_widths(table, "en")
    assert sum(widths) == pytest.approx(100, abs=1)
    assert widths[1] >= 100 * len(show_cell(12_345_678.9, table.columns[1], "en")) / 60


@pytest.mark.parametrize("kind", ["accounts", "periods", "targets", "capital", "decomposition"])
def test_every_result_makes_a_page(kind, language, national_content, tmp_path):
    content = national_content(language)
    result = {
        "accounts": content.accounts,
        "periods": content.periods[0],
        "targets": content.comparison,
        "capital": content.capital,
        "decomposition": content.accounts.productivity_form(),
    }[kind]
    path = tmp_path / "page.html"
    result.to_html(path, language=language)
    reader = Reader(path.read_text(encoding="utf-8"))
    assert "table" in reader.tags
    assert ("html", "lang", language) in reader.attributes
