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
from tfp.report.data_tables import weights_table
from tfp.report.document import Column, Document, Heading, Table, show_cell
from tfp.report.front_matter import FrontMatter, Letterhead, Signature
from tfp.report.html import page_text, write_page
from tfp.report.lone_result import document_of_result
from tfp.report.result_tables import yearly_table
from tfp.report.widths import column_widths

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


def test_numbers_and_words_have_room_in_their_columns(language, many_inputs):
    for table in (yearly_table(many_inputs, language), weights_table(many_inputs, language)):
        widths = column_widths(table, language)
        for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            cells = [show_cell(row[number], column, language) for row in table.rows]
            words = [word for cell in cells for word in cell.split()]
            whole = words if column.style == "text" else cells
            assert width > max(len(word) for word in (*whole, *column.label.split()))


def test_a_table_too_wide_for_upright_paper_lies_with_its_heading(many_inputs):
    page = page_text(document_of_result(many_inputs, "en"))
    assert re.search(r'<div class="table yearly wide[^"]*" style="--letters:\d+">', page)
    assert not re.search(r'<div class="table weights wide', page)
    assert re.search(r'<h2 id="yearly">', page)
    wide = Table(
        name="wide",
        title="Wide",
        columns=tuple(Column(label=f"column {n}") for n in range(20)),
        rows=((1.0,) * 20,),
    )
    blocks = (Heading(text="Head", name="head"), wide)
    lone = Document(title="T", subtitle="", language="en", area="", blocks=blocks)
    assert '<h2 id="head" class="wide">' in page_text(lone)


def test_long_texts_give_way_before_a_page_must_lie(national_content):
    document = build_document(national_content("vi"))
    for name in ("targets", "ledger", "sources", "yearly", "data"):
        assert sum(column_widths(document.table(name), "vi")) <= 106


def test_the_style_sheet_breaks_neither_numbers_nor_short_tables(page):
    style = page[page.index("<style>") : page.index("</style>")]
    assert re.search(r"th, td \{[^}]*white-space: nowrap", style)
    assert re.search(r"\.table \{[^}]*overflow-x: auto", style)
    assert ".short { break-inside: avoid; }" in style
    assert "anywhere" not in re.search(r"td\.text \{ overflow[^}]*\}", style)[0]
    short = re.findall(r'<div class="table (\w+)( wide)?( short)?"', page)
    assert ("yearly", "", " short") in short


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


def test_letterhead_and_signatures_stand_around_the_report_and_dots_only_on_paper():
    annex = (Heading(text="Results"), Heading(text="Annex", name="annex", annex=True))
    plain = Document(title="T", subtitle="", language="vi", area="", blocks=annex, banner="Thử")
    blank = FrontMatter(letterhead=Letterhead())
    assert page_text(replace(plain, front=blank)) == page_text(plain)
    letterhead = Letterhead(superior="ỦY BAN\nNHÂN DÂN", body=HOSTILE)
    signed = Signature(role="head", title="Giám đốc", name="Nguyễn Văn A")
    front = FrontMatter(letterhead=letterhead, recipients=("Sở",), signatures=(signed,))
    page = page_text(replace(plain, front=front))
    reader = Reader(page)
    assert reader.open == []
    assert "br" in reader.tags
    assert "script" not in reader.tags[:-1]
    said = "\n".join(reader.text)
    order = ["CỘNG HÒA XÃ HỘI", "Thử", "Results", "Nơi nhận:", "Annex", "PHIẾU KÝ SỐ LIỆU"]
    places = [said.rindex(words) for words in order]
    assert places == sorted(places)
    assert said.count("Nguyễn Văn A") == 2
