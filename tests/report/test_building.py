"""The report says what the engine computed, to the shown digit, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest

from tfp.accounts.growth import growth_accounts
from tfp.accounts.periods import period_accounts
from tfp.datasets.target import Target
from tfp.panel.panel import Panel
from tfp.plots.demands import Demand
from tfp.report.building import build_document
from tfp.report.content import SourceNote
from tfp.report.data_tables import weights_table
from tfp.report.document import (
    Blank,
    Document,
    Figure,
    FindingsBlock,
    Heading,
    Paragraph,
    show_cell,
)
from tfp.report.result_tables import period_table, yearly_table
from tfp.report.target_table import target_in_words

# conventions: the main example, growth, capital, labour, TFP in points.
YEARS = {
    2011: (6.413166, 3.342492, 1.594544, 1.476130),
    2020: (2.865414, 3.116688, -1.152169, 0.900895),
    2021: (2.553728, 2.879761, -1.198274, 0.872241),
    2024: (7.091187, 2.722656, 0.670696, 3.697836),
}
SHARES = {
    "2011–2015": (36.0179, 35.0249, 35.0933),
    "2016–2019": (46.2169, 46.0762, 46.1175),
    "2016–2020": (44.6427, 44.7371, 45.0763),
    "2021–2024": (43.0348, 42.8525, 42.8373),
    "2011–2024": (41.7285, 40.7144, 40.8545),
}
PERIODS = tuple(SHARES)
SIGNS = {"en": ".", "vi": ","}


def shown(value, language):
    rounded = Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{rounded:f}".replace(".", SIGNS[language])


def shown_rows(document, name):
    table = document.table(name)
    return {
        show_cell(row[0], table.columns[0], document.language): [
            show_cell(cell, column, document.language)
            for cell, column in zip(row[1:], table.columns[1:], strict=True)
        ]
        for row in table.rows
    }


def words(document: Document) -> str:
    return " ".join(b.text for b in document.blocks if isinstance(b, Paragraph))


@pytest.fixture
def document(language, national_content):
    return build_document(national_content(language))


def test_the_yearly_table_shows_the_main_example(document):
    rows = shown_rows(document, "yearly")
    assert len(rows) == 14
    for year, (growth, *points) in YEARS.items():
        cells = rows[str(year)]
        assert cells[0] == shown(growth, document.language)
        assert cells[3:6] == [shown(value, document.language) for value in points]
        # Digits beyond the sixth of the reference may turn the last one of a share.
        for cell, value in zip(cells[6:9], points, strict=True):
            share = float(cell.replace(",", "."))
            assert share == pytest.approx(100 * value / growth, abs=0.00501)


def test_every_number_of_the_yearly_table_is_the_engines(document, national_content):
    accounts = national_content(document.language).accounts
    table = document.table("yearly")
    for number, row in zip(accounts.rows.growth_rows.tolist(), table.rows, strict=True):
        assert row[1] == 100.0 * accounts.total[number]
        assert row[4:7] == tuple(100.0 * term[number] for term in accounts.terms)


def test_the_averages_show_the_three_published_methods(document):
    rows = shown_rows(document, "averages")
    for period, values in SHARES.items():
        assert rows[period] == [shown(value, document.language) for value in values]


def test_the_sensitivities_show_unspliced_and_zero_growth(language, national_content):
    document = build_document(national_content(language, first_average="sum_of_rates"))
    table = document.table("sensitivity")
    at = [column.label for column in table.columns].index("2021–2024")
    shares = [show_cell(row[at], table.columns[at], language) for row in table.rows]
    assert shares == [shown(value, language) for value in (42.8525, 59.5433, 37.6981)]


def test_the_rounding_note_names_the_years_in_which_shown_parts_do_not_add(document):
    table = document.table("yearly")
    cent = Decimal("0.01")
    unequal = []
    for row in table.rows:
        cells = [Decimal(repr(float(v))).quantize(cent, rounding=ROUND_HALF_UP) for v in row[1:10]]
        if sum(cells[3:6]) != cells[0] or sum(cells[6:9]) != 100:
            unequal.append(row[0])
    notes = [note for _, note in table.notes if "20" in note]
    assert unequal
    named = [year for year in range(2011, 2025) if str(year) in notes[0]]
    spans = [part for part in notes[0].replace(",", " ").split() if "–" in part]
    for span in spans:
        first, last = (int(year[:4]) for year in span.split("–"))
        named += range(first, last + 1)
    assert sorted(set(named)) == unequal


def test_a_target_has_its_outcome_and_distance(document, national_content):
    comparison = national_content(document.language).comparison
    table = document.table("targets")
    shares = [row[4] for row in table.rows if row[4] is not None]
    assert sorted(shares) == sorted(i.share for i in comparison.outcomes if i.share is not None)
    reached = {
        "en": ("reached", "not reached", "not yet due"),
        "vi": ("đạt", "chưa đạt", "chưa đến kỳ đánh giá"),
    }[document.language]
    outcomes = [row[5] for row in table.rows]
    assert set(reached) <= set(outcomes)
    for row in table.rows:
        if row[5] == reached[0]:
            assert row[6] > 0.0
        elif row[5] == reached[1]:
            assert row[6] < 0.0


def test_points_and_shares_are_never_mixed(national_content):
    document = build_document(national_content("vi"))
    for name in ("yearly", "periods"):
        groups = {column.group for column in document.table(name).columns if column.group}
        for group in groups:
            assert ("điểm phần trăm" in group) == group.startswith("Đóng góp")
            assert ("Tỷ trọng đóng góp" in group) == group.endswith("(%)") or "tăng" in group
    assert "điểm phần trăm" in words(document)


def test_the_report_says_that_tfp_is_the_residual_and_what_it_holds(document):
    said = words(document)
    for part in {
        "en": ("residual", "management", "institutions", "error of measurement"),
        "vi": ("phần còn lại", "quản lý", "thể chế", "sai số đo lường"),
    }[document.language]:
        assert part in said


def test_findings_say_what_where_effect_and_remedy(document, national_content):
    content = national_content(document.language)
    (block,) = [b for b in document.blocks if isinstance(b, FindingsBlock)]
    assert len(block.findings) == len(content.findings)
    assert all(f.found and f.effect and f.remedy for f in block.findings)
    assert any("2021" in finding.where for finding in block.findings)


def test_the_ledger_and_the_changed_values_are_shown(document):
    rows = document.table("ledger").rows
    assert len(rows) == 3
    changed = {row[0]: (row[2], row[3]) for row in document.table("changed").rows}
    assert changed[2017][0] is None
    assert changed[2020] == (53609.58, pytest.approx(50072.01))
    assert set(changed) == set(range(2010, 2021))


def test_every_table_of_results_names_source_and_status(document):
    for name in ("yearly", "periods", "averages", "targets", "sensitivity"):
        table = document.table(name)
        assert table.source
        assert table.status == {"en": "preliminary", "vi": "sơ bộ"}[document.language]


def test_sections_without_data_are_left_out(language, small_accounts, small_content):
    document = build_document(
        small_content(small_accounts([100, 105], [300, 309], [50, 51]), language)
    )
    names = [block.name for block in document.blocks if isinstance(block, Heading)]
    assert names == [
        "headline",
        "inputs",
        "yearly",
        "method",
        "annex",
        "findings",
        "ledger",
        "identification",
    ]
    assert [table.name for table in document.tables()] == ["capital", "weights", "yearly"]


def test_withheld_shares_are_marked_with_their_reasons(language, small_accounts, small_content):
    accounts = small_accounts([100, 97, 97.5, 103], [300, 306, 312, 318], [50, 50, 50, 50])
    table = build_document(small_content(accounts, language)).table("yearly")
    marks = [[cell.mark for cell in row if isinstance(cell, Blank)] for row in table.rows]
    assert marks == [["a"] * 3, ["b"] * 3, []]
    assert [mark for mark, _ in table.notes if mark] == ["a", "b"]
    assert all(isinstance(cell, float) for row in table.rows for cell in row[4:7])
    shares = [
        show_cell(cell, table.columns[7], language) for cell in (row[7] for row in table.rows)
    ]
    assert shares[:2] == ["x", "x"]


def test_a_missing_figure_is_not_a_withheld_share(language, small_accounts, small_content):
    accounts = small_accounts([100, 105, 110], [300, np.nan, 318], [50, 51, 52])
    table = build_document(small_content(accounts, language)).table("yearly")
    assert [row[4] for row in table.rows] == [None, None]
    assert show_cell(table.rows[0][7], table.columns[7], language) == "…"
    assert table.notes


def test_a_period_with_a_missing_year_says_which_years_are_meant(language, small_accounts):
    levels = [100, 105, np.nan, 110, 115, 121]
    accounts = small_accounts(levels, [300] * 6, [50] * 6)
    periods = period_accounts(accounts, ["2021-2023"], uncovered="blank")
    notes = [note for _, note in period_table(periods, language).notes]
    wanted = {
        "en": "a figure of these years, or of the year before them, is missing",
        "vi": "thiếu số liệu của một trong các năm này hoặc của năm liền trước",
    }[language]
    assert any(wanted in note for note in notes)
    assert not any(wanted in note for _, note in yearly_table(accounts, language).notes)


def test_pure_profit_has_a_column_and_is_remarked_where_it_is_negative(language, many_inputs):
    table = weights_table(many_inputs, language)
    assert table.columns[-1].label == {"en": "Pure profit", "vi": "Lợi nhuận thuần"}[language]
    shares = [row[-1] for row in table.rows]
    assert shares == many_inputs.pure_profit_share.tolist()
    for row in table.rows:
        assert sum(row[2:4]) + row[4] == pytest.approx(1.0)
    notes = " ".join(note for _, note in table.notes)
    negative = sum(share < 0 for share in shares)
    assert negative
    assert str(negative) in notes or "Tỉnh 11" in notes


def test_a_source_stands_only_where_its_figures_are(national_content):
    content = national_content("en")
    sources = (
        SourceNote(title="accounts", publisher="GDP office", roles=("output", "investment")),
        SourceNote(title="survey", publisher="Labour office", roles=("labour",)),
        SourceNote(title="else", publisher="Other office"),
        SourceNote(title="far", publisher="Hours office", roles=("hours_per_worker",)),
    )
    document = build_document(replace(content, sources=sources))
    assert document.table("capital").source == "GDP office; Other office"
    assert document.table("yearly").source == "GDP office; Labour office; Other office"
    assert document.table("data").source == "GDP office; Labour office; Other office"
    assert len(document.table("sources").rows) == 4


def test_a_quarter_is_called_a_quarter(language):
    frame = {"q": ["2023Q1", "2023Q2", "2023Q3"], "y": [100, 103, 106.0], "k": [9, 9.1, 9.2]}
    panel = Panel(
        {**frame, "l": [5, 5, 5.1]},
        time="q",
        frequency="quarter",
        output="y",
        capital="k",
        labour="l",
    )
    table = yearly_table(growth_accounts(panel, capital_share=0.4), language)
    assert table.columns[0].label == {"en": "Quarter", "vi": "Quý"}[language]
    assert [row[0] for row in table.rows] == ["2023Q2", "2023Q3"]


STATED = Target(
    area="Here",
    document="Plan",
    document_vi="Kế hoạch",
    operator="over",
    lower=47.5,
    basis="year",
    first_year=2030,
    last_year=2030,
    due_year=2030,
    source="plan",
)


@pytest.mark.parametrize(
    ("changes", "english", "vietnamese"),
    [
        ({}, "over 47.5%, year 2030", "trên 47,5%, năm 2030"),
        ({"upper": 50.0}, "over 47.5%, up to 50%, year 2030", "trên 47,5%, đến 50%, năm 2030"),
        ({"upper": 50.0, "operator": "at_least"}, "47.5–50%, year 2030", "47,5–50%, năm 2030"),
        ({"lower": 45.0}, "over 45%, year 2030", "trên 45%, năm 2030"),
    ],
)
def test_a_target_keeps_its_word_and_its_decimals(changes, english, vietnamese):
    target = replace(STATED, **changes)
    assert target_in_words(target, "en") == english
    assert target_in_words(target, "vi") == vietnamese
    on_chart = Demand("a", target).sentence("vi")
    assert ("trên" in on_chart) == ("trên" in vietnamese)
    assert all(number in on_chart for number in re.findall(r"[\d,]*\d", vietnamese))


def test_several_areas_have_a_column_of_their_own(small_accounts, small_content):
    accounts = small_accounts(
        [100, 105, 200, 206], [300, 309, 500, 520], [50, 51, 80, 81], entity=["A", "A", "B", "B"]
    )
    content = small_content(accounts, periods=(accounts.periods(["2021"]),))
    document = build_document(content)
    assert [row[0] for row in document.table("yearly").rows] == ["A", "B"]
    assert [row[0] for row in document.table("periods").rows] == ["A", "B"]


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (date(2025, 2, 28), "do Tổng cục Thống kê công bố"),
        (date(2025, 3, 1), "do Cục Thống kê (đến tháng 2 năm 2025 là Tổng cục Thống kê) công bố"),
        (None, "do Cục Thống kê (đến tháng 2 năm 2025 là Tổng cục Thống kê) công bố"),
    ],
)
def test_the_statistical_authority_is_named_by_date(when, name, national_content):
    content = replace(national_content("vi"), prepared_on=when)
    assert name in words(build_document(content))


def test_a_draft_says_so_and_why(language, small_accounts, small_content):
    content = small_content(
        small_accounts([100, 105], [300, 309], [50, 51]),
        language,
        draft_reasons=("labour of 2021",),
    )
    assert "labour of 2021" in build_document(content).draft
    assert build_document(replace(content, draft_reasons=())).draft == ""


def test_figures_are_drawn_only_when_asked_for(document):
    figure, beside = (b for b in document.blocks if isinstance(b, Figure))
    assert (figure.name, beside.name) == ("contributions", "targets")
    assert "2011" in figure.alternative
    assert figure.draw() is not figure.draw()


def test_the_periods_are_those_asked_for(document):
    rows = shown_rows(document, "periods")
    assert list(rows) == list(PERIODS)
