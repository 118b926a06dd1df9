"""What is written is what is read back: by us, by openpyxl, and byte for byte."""

from __future__ import annotations

import io
import math
import unicodedata
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.errors import OutputError
from tfp.tables import workbook_checks
from tfp.tables.chart import Block, ChartSpec, Series
from tfp.tables.excel_file import excel_grid
from tfp.tables.reading import read_table
from tfp.tables.references import range_reference
from tfp.tables.workbook import Cell, Sheet, Workbook, table_rows
from tfp.tables.workbook_writing import workbook_bytes, write_workbook

DAY = datetime(2024, 7, 1)  # noqa: DTZ001  (sheets have no zone)
YEARS = [2011, 2012, 2013]
CAPITAL = [3.342492, 3.045863, -2.963121]
TFP = [1.476130, math.nan, 1.673979]


def one_sheet(*cells, **options):
    return Workbook("title", (Sheet("Sheet", (cells,), **options),))


def reopened(book, *, computed=True):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(book)), data_only=computed)


def formula(row):
    return f'=IF(COUNT(B{row}:C{row})<2,"",capital_share/0.4*(B{row}+C{row}))'


def accounts():
    """Return a small book of accounts: a parameter, formulas with values, a chart."""
    share = Cell(0.4, style="share", role="parameter", name="capital_share")
    sums = [
        Cell(c + t, formula(row), "points")
        for row, (c, t) in enumerate(zip(CAPITAL, TFP, strict=True), start=3)
    ]
    capital, tfp = (
        [Cell(value, style="points", reason="thiếu số liệu") for value in values]
        for values in (CAPITAL, TFP)
    )
    rows = table_rows(
        ["Năm", "Vốn", "TFP", "Tổng"],
        [YEARS, capital, tfp, sums],
        ["year", "points", "points", "points"],
    )
    title = (Cell("Tăng trưởng và đóng góp", role="title"),)
    blocks = [Block("Kết quả", column, 3, 5) for column in range(1, 5)]
    chart = ChartSpec(
        title="Đóng góp vào tăng trưởng",
        categories=blocks[0],
        columns=(Series("Vốn", blocks[1], "#0072B2"), Series("TFP", blocks[2], "#D55E00")),
        total=Series("Tổng", blocks[3], "#000000"),
        value_title="điểm phần trăm",
        row=8,
    )
    results = Sheet(
        "Kết quả",
        (title, *rows),
        notes=("Nguồn: Cục Thống kê. " * 8,),
        widths={4: 20},
        freeze=(2, 1),
        repeated_rows=(1, 2),
        landscape=True,
        charts=(chart,),
    )
    return Workbook(
        "Hạch toán tăng trưởng",
        (results, Sheet("Tham số", ((Cell("Tỷ trọng vốn"), share),))),
        properties={"author": "Cục Thống kê"},
    )


def test_formulas_stand_with_their_values():
    values, formulas = reopened(accounts()), reopened(accounts(), computed=False)
    for row, (capital, tfp) in enumerate(zip(CAPITAL, TFP, strict=True), start=3):
        cell = f"D{row}"
        assert formulas["Kết quả"][cell].value == formula(row)
        assert values["Kết quả"][cell].value == (None if math.isnan(tfp) else capital + tfp)
    assert values.defined_names["capital_share"].attr_text == "'Tham số'!$B$1"
    assert values["Tham số"]["B1"].value == 0.4


def test_our_own_reader_finds_the_table_again(tmp_path):
    write_workbook(accounts(), tmp_path / "kết quả.xlsx")
    path = next(tmp_path.iterdir())
    with pytest.raises(OutputError, match="output-is-folder"):
        write_workbook(accounts(), tmp_path)
    plain = replace(accounts().sheets[0], notes=(), charts=())
    write_workbook(Workbook("t", (plain,)), path)
    table = read_table(path, header_row=2)
    assert table.columns == ("Năm", "Vốn", "TFP", "Tổng")
    assert table.integers(unicodedata.normalize("NFD", "Năm")).tolist() == YEARS
    np.testing.assert_array_equal(table.numbers("Vốn"), CAPITAL)
    np.testing.assert_array_equal(table.numbers("TFP"), TFP)
    # A formula whose value is blank counts as computed.
    np.testing.assert_array_equal(table.numbers("Tổng"), np.add(CAPITAL, TFP))
    assert table.address(1, "Tổng") == "D4"


def test_the_same_content_gives_the_same_bytes():
    assert workbook_bytes(accounts()) == workbook_bytes(accounts())
    later = replace(accounts(), created=DAY)
    assert workbook_bytes(later) != workbook_bytes(accounts())
    assert reopened(later).properties.created == DAY
    assert reopened(later).properties.creator == "Cục Thống kê"
    assert reopened(later).properties.title == "Hạch toán tăng trưởng"


@settings(max_examples=25)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_numbers_keep_every_digit(numbers):
    row = (*(Cell(n, style="number") for n in numbers), *(Cell(n, "=1*1") for n in numbers))
    book = Workbook("t", (Sheet("Sheet", (row,)),))
    (read,) = excel_grid(workbook_bytes(book), "a.xlsx").rows
    assert list(read.cells) == numbers * 2


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-",
        "@SUM(A1)",
        "{=1}",
        "http://example.org",
        "mailto:a@b.vn",
        "internal:Sheet!A1",
        "36,63",
        "2024",
        "1e5",
        "TRUE",
        "#REF!",
        "_x0041_",
        "a\nb",
        "<b>&amp;</b>",
        "Hòa Bình",
        "điểm phần trăm 😀",
        "x" * 32_767,
    ],
)
def test_text_stays_text(text):
    cell = reopened(one_sheet(Cell(text)), computed=False)["Sheet"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    # Editing the cell must not turn it into a formula either.
    assert cell.number_format == "@"
    computed = reopened(one_sheet(Cell(text, '=A9&""')))["Sheet"]["A1"]
    assert computed.value == text


def test_blanks_stay_blank_and_say_why():
    book = reopened(
        one_sheet(
            Cell(math.nan, style="points", reason="tăng trưởng dưới 1 điểm"),
            Cell(None),
            None,
            Cell(np.float64("nan")),
            Cell(pd.NaT),
            Cell(1.5, reason="not blank, hence no remark"),
            Cell("", role="heading"),
        )
    )
    cells = book["Sheet"][1]
    assert [cell.value for cell in cells] == [None, None, None, None, None, 1.5, None]
    assert cells[0].comment.text == "tăng trưởng dưới 1 điểm"
    assert [cell.comment for cell in cells[1:]] == [None] * 6


def test_scalars_of_other_libraries_are_taken():
    cells = reopened(
        one_sheet(
            *map(
                Cell,
                [np.int64(7), np.float32(0.5), np.bool_(1), True, 7, date(2024, 7, 1), DAY],
            ),
            Cell(pd.Timestamp(DAY), style="date"),
            Cell(True, formula="=1=1"),  # noqa: FBT003
            Cell(np.int64(2), formula="=1+1"),
        )
    )["Sheet"][1]
    values = [cell.value for cell in cells]
    assert [bool, bool, bool] == [type(values[2]), type(values[3]), type(values[8])]
    assert values[:5] == [7, 0.5, True, True, 7]
    assert values[8:] == [True, 2]
    assert cells[7].value == DAY


def test_styles_show_numbers_as_their_readers_expect():
    styles = {
        "level": "#,##0.0",
        "points": "0.00",
        "per_cent": "0.00",
        "share": "0.0000",
        "index": "0.000",
        "whole": "#,##0",
        "year": "0",
        "number": "General",
    }
    cells = reopened(one_sheet(*(Cell(1.5, style=style) for style in styles)))["Sheet"][1]
    assert [cell.number_format for cell in cells] == list(styles.values())


def test_sheets_are_laid_out_for_reading_and_printing():
    sheet = reopened(accounts())["Kết quả"]
    assert sheet.freeze_panes == "B3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    # One page wide is the format's default, and stands nowhere.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.column_dimensions["D"].width == pytest.approx(20, abs=1)
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A7:D7"]
    assert sheet["A7"].value.startswith("Nguồn")
    assert sheet.row_dimensions[7].height > 30
    assert reopened(accounts())["Tham số"].page_setup.orientation != "landscape"


def test_rows_are_as_high_as_their_wrapped_text():
    words = "Thành phố Hồ Chí Minh và các tỉnh lân cận; " * 5
    rows = (
        (Cell("năm và giai đoạn", role="heading"), Cell("số liệu", role="heading")),
        (Cell("ngắn"), Cell(1.0, style="points")),
        (Cell(words), Cell(2.0, style="points")),
        (Cell("từ " * 5000), Cell(3.0, style="points")),
    )
    book = Workbook("title", (Sheet("Sheet", rows, widths={1: 30.0}),))
    (sheet,) = reopened(book).worksheets
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    lines = math.ceil(len(words) / 30)
    assert heights[0] in (None, 15)
    assert lines * 15 <= heights[1] <= (lines + 2) * 15
    assert heights[2] == pytest.approx(409, abs=0.5)
    assert sheet["A3"].alignment.wrap_text
    assert (sheet["A3"].alignment.horizontal, sheet["A3"].alignment.indent) == ("left", 1)
    assert [sheet[cell].alignment.vertical for cell in ("A3", "B3", "B2")] == ["top"] * 3
    assert workbook_bytes(book) == workbook_bytes(book)


def test_columns_are_as_wide_as_names_and_words_of_headings():
    head = Cell("Giờ làm việc bình quân", role="heading")
    names = tuple((Cell(name), Cell(1.5)) for name in ("Thành phố Hồ Chí Minh", "Hà Nội"))
    (sheet,) = reopened(
        Workbook("title", (Sheet("Sheet", ((Cell("Địa bàn", role="heading"), head), *names)),))
    ).worksheets
    assert sheet.column_dimensions["A"].width > len("Thành phố Hồ Chí Minh")
    assert sheet.column_dimensions["B"].width < len(head.value)
    assert sheet.row_dimensions[1].height >= 30


def chart_parts(book):
    names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(book))) as archive:
        (part,) = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        return ET.fromstring(archive.read(part)), names  # noqa: S314


def test_the_chart_stacks_the_parts_and_marks_their_total():
    chart, names = chart_parts(accounts())
    bars, line = chart.find(".//c:barChart", names), chart.find(".//c:lineChart", names)
    assert bars.find("c:grouping", names).get("val") == "stacked"
    assert len(bars.findall("c:ser", names)) == 2
    assert len(line.findall("c:ser", names)) == 1
    assert line.find(".//c:marker/c:symbol", names).get("val") == "diamond"

    def points(series, kind):
        return [float(v.text) for v in series.findall(f"c:{kind}//c:pt/c:v", names)]

    # Readers that do not recalculate draw from the values stored beside the references.
    capital = bars.find("c:ser", names)
    assert points(capital, "val") == CAPITAL
    assert points(capital, "cat") == YEARS
    assert capital.find("c:val//c:f", names).text == "'Kết quả'!" + range_reference(
        (3, 2), (5, 2), absolute=True
    )
    assert points(line, "ser/c:val")[0] == pytest.approx(CAPITAL[0] + TFP[0], abs=1e-15)


def chart(**changes):
    block = replace(Block("Sheet", 1, 1, 1), **changes)
    return ChartSpec("t", block, (Series("s", block, "#000000"),))


def with_sheet_names(*names):
    return lambda: Workbook("t", tuple(Sheet(name, ()) for name in names))


def with_cell(*values, **options):
    return lambda: one_sheet(Cell(*values, **options))


REFUSED = {
    # name: (maker, code, sheet and cell, words of the message)
    "no sheet": (with_sheet_names(), "workbook-without-sheets", (None, None), []),
    "no name": (with_sheet_names(""), "sheet-name-length", ("", None), ["31"]),
    "32 characters": (with_sheet_names("x" * 32), "sheet-name-length", ("x" * 32, None), ["32"]),
    "16 emoji": (with_sheet_names("😀" * 16), "sheet-name-length", ("😀" * 16, None), ["32"]),
    "slash": (with_sheet_names("K/L"), "sheet-name-characters", ("K/L", None), ["K/L"]),
    "backslash": (with_sheet_names("K\\L"), "sheet-name-characters", ("K\\L", None), []),
    "brackets": (with_sheet_names("[K]"), "sheet-name-characters", ("[K]", None), []),
    "line end": (with_sheet_names("K\nL"), "sheet-name-characters", ("K\nL", None), []),
    "apostrophe": (with_sheet_names("'K"), "sheet-name-characters", ("'K", None), []),
    "reserved": (with_sheet_names("history"), "sheet-name-characters", ("history", None), []),
    "same name": (
        with_sheet_names("Vốn", "VỐN"),
        "sheet-name-repeated",
        (None, None),
        ["VỐN, Vốn"],
    ),
    "infinity": (with_cell(math.inf), "value-not-for-cell", ("Sheet", "A1"), ["inf", "float"]),
    "numpy infinity": (with_cell(-np.inf, "=1/0"), "value-not-for-cell", ("Sheet", "A1"), []),
    "beyond a double": (with_cell(10**400), "value-not-for-cell", ("Sheet", "A1"), ["int"]),
    "list": (with_cell([1]), "value-not-for-cell", ("Sheet", "A1"), ["[1]", "list"]),
    "before 1900": (with_cell(date(1899, 1, 1)), "value-not-for-cell", ("Sheet", "A1"), []),
    "zone": (with_cell(datetime.now(UTC)), "value-not-for-cell", ("Sheet", "A1"), []),
    "text too long": (with_cell("x" * 32_768), "text-too-long", ("Sheet", "A1"), ["32768"]),
    "reason too long": (
        with_cell(reason="x" * 32_768),
        "text-too-long",
        ("Sheet", "A1"),
        ["32768"],
    ),
    "no equals sign": (with_cell(2, "1+1"), "formula-malformed", ("Sheet", "A1"), ["1+1"]),
    "empty formula": (with_cell(2, "="), "formula-malformed", ("Sheet", "A1"), []),
    "formula of a day": (with_cell(DAY, "=A2"), "formula-malformed", ("Sheet", "A1"), []),
    "name with a blank": (with_cell(1, name="a b"), "cell-name-malformed", ("Sheet", "A1"), []),
    "name like a cell": (with_cell(1, name="TFP1"), "cell-name-malformed", ("Sheet", "A1"), []),
    "name like a row": (with_cell(1, name="R1C1"), "cell-name-malformed", ("Sheet", "A1"), []),
    "name twice": (
        lambda: one_sheet(Cell(1, name="share"), Cell(2, name="Share")),
        "cell-name-repeated",
        ("Sheet", "B1"),
        ["Share"],
    ),
    "chart of no sheet": (
        lambda: one_sheet(Cell(1), charts=(chart(sheet="Data"),)),
        "chart-outside-workbook",
        ("Sheet", None),
        ["Data!A1"],
    ),
    "chart of no row": (
        lambda: one_sheet(Cell(1), charts=(chart(last_row=2),)),
        "chart-outside-workbook",
        ("Sheet", None),
        ["Sheet!A1"],
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_excel_would_refuse_or_drop_is_refused_first(kind):
    make, code, (sheet, cell), words = REFUSED[kind]
    with pytest.raises(OutputError) as caught:
        make()
    error = caught.value
    assert error.code == code
    if error.places:
        assert (error.places[0].sheet, error.places[0].cell) == (sheet, cell)
    else:
        assert (sheet, cell) == (None, None)
    for language in ("en", "vi"):
        message = error.message(language)
        assert all(word in message for word in words), message


def test_a_sheet_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_checks, "MOST_ROWS", 3)
    rows = ((Cell(1),),)
    Workbook("t", (Sheet("a", rows * 2),))
    with pytest.raises(OutputError) as caught:
        Workbook("t", (Sheet("a", rows * 3),))
    assert caught.value.code == "sheet-too-large"
    monkeypatch.setattr(workbook_checks, "MOST_COLUMNS", 1)
    with pytest.raises(OutputError, match="sheet-too-large"):
        one_sheet(Cell(1), Cell(2))
    assert "1048576" in caught.value.message("vi")


def test_a_block_of_columns_becomes_rows_of_cells():
    rows = table_rows(["a", "b"], [[1, 2], [Cell("x"), 3.0]], ["year", "points"])
    assert rows[0] == (Cell("a", role="heading"), Cell("b", role="heading"))
    assert rows[1:] == (
        (Cell(1, style="year"), Cell("x")),
        (Cell(2, style="year"), Cell(3.0, style="points")),
    )
    for ragged in ([[1]], [[1, 2], [3]]):
        with pytest.raises(ValueError, match="zip"):
            table_rows(["a", "b"], ragged, ["year", "points"])
