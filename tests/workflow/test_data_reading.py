"""Figures as offices keep them: workbooks, decimal commas, cells that are named when wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tfp.errors import PanelError, TableError
from tfp.workflow.data_reading import read_data_file
from tfp.workflow.plans.plan_reading import plan_of

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ["Năm", "GRDP", "Vốn", "Lao động", "Khái niệm", "Trạng thái"],
    [2019, "27.065,5", 60000, 722.0, "ICLS-13", "final"],
    [2020, "28.100,2", 63000, 725.5, "ICLS-13", "final"],
    [2021, "29.900,7", 66000, 680.5, "ICLS-19", "preliminary"],
]


def plan(**data: object):
    columns = {"output": "GRDP", "capital": "Vốn", "labour": "Lao động"}
    return plan_of(
        {
            "plan": {"title": "Hưng Yên", "area": "Hưng Yên", "language": "vi"},
            "data": {"file": "so-lieu.xlsx", "time": "Năm", "columns": columns, **data},
            "method": {"shares": {"capital": 0.4}},
        }
    )


def workbook(path: Path, rows: list[list[object]], above: int = 0) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 39"
    for _ in range(above):
        sheet.append(["Tổng sản phẩm trên địa bàn"])
    for row in rows:
        sheet.append(row)
    book.create_sheet("Ghi chú")
    book.save(path)


def test_a_sheet_of_a_workbook_with_decimal_commas(tmp_path: Path) -> None:
    workbook(tmp_path / "so-lieu.xlsx", ROWS, above=2)
    described = plan(
        sheet="Biểu 39",
        header_row=3,
        decimal=",",
        definitions={"labour": "Khái niệm"},
        status="Trạng thái",
        units={"output": "tỷ đồng"},
    )
    read = read_data_file(described, tmp_path)
    assert read.panel.values("output").tolist() == [27065.5, 28100.2, 29900.7]
    assert read.panel.column("labour").definitions == ("ICLS-13", "ICLS-19")
    assert read.panel.column("labour").breaks_of_definition == (2,)
    assert read.panel.column("output").unit == "tỷ đồng"
    assert read.panel.status.tolist() == [0, 0, 2]
    assert read.panel.rows.entities == ("Hưng Yên",)
    assert (read.file.name, read.file.rows) == ("so-lieu.xlsx", 3)


def test_a_cell_that_is_no_number_is_named_with_sheet_and_key(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[2][2] = "63000 (ước)"
    workbook(tmp_path / "so-lieu.xlsx", rows)
    with pytest.raises(TableError) as raised:
        read_data_file(plan(sheet="Biểu 39", decimal=","), tmp_path)
    assert raised.value.code == "cell-not-a-number"
    key, cell = raised.value.places
    assert key.key == "data.columns.capital"
    assert (cell.sheet, cell.cell) == ("Biểu 39", "C3")


def test_a_file_in_another_folder_leaves_no_folder_in_the_manifest(tmp_path: Path) -> None:
    workbook(tmp_path / "so-lieu.xlsx", ROWS)
    (tmp_path / "office").mkdir()
    for name in (str(tmp_path / "so-lieu.xlsx"), "../so-lieu.xlsx"):
        described = plan(file=name, sheet="Biểu 39", decimal=",")
        assert read_data_file(described, tmp_path / "office").file.name == "so-lieu.xlsx"


def test_a_file_in_a_folder_below_keeps_its_name_from_the_plan(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    workbook(tmp_path / "data" / "so-lieu.xlsx", ROWS)
    described = plan(file="data/so-lieu.xlsx", sheet="Biểu 39", decimal=",")
    assert read_data_file(described, tmp_path).file.name == "data/so-lieu.xlsx"


def test_years_that_occur_twice_are_named(tmp_path: Path) -> None:
    workbook(tmp_path / "so-lieu.xlsx", [*ROWS, ROWS[-1]])
    with pytest.raises(PanelError) as raised:
        read_data_file(plan(sheet="Biểu 39", decimal=","), tmp_path)
    assert raised.value.code == "duplicate-keys"
    assert raised.value.places[0].key == "data"
    assert raised.value.places[1].time == 2021


def test_rows_of_several_provinces_without_their_column_ask_for_it(tmp_path: Path) -> None:
    workbook(tmp_path / "so-lieu.xlsx", [*ROWS, *ROWS[-2:]])
    with pytest.raises(PanelError) as raised:
        read_data_file(plan(sheet="Biểu 39", decimal=","), tmp_path)
    error = raised.value
    assert (error.code, error.fields["rows"]) == ("several-rows-a-period", 2)
    assert "data.entity" in error.remedy("vi", in_plan=True)


def test_thousands_with_dots_wait_for_data_decimal(tmp_path: Path) -> None:
    lines = ["Năm;GRDP;Vốn;Lao động", "2019;27.065;60.000;722,0", "2020;28.100;63.000;725,5"]
    (tmp_path / "so-lieu.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(TableError) as raised:
        read_data_file(plan(file="so-lieu.csv"), tmp_path)
    assert raised.value.code == "decimal-ambiguous"
    assert "data.columns.output" in [place.key for place in raised.value.places]
    assert '27.065 là 27065, ghi decimal = ","' in raised.value.message("vi")
    read = read_data_file(plan(file="so-lieu.csv", decimal=","), tmp_path)
    assert read.panel.values("output").tolist() == [27065, 28100]


@pytest.mark.parametrize(
    ("options", "above", "code", "key"),
    [
        ({"sheet": "Bieu 39"}, 0, "unknown-sheet", "data.sheet"),
        ({}, 0, "sheet-not-named", "data.sheet"),
        ({"sheet": "Biểu 39"}, 2, "header-cell-empty", "data.header_row"),
        ({"sheet": "Biểu 39", "header_row": 30}, 0, "header-missing", "data.header_row"),
    ],
)
def test_the_key_that_mends_it_is_named(
    tmp_path: Path, options: dict[str, object], above: int, code: str, key: str
) -> None:
    workbook(tmp_path / "so-lieu.xlsx", ROWS, above=above)
    with pytest.raises(TableError) as raised:
        read_data_file(plan(**options), tmp_path)
    assert raised.value.code == code
    assert raised.value.places[0].key == key
    for language in ("en", "vi"):
        assert key in raised.value.part("remedy", language)
