"""Workbooks of Excel 97-2003, with the fonts of their time.

``tests/data/labour_tcvn3.xls`` holds a table of labour, typed in .VnTime and .VnTimeH.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tfp.errors import TableError
from tfp.tables.reading import read_grid
from tfp.tables.wide_table import wide_table

BOOK = Path(__file__).parents[1] / "data" / "labour_tcvn3.xls"


def test_a_sheet_is_read_in_unicode_with_its_merged_cells() -> None:
    grid = read_grid(BOOK, sheet="20")
    assert (grid.file, grid.sheet) == ("labour_tcvn3.xls", "20")
    rows = {row.number: row.cells for row in grid.rows}
    assert rows[1][0] == "20. LAO ĐỘNG TỪ 15 TUỔI TRỞ LÊN ĐANG LÀM VIỆC", "capitals of .VnTimeH"
    assert rows[4][1:] == (2018.0, 2019.0, 2020.0, "Sơ bộ 2021")
    assert rows[5] == ("TỔNG SỐ", 663.9, 666.3, 670.0, 623.3)
    assert rows[6] == ("Trong đó: Nữ", "331,2", "332,0", "-", "..")
    assert set(grid.merged) == {(3, 1, 4, 1), (3, 2, 3, 5)}
    assert {text.encoding for text in grid.converted} == {"TCVN3"}


def test_its_years_labels_and_unit_are_found() -> None:
    table = wide_table(read_grid(BOOK, sheet="20"))
    years = [(column.year, column.status) for column in table.headers[0].years]
    assert years == [(2018, None), (2019, None), (2020, None), (2021, "preliminary")]
    assert [line.shown for line in table.lines] == ["TỔNG SỐ", "Trong đó: Nữ"]
    assert "ĐVT: Nghìn người" in table.above
    assert table.notes == ("Nguồn: Cục Thống kê tỉnh Hòa An",)


@pytest.mark.parametrize(
    ("sheet", "code", "named"),
    [("21", "unknown-sheet", "Ghi chu"), (None, "sheet-not-named", "20, Ghi chu")],
)
def test_the_sheet_must_be_named_and_known(sheet: str | None, code: str, named: str) -> None:
    with pytest.raises(TableError) as caught:
        read_grid(BOOK, sheet=sheet)
    assert caught.value.code == code
    assert named in caught.value.message("vi")


def test_a_torn_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(BOOK.read_bytes()[:2000])
    with pytest.raises(TableError) as caught:
        read_grid(path, sheet="20")
    assert caught.value.code == "old-excel-unreadable"
    assert ".xlsx" in caught.value.message("vi")
