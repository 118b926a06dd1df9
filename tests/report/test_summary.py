"""Summaries: a few aligned lines of text, and a table in a notebook."""

from __future__ import annotations

import subprocess
import sys

import pytest

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


def test_a_large_panel_is_cut_and_says_so(small_accounts):
    areas = [f"area {number:03}" for number in range(MOST_ROWS + 5) for _ in range(2)]
    growing = [100.0, 105.0] * (MOST_ROWS + 5)
    accounts = small_accounts(growing, growing, growing, entity=areas)
    lines = accounts.summary("en").splitlines()
    assert "… 5 more rows" in lines
    assert summary_html(accounts).count("<tr>") == MOST_ROWS + 2


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
