"""The workbook: formulas that a spreadsheet recomputes to the engine's figures."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import openpyxl
import pytest

from tfp.accounts.elasticities import OutputElasticities, StatedElasticities
from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.income_shares import IncomeShares
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.initial_stock import GivenStock, SteadyState
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.panel.panel import Panel
from tfp.report.content import RunContent, SourceNote
from tfp.report.sheets.data import data_sheet
from tfp.report.sheets.layout import Layout
from tfp.report.workbook import build_workbook
from tfp.tables.workbook_writing import write_workbook

TOLERANCE = 1e-9
# What Excel 2010 and LibreOffice both know.
FUNCTIONS = {"IF", "LN", "EXP", "ABS", "MAX", "MIN", "SUM", "SUMPRODUCT", "AVERAGE", "COUNTIF"}
PERIODS = ("2021-2023", "2022-2023")
YEARS = 4
HEADS = 4  # row of the heads of Data and Results
GROWN = range(HEADS + 2, HEADS + 16)  # rows with growth of the main example
# Makes LibreOffice compute every formula on loading, whatever value is written beside it.
RECOMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def made_up(*entities, **columns):
    """Return four growing years of each entity, with every column that a variant may ask for."""
    rows = len(entities) * YEARS
    steps = np.arange(rows, dtype=float)
    wave = np.sin(steps)
    return {
        "area": [entity for entity in entities for _ in range(YEARS)],
        "year": [2020 + step for _ in entities for step in range(YEARS)],
        "y": 100.0 + 5.0 * steps + wave,
        "k": 300.0 + 12.0 * steps + 3.0 * wave,
        "l": 50.0 + 0.7 * steps - 0.3 * wave,
        "h": 40.0 - 0.2 * steps,
        "i": 30.0 + 2.0 * steps + wave,
        "d": 0.05 + 0.002 * wave,
        "a": 0.40 + 0.02 * wave,
        **columns,
    }


def run(frame, weights, *, roles, inventory=None, **options):
    several = len(set(frame["area"])) > 1
    where = {"entity": "area"} if several else {"area": frame["area"][0]}
    panel = Panel(frame, time="year", output="y", **where, **roles)
    capital = None
    if inventory is not None:
        capital = inventory.fit(panel)
        panel = capital.panel
    accounts = GrowthAccounting(factor_weights=weights, **options).fit(panel)
    averages = ("increments", "sum_of_rates", "log")
    periods = PERIODS if inventory is None else PERIODS[1:]
    return RunContent(
        area="Here",
        language="en",
        accounts=accounts,
        capital=capital,
        panel=panel,
        periods=tuple(accounts.periods(periods, average=average) for average in averages),
    )


def variants():
    plain = {"capital": "k", "labour": "l"}
    invested = {"investment": "i", "labour": "l"}
    dated = FixedShares(by_period={"2021-2021": {"capital": 0.40}, "2022-2023": {"capital": 0.45}})
    return {
        "log": run(made_up("A"), FixedShares(capital=0.4), roles=plain, rates="log"),
        "quotient": run(made_up("A"), FixedShares(capital=0.4), roles=plain, index_form="quotient"),
        "dated": run(made_up("A"), dated, roles=plain, share_timing="average"),
        "income": run(
            made_up("A", "B"),
            IncomeShares(),
            roles={**plain, "capital_share": "a"},
            share_timing="previous",
        ),
        "hours": run(
            made_up("A"), FixedShares(capital=0.4), roles={**plain, "hours_per_worker": "h"}
        ),
        "elasticities": run(
            made_up("A"),
            OutputElasticities(
                StatedElasticities({"capital": 0.5, "labour": 0.6}, "value_added", "aggregate")
            ),
            roles=plain,
        ),
        "mid-year": run(
            made_up("A"),
            FixedShares(capital=0.4),
            roles=invested,
            inventory=PerpetualInventory(
                depreciation=0.05,
                initial_stock=GivenStock(300.0, 2020),
                timing="mid",
                investment_timing="mid_year",
            ),
        ),
        "start, by year": run(
            made_up("A", "B"),
            FixedShares(capital=0.4),
            roles={**invested, "depreciation_rate": "d"},
            inventory=PerpetualInventory(
                depreciation=Geometric(),
                initial_stock=GivenStock({"A": 300.0, "B": 500.0}, 2020),
                timing="start",
            ),
        ),
        "steady state": run(
            made_up("A"),
            FixedShares(capital=0.4),
            roles=invested,
            inventory=PerpetualInventory(depreciation=0.05, initial_stock=SteadyState("2020-2023")),
        ),
        "blank": run(
            made_up("A", y=[100.0, 97.0, 97.5, 103.0]), FixedShares(capital=0.4), roles=plain
        ),
    }


def formulas(path):
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (cell.value, values[sheet.title][cell.coordinate].value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def differs(written, computed):
    if isinstance(written, (int, float)) and isinstance(computed, (int, float)):
        return abs(written - computed) > TOLERANCE * max(1.0, abs(written))
    return written != computed


@pytest.fixture(scope="module")
def folder(tmp_path_factory, national_content):
    """Write all workbooks, and one with another capital share typed into its cell."""
    folder = tmp_path_factory.mktemp("books")
    contents = {"vi": national_content("vi"), "en": national_content("en"), **variants()}
    for name, content in contents.items():
        write_workbook(build_workbook(content), folder / f"{name}.xlsx")
    book = openpyxl.load_workbook(folder / "en.xlsx")
    sheet, cell = book.defined_names["capital_share"].attr_text.split("!")
    book[sheet.strip("'")][cell.replace("$", "")].value = 0.46
    book.save(folder / "changed.xlsx")
    return folder


@pytest.fixture(scope="module")
def recomputed(folder):
    """Return the folder in which LibreOffice has recomputed every workbook."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: nothing here recomputes formulas")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECOMPUTE, encoding="utf-8")
    out = folder / "recomputed"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            *map(str, sorted(folder.glob("*.xlsx"))),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out


@pytest.mark.parametrize("name", ["vi", "en", *variants()])
def test_a_spreadsheet_recomputes_every_written_value(name, folder, recomputed):
    written, computed = formulas(folder / f"{name}.xlsx"), formulas(recomputed / f"{name}.xlsx")
    assert len(written) > 50
    assert len(computed) == len(written)
    assert {
        place: (formula, value, computed[place][1])
        for place, (formula, value) in written.items()
        if differs(value, computed[place][1])
    } == {}


def test_changing_the_capital_share_changes_every_result(recomputed, national_content):
    accounts = national_content("en", share=0.46).accounts
    sheet = openpyxl.load_workbook(recomputed / "changed.xlsx", data_only=True)["Results"]
    heads = [cell.value for cell in sheet[HEADS]]
    first = heads.index("TFP") + 1
    tfp_columns = [number for number, head in enumerate(heads, start=1) if head == "TFP"]
    points = [sheet.cell(row, tfp_columns[0]).value for row in GROWN]
    shares = [sheet.cell(row, tfp_columns[1]).value for row in GROWN]
    expected = 100.0 * accounts.term("tfp")[1:]
    assert first == tfp_columns[0]
    np.testing.assert_allclose(points, expected, rtol=0.0, atol=TOLERANCE)
    np.testing.assert_allclose(shares, 100.0 * expected / (100.0 * accounts.total[1:]), atol=1e-8)
    base = national_content("en").accounts
    assert np.abs(100.0 * base.term("tfp")[1:] - expected).min() > 0.01


def test_changing_the_capital_share_changes_periods_and_targets(recomputed, national_content):
    content = national_content("en", share=0.46)
    book = openpyxl.load_workbook(recomputed / "changed.xlsx", data_only=True)
    rows = [[cell.value for cell in row] for row in book["Periods"].iter_rows()]
    found = [row for row in rows if row[0] == "2021–2024"]
    for periods, row in zip(content.periods, found, strict=True):
        at = periods.period.index("2021-2024")
        share = 100.0 * periods.term("tfp")[at] / periods.total[at]
        assert row[7] == pytest.approx(share, abs=1e-8)
    shares = [row[5].value for row in book["Targets"].iter_rows(min_row=4)]
    expected = [i.share for i in content.comparison.outcomes if i.share is not None]
    assert sorted(s for s in shares if isinstance(s, float)) == pytest.approx(sorted(expected))


def test_the_checks_notice_a_changed_parameter(folder, recomputed):
    for name, fails in (("en", False), ("changed", True)):
        book = openpyxl.load_workbook(recomputed / f"{name}.xlsx", data_only=True)
        sheet, cell = book.defined_names["failed_checks"].attr_text.split("!")
        failed = book[sheet.strip("'")][cell.replace("$", "")].value
        assert (failed > 100) == fails
        assert (failed == 0) != fails


def test_every_formula_uses_functions_of_excel_2010(folder):
    for path in folder.glob("*.xlsx"):
        for formula, _ in formulas(path).values():
            bare = re.sub(r'"[^"]*"', "", formula)
            assert set(re.findall(r"([A-Z][A-Z0-9.]+)\(", bare)) <= FUNCTIONS
            assert len(formula) < 8192


def test_every_result_is_a_formula_with_the_engines_value(folder, national_content):
    accounts = national_content("en").accounts
    sheet = openpyxl.load_workbook(folder / "en.xlsx")["Results"]
    for row in GROWN:
        cells = [sheet.cell(row, column).value for column in range(2, 14)]
        assert all(str(value).startswith("=") for value in cells)
    values = openpyxl.load_workbook(folder / "en.xlsx", data_only=True)["Results"]
    heads = [cell.value for cell in values[HEADS]]
    column = heads.index("TFP") + 1
    written = [values.cell(row, column).value for row in GROWN]
    assert written == (100.0 * accounts.term("tfp")[1:]).tolist()


def test_withheld_shares_read_x(folder):
    rows = list(
        openpyxl.load_workbook(folder / "blank.xlsx", data_only=True)["Results"].iter_rows()
    )
    heads = [cell.value for cell in rows[HEADS - 1]]
    shares = [[row[column].value for column in range(7, 10)] for row in rows[HEADS : HEADS + YEARS]]
    assert heads[7:10] == ["Capital", "Labour", "TFP"]
    assert shares[0] == [None] * 3
    assert shares[1] == shares[2] == ["x"] * 3
    assert all(isinstance(value, float) for value in shares[3])


def test_the_data_sheet_is_flat_and_shows_what_was_changed(folder):
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(folder / "en.xlsx")["Data"].iter_rows(min_row=HEADS)
    ]
    heads = rows[0]
    by_year = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:16]}
    assert by_year[2020]["Labour (thousand persons), as read"] == 53609.58
    assert by_year[2020]["Labour (thousand persons)"] == "=Data!E15*labour_link_2021"
    values = openpyxl.load_workbook(folder / "en.xlsx", data_only=True)["Data"]
    assert values.cell(HEADS + 11, heads.index("Labour (thousand persons)") + 1).value == 50072.01
    assert by_year[2017]["Labour (thousand persons), as read"] is None
    assert by_year[2024]["Status"] == "preliminary"


def test_figures_near_one_are_shown_with_four_decimals():
    frame = made_up("A", l=[0.985, 1.012, 1.037, 1.061])
    content = run(frame, FixedShares(capital=0.4), roles={"capital": "k", "labour": "l"})
    layout = Layout(content)
    cells = dict(zip(layout.data_columns, data_sheet(layout).rows[HEADS], strict=True))
    assert cells["input:labour"].style == "share"
    assert cells["output"].style == "level"


def test_formula_like_text_stays_text(tmp_path, small_accounts):
    hostile = '=HYPERLINK("http://evil.example","click")'
    accounts = small_accounts([100, 105], [300, 309], [50, 51], area=hostile)
    content = RunContent(
        area=hostile,
        language="en",
        accounts=accounts,
        title=hostile,
        output_name=hostile,
        sources=(SourceNote(title=hostile, publisher=hostile, notes=(hostile,)),),
        draft_reasons=(hostile,),
    )
    path = tmp_path / "book.xlsx"
    write_workbook(build_workbook(content), path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    carrying = [cell for cell in cells if isinstance(cell.value, str) and "HYPERLINK" in cell.value]
    assert len(carrying) >= 5
    assert {cell.data_type for cell in carrying} == {"s"}


def test_the_workbook_is_the_same_to_the_byte(tmp_path, national_content):
    for name in ("one", "two"):
        write_workbook(build_workbook(national_content("vi")), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_chart_stacks_the_terms_and_draws_their_total(national_content):
    workbook = build_workbook(national_content("vi"))
    chart, against = [chart for sheet in workbook.sheets for chart in sheet.charts]
    assert [series.name for series in chart.columns] == ["Vốn", "Lao động", "TFP"]
    assert chart.total is not None
    results = next(sheet for sheet in workbook.sheets if sheet.name == chart.total.values.sheet)
    for row in range(chart.total.values.first_row, chart.total.values.last_row + 1):
        parts = [results.rows[row - 1][s.values.column - 1].value for s in chart.columns]
        total = results.rows[row - 1][chart.total.values.column - 1].value
        assert sum(parts) == pytest.approx(total, abs=1e-12)
    # 2023 and 2024 are preliminary, and so is what the last target with a share rests on.
    assert chart.hatched == (12, 13)
    assert against.hatched == (3,)
    targets = next(sheet for sheet in workbook.sheets if sheet.name == "Mục tiêu")
    block = against.columns[0].values
    shares = [
        targets.rows[row - 1][block.column - 1].value
        for row in range(block.first_row, block.last_row + 1)
    ]
    comparison = national_content("vi").comparison
    assert [s for s in shares if s is not None] == [
        item.share
        for item in sorted(comparison.outcomes, key=lambda item: item.target.due_year)
        if item.share is not None
    ]
    assert against.total is not None
    assert not against.stacked


@pytest.mark.parametrize("kind", ["accounts", "periods", "targets", "capital", "decomposition"])
def test_every_result_makes_a_workbook(kind, language, national_content, tmp_path):
    content = national_content(language)
    result = {
        "accounts": content.accounts,
        "periods": content.periods[0],
        "targets": content.comparison,
        "capital": content.capital,
        "decomposition": content.accounts.productivity_form(),
    }[kind]
    path = tmp_path / "result.xlsx"
    result.to_excel(path, language=language)
    book = openpyxl.load_workbook(path)
    assert (len(formulas(path)) > 0) == (kind == "accounts")
    assert all(sheet.max_row > 3 or sheet._charts for sheet in book)
