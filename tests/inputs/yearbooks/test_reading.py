"""Cells of yearbooks to figures: numbers, symbols, units, prices, growth; or a refusal."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tfp.errors import TableError
from tfp.inputs.yearbooks.reading import Wanted, sheet_figures
from tfp.inputs.yearbooks.said_above import prices_said, unit_said
from tfp.tables.grid import Grid, GridRow, Unusable
from tfp.tables.reading import read_grid
from tfp.tables.wide_table import wide_table

UNIT = "ĐVT: Tỷ đồng - Unit: Bill. dongs"


def read(*cells, unit=UNIT, title="", role="output", others=(), heading="", **wanted):
    """Return the figures of one row, whose cells stand below 2019, 2020 and so on."""
    years = list(range(2019, 2019 + len(cells)))
    rows = [[title], ["", unit], ["", *years], [heading], ["Tổng số", *cells], *others]
    grid = Grid(
        "a.xlsx", "39", tuple(GridRow(n, tuple(row)) for n, row in enumerate(rows, start=1) if row)
    )
    return sheet_figures(wide_table(grid), Wanted(rows={role: "Tổng số"}, **wanted), "Hòa An")


def values(*cells, **options) -> list[float]:
    return [figure.value for figure in read(*cells, **options).figures]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("27.065.153", "29.604.453"), [27065153.0, 29604453.0]),
        (("36,63", "1.052"), [36.63, 1052.0]),
        (("1 234,5", "1\u00a0234,5"), [1234.5, 1234.5]),
        (("1,234,567", "935"), [1234567.0, 935.0]),
        (("12.5", "1,052"), [12.5, 1052.0]),
        ((27065.153, 36), [27065.153, 36.0]),
        (("-5,2", "\u22125,2"), [-5.2, -5.2]),
        (("935", "36"), [935.0, 36.0]),
    ],
)
def test_numbers_as_books_print_them(cells, expected) -> None:
    assert values(*cells) == expected


def test_what_one_number_proves_holds_for_the_sheet() -> None:
    other = ["Dịch vụ", "1.052.064", "2"]
    assert values("64.068", "1.052", others=[other]) == [64068.0, 1052.0]


def test_persons_have_no_decimals() -> None:
    assert values("540.985", "549.945", unit="ĐVT: Người", role="labour") == [540985.0, 549945.0]


def test_a_number_that_can_be_two_is_refused_with_its_cell() -> None:
    with pytest.raises(TableError) as caught:
        read("64.068", "1.052")
    error = caught.value
    assert (error.code, error.places[0].sheet, error.places[0].cell) == (
        "number-ambiguous",
        "39",
        "B5",
    )
    assert 'decimal = ","' in error.message("vi")
    assert values("64.068", "1.052", decimal=",") == [64068.0, 1052.0]
    assert values("64.068", "1.052", decimal=".") == [64.068, 1.052]


def test_two_ways_in_one_sheet_are_refused() -> None:
    with pytest.raises(TableError) as caught:
        read("27.065.153", "36.63")
    assert caught.value.code == "decimal-signs-mixed"
    assert {place.cell for place in caught.value.places} == {"B5", "C5"}


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_is_nothing_and_said_so(dash: str) -> None:
    sheet = read("1,5", dash)
    assert [figure.value for figure in sheet.figures] == [1.5, 0.0]
    (finding,) = sheet.findings
    assert (finding.code, finding.places[0].cell) == ("dashes-read-as-zero", "C5")
    assert values("1,5", dash, missing=(dash,)) == [1.5]


@pytest.mark.parametrize("mark", ["..", "...", "…", "x"])
def test_what_is_not_known_is_missing_and_said_so(mark: str) -> None:
    sheet = read("1,5", mark)
    assert [figure.year for figure in sheet.figures] == [2019]
    assert [finding.code for finding in sheet.findings] == ["marked-missing"]


def test_a_mark_at_a_cell_is_its_status() -> None:
    sheet = read("1.234,0", "1.300,0 (p)", "1.400,0 (ước)", "1.500,0*", 7.0)
    assert [figure.value for figure in sheet.figures] == [1234.0, 1300.0, 1400.0, 1500.0, 7.0]
    statuses = [figure.status for figure in sheet.figures]
    assert statuses == [None, "preliminary", "estimate", None, None]
    assert [finding.code for finding in sheet.findings] == ["footnotes-passed-over"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12,5 (kế hoạch)", "yearbook-cell"),
        ("12,5 tỷ", "yearbook-cell"),
        ("1.23.456", "yearbook-cell"),
        (True, "yearbook-cell"),
        (Unusable("#REF!"), "cell-error-value"),
        (Unusable("=", computed=False), "formula-without-value"),
    ],
)
def test_other_cells_are_refused_with_their_place(cell, code) -> None:
    with pytest.raises(TableError) as caught:
        read("1,5", cell)
    assert (caught.value.code, caught.value.places[0].cell) == (code, "C5")
    assert caught.value.message("vi") != caught.value.message("en")


def test_a_row_without_figures_is_refused() -> None:
    with pytest.raises(TableError) as caught:
        read("..", "...", others=[["Dịch vụ", "1,5", "2,5"]])
    assert caught.value.code == "label-without-figures"


ROWS = [
    ("", 2019, 2020),
    ("GRDP (Tỷ đồng)", 1.5, 2.5),
    ("Lao động, nghìn người", 3.0, 4.0),
]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ĐVT: Triệu đồng - Unit: Mill. dongs", "Triệu đồng"),
        ("Đơn vị tính: Tỷ đồng", "Tỷ đồng"),
        ("Unit: Bill. dongs", "billion VND"),
        ("Nghìn người - Thous. pers.", "Nghìn người"),
        ("Lao động (Người)", "Người"),
        ("Chỉ số phát triển (Năm trước = 100) - %", "previous year = 100"),
        ("Previous year = 100", "previous year = 100"),
        ("Cơ cấu (%)", "%"),
        ("Lao động từ 15 tuổi trở lên", None),
    ],
)
def test_units_as_headings_say_them(text: str, unit: str | None) -> None:
    assert unit_said([text]) == unit


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("GRDP theo giá so sánh 2010 - At constant 2010 prices", "2010"),
        ("Theo giá so sánh năm 2020", "2020"),
        ("Giá hiện hành - At current prices", "current"),
        ("GRDP theo giá hiện hành và giá so sánh 2010", None),
        ("GRDP phân theo khu vực, 2010-2015", None),
    ],
)
def test_prices_as_headings_say_them(text: str, prices: str | None) -> None:
    assert prices_said([text]) == prices


def test_a_unit_that_is_nowhere_said_is_a_warning() -> None:
    (finding,) = read(1.5, 2.5, unit="").findings
    assert (finding.code, finding.severity) == ("unit-not-said", "warn")


def test_a_declared_unit_goes_before_what_the_sheet_says() -> None:
    grid = Grid("a.csv", None, tuple(GridRow(n, row) for n, row in enumerate(ROWS, start=1)))
    wanted = Wanted(rows={"output": "GRDP", "labour": "Lao động, nghìn người"})
    found = {f.variable: f.unit for f in sheet_figures(wide_table(grid), wanted, "x").figures}
    assert found == {"output": "Tỷ đồng", "labour": "nghìn người"}
    declared = Wanted(rows={"output": "GRDP"}, unit="triệu đồng")
    (figure, _) = sheet_figures(wide_table(grid), declared, "x").figures
    assert figure.unit == "triệu đồng"
    assert (figure.found_at.file, figure.found_at.cell) == ("a.csv", "B2")


GROWTH = {"role": "output_growth", "unit": ""}


def test_an_index_becomes_growth_to_the_last_digit() -> None:
    index = "Chỉ số phát triển (Năm trước = 100)"
    sheet = read("106,41", "99,87", heading=index, **GROWTH)
    assert [(figure.value, figure.unit) for figure in sheet.figures] == [(6.41, "%"), (-0.13, "%")]
    assert {finding.code for finding in sheet.findings} == {"indices-read-as-growth"}


def test_growth_stays_growth() -> None:
    sheet = read("6,41", "-0,13", heading="Tốc độ tăng - Growth rate (%)", **GROWTH)
    assert [(figure.value, figure.unit) for figure in sheet.figures] == [(6.41, "%"), (-0.13, "%")]
    assert not sheet.findings


@pytest.mark.parametrize(
    ("cells", "heading"),
    [(("106,41", "105,2"), "Tốc độ tăng (%)"), (("6,41", "5,2"), "Chỉ số phát triển")],
)
def test_an_index_that_is_called_growth_is_refused(cells, heading) -> None:
    with pytest.raises(TableError) as caught:
        read(*cells, heading=heading, **GROWTH)
    assert caught.value.code == "growth-or-index"
    assert "năm trước = 100" in caught.value.message("vi")


def test_per_cent_cells_are_what_they_show() -> None:
    assert values("6,5%", "7,25%", **GROWTH) == [6.5, 7.25]
    grid = Grid(
        "a.xlsx",
        "1",
        (GridRow(1, ("", 2019, 2020)), GridRow(2, ("Tốc độ tăng", 0.0641, -0.0013))),
        per_cent=frozenset({(2, 2), (2, 3)}),
    )
    wanted = Wanted(rows={"output_growth": "Tốc độ tăng"})
    figures = sheet_figures(wide_table(grid), wanted, "x").figures
    assert [(figure.value, figure.unit) for figure in figures] == [(6.41, "%"), (-0.13, "%")]
    with pytest.raises(TableError) as caught:
        read("6,5%", "7,25%")
    assert caught.value.code == "yearbook-cell", "a level is no share"


def test_blocks_side_by_side_have_their_own_prices() -> None:
    grid = Grid(
        "a.xlsx",
        "40",
        (
            GridRow(1, ("", "Giá hiện hành", None, "Giá so sánh 2010", None)),
            GridRow(2, ("", 2019, 2020, 2019, 2020)),
            GridRow(3, ("Tổng số (Tỷ đồng)", "1,5", "2,5", "3,5", "4,5")),
        ),
        merged=((1, 2, 1, 3), (1, 4, 1, 5)),
    )
    table = wide_table(grid)
    wanted = {"output": "Tổng số"}
    sheet = sheet_figures(table, Wanted(rows=wanted, column="Giá so sánh 2010"), "x")
    assert [figure.value for figure in sheet.figures] == [3.5, 4.5]
    assert sheet.price_bases == {"output": "2010"}
    with pytest.raises(TableError) as caught:
        sheet_figures(table, Wanted(rows=wanted, column="Giá hiện hành"), "x")
    assert caught.value.code == "rows-at-current-prices"
    with pytest.raises(TableError) as caught:
        sheet_figures(table, Wanted(rows=wanted), "x")
    assert caught.value.code == "year-columns-several"


def test_a_table_continued_by_further_years_is_one() -> None:
    others = [["(Tiếp theo)"], ["", 2021, 2022], ["Tổng số", 3.5, 4.5]]
    sheet = read(1.5, 2.5, others=others)
    assert [(f.year, f.value, f.found_at.cell) for f in sheet.figures] == [
        (2019, 1.5, "B5"),
        (2020, 2.5, "C5"),
        (2021, 3.5, "B8"),
        (2022, 4.5, "C8"),
    ]
    again = [["(Tiếp theo)"], ["", 2020, 2021], ["Tổng số", 3.5, 4.5]]
    with pytest.raises(TableError) as caught:
        read(1.5, 2.5, others=again)
    assert caught.value.code == "label-several"


def test_a_workbook_says_which_numbers_it_shows_in_per_cent(tmp_path) -> None:
    book = Workbook()
    book.active.append(["", 2019, 2020])
    book.active.append(["Tốc độ tăng", 0.0641, 0.0705])
    book.active["B2"].number_format = "0.00%"
    book.active["C2"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    table = wide_table(read_grid(tmp_path / "a.xlsx"))
    wanted = Wanted(rows={"output_growth": "Tốc độ tăng"})
    figures = sheet_figures(table, wanted, "x").figures
    assert [figure.value for figure in figures] == [6.41, 7.05]
