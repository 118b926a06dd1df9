"""Summaries: a few aligned lines of text, and a table in a notebook."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tfp.datasets import targets
from tfp.report.console import WIDTH
from tfp.report.summary import MOST_ROWS, summary_html, summary_text

KINDS = ("accounts", "periods", "targets", "capital", "decomposition")


def result_of(content, kind):
    return {
        "accounts": content.accounts,
        "periods": content.periods[0],
        "targets": content.comparison,
        "capital": content.capital,
        "decomposition": content.accounts.productivity_form(),
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_result_has_a_summary_and_a_notebook_view(kind, language, national_content):
    result = result_of(national_content(language), kind)
    assert len(summary_text(result, language).splitlines()) > 5
    assert result.summary(language) == summary_text(result, language)
    assert "<table" in result._repr_html_()


def test_the_main_example_in_text(national_content):
    lines = national_content("vi").accounts.summary("vi").splitlines()
    assert lines[0] == "Hạch toán tăng trưởng, Việt Nam, 2010 đến 2024"
    last = next(line for line in lines if line.lstrip().startswith("2024"))
    assert last.split()[:10] == [
        "2024", "7,09", "6,81", "1,12", "2,72", "0,67", "3,70", "38,39", "9,46", "52,15",
    ]  # fmt: skip


def test_numbers_end_in_one_column(national_content):
    lines = national_content("en").accounts.summary("en").splitlines()
    years = [line for line in lines if line.lstrip()[:4].isdigit() and line.lstrip()[:2] == "20"]
    assert len(years) == 14
    assert len({line.index(line.split()[-1]) for line in years}) == 1
    assert (
        len(
            {
                line[: line.rindex(line.split()[9]) + len(line.split()[9])].__len__()
                for line in years
            }
        )
        == 1
    )


def test_reasons_stand_below_withheld_shares(small_accounts):
    summary = small_accounts([100, 97], [300, 306], [50, 50]).summary("vi")
    assert summary.count("x") >= 3
    assert "vì tăng trưởng âm" in summary


def test_hostile_names_are_escaped(small_accounts):
    accounts = small_accounts(
        [100, 105, 200, 206],
        [300, 309, 500, 520],
        [50, 51, 80, 81],
        entity=["<script>", "<script>", "B&B", "B&B"],
    )
    shown = summary_html(accounts)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "B&amp;B" in shown


def test_of_many_areas_the_last_row_of_each_is_shown(small_accounts):
    areas = [f"area {number:03}" for number in range(MOST_ROWS + 5) for _ in range(3)]
    growing = [100.0, 105.0, 109.2] * (MOST_ROWS + 5)
    accounts = small_accounts(growing, growing, growing, entity=areas)
    lines = accounts.summary("en").splitlines()
    rows = [line for line in lines if line.startswith("area ")]
    assert len(rows) == MOST_ROWS
    assert all(line.split()[2:4] == ["2022", "4.00"] for line in rows)
    assert f"{MOST_ROWS} of {MOST_ROWS + 5} areas" in accounts.summary("en")
    assert summary_html(accounts).count("<tr>") == MOST_ROWS + 2


def test_of_one_long_series_the_end_is_shown(small_accounts):
    levels = [100.0 * 1.05**step for step in range(MOST_ROWS + 11)]
    summary = small_accounts(levels, levels, levels).summary("en")
    years = [line[:4] for line in summary.splitlines() if line[:4].isdigit()]
    assert years == [str(2031 + step) for step in range(MOST_ROWS)]
    assert f"The last {MOST_ROWS} of {MOST_ROWS + 10} rows." in summary


HEADS = {
    "en": ("Contribution (percentage points)", "Share of growth (%)", "Hours per worker"),
    "vi": ("Đóng góp (điểm phần trăm)", "Tỷ trọng đóng góp (%)", "Giờ làm việc bình quân"),
}


def test_no_word_of_a_heading_is_cut_and_no_line_is_too_long(language, many_inputs):
    for result in (many_inputs, many_inputs.periods(["2017-2019"])):
        lines = result.summary(language).splitlines()
        assert max(map(len, lines)) <= WIDTH
        words = set(" ".join(lines).split())
        assert {word for head in HEADS[language] for word in head.split()} <= words


@pytest.mark.parametrize("kind", KINDS)
def test_every_summary_fits_a_console(kind, language, national_content):
    lines = result_of(national_content(language), kind).summary(language).splitlines()
    assert max(map(len, lines)) <= WIDTH


def test_withheld_shares_lead_to_their_notes(small_accounts):
    summary = small_accounts([100, 97, 97.5], [300, 306, 312], [50, 50, 50]).summary("en")
    assert summary.count("x(a)") == summary.count("x(b)") == 3
    assert "(a) x: no share, growth is negative." in summary
    assert "(b) x: no share, growth is below" in summary


def test_what_must_be_settled_first_is_said(language, small_accounts):
    levels = [100, 105, 110, 116, 122, 128]
    jump = [50, 50.5, 51, 20.0, 20.2, 20.4]
    accounts = small_accounts(levels, [300, 309, 318, 328, 338, 348], jump)
    count = len(accounts.findings.blocking)
    (line,) = [x for x in accounts.summary(language).splitlines() if ".findings" in x]
    assert count >= 1
    assert f" {count};" in line
    assert ".findings" not in small_accounts([100, 105], [300, 309], [50, 51]).summary(language)


def test_many_rows_of_a_note_are_counted(many_inputs):
    (note,) = [x for x in many_inputs.summary("en").splitlines() if x.startswith("Rounded")]
    assert note.split(" rows ")[0].split()[-1].isdigit()


def test_an_area_without_targets_is_told_whose_they_are(language, small_accounts):
    comparison = small_accounts([100, 105], [300, 309], [50, 51], area="Lào").against(targets())
    for shown in (comparison.summary(language), summary_html(comparison, language)):
        assert "Lào" in shown
        assert {"en": "Hung Yen", "vi": "Hưng Yên"}[language] in shown
        assert "<table" not in shown
        assert "---" not in shown


def test_pure_profit_is_said_with_its_range(language, many_inputs):
    share = 100 * many_inputs.pure_profit_share
    summary = many_inputs.summary(language).replace(",", ".")
    for value in (share.min(), share.mean(), share.max()):
        assert f"{value:.2f}%" in summary
    assert share.min() < 0
    assert {"en": "Pure profit is negative", "vi": "Lợi nhuận thuần âm"}[language] in summary


def test_a_summary_needs_no_library_of_charts_or_workbooks():
    code = (
        "import sys\n"
        "from tfp.panel.panel import Panel\n"
        "from tfp.accounts.growth import growth_accounts\n"
        "panel = Panel({'year': [2020, 2021], 'y': [100.0, 105.0], 'k': [300.0, 309.0],"
        " 'l': [50.0, 51.0]}, time='year', output='y', capital='k', labour='l')\n"
        "growth_accounts(panel, capital_share=0.4).summary()\n"
        "heavy = {'matplotlib', 'xlsxwriter', 'openpyxl', 'rich', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
