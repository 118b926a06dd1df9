"""Headers, labels, parts and notes of yearbooks' tables, in the shapes that they come in."""

from __future__ import annotations

import pytest

from tfp.errors import TableError
from tfp.tables.grid import Grid, GridRow
from tfp.tables.line_labels import alike, readings, same_label
from tfp.tables.sheet_lines import line_called, lines_in_section
from tfp.tables.wide_table import wide_table, year_columns


def grid(*rows, merged=(), sheet="1") -> Grid:
    found = [GridRow(number, tuple(row)) for number, row in enumerate(rows, start=1)]
    return Grid("a.xlsx", sheet, tuple(row for row in found if not row.is_empty), merged=merged)


def years(table) -> list[tuple[int, str | None]]:
    return [(column.year, column.status) for column in table.headers[0].years]


def test_a_bilingual_header_over_three_lines() -> None:
    table = wide_table(
        grid(
            ["39. GRDP theo giá so sánh 2010 (tiếp theo)"],
            [None, None, None, None, "ĐVT: Tỷ đồng"],
            ["Chỉ tiêu", "Năm - Year"],
            [None, 2015, 2018, "Sơ bộ", "Ước tính"],
            [None, None, None, "2019", "2020"],
            [None, None, None, "Prel. 2019", "Est. 2020"],
            ["Tổng số", 1, 2, 3, 4],
            merged=((3, 2, 3, 5), (3, 1, 6, 1)),
        )
    )
    assert years(table) == [
        (2015, None),
        (2018, None),
        (2019, "preliminary"),
        (2020, "estimate"),
    ]
    assert [line.number for line in table.lines] == [7]


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Sơ bộ 2021 - Prel. 2021", "preliminary"),
        ("Sơ bộ\n2021", "preliminary"),
        ("2021 (p)", "preliminary"),
        ("2021 (sb)", "preliminary"),
        ("Ước 2021", "estimate"),
        ("Ước tính 2021 - Est. 2021", "estimate"),
        ("Ước TH 2021", "estimate"),
        ("2021 (r)", "revised"),
        ("Chính thức 2021", "final"),
        ("Năm 2021", None),
        ("2021(*)", None),
        (2021.0, None),
    ],
)
def test_what_a_header_says_of_a_year(header: object, status: str | None) -> None:
    table = wide_table(grid(["", 2020, header], ["Tổng số", 1, 2]))
    assert years(table) == [(2020, None), (2021, status)]


@pytest.mark.parametrize("header", ["Kế hoạch 2021", "6 tháng 2021", "Bình quân 2016-2020"])
def test_columns_that_are_no_year_are_left_out(header: str) -> None:
    table = wide_table(grid(["", 2019, 2020, header], ["Tổng số", 1, 2, 3]))
    assert years(table) == [(2019, None), (2020, None)]


def test_figures_that_look_like_years_are_figures() -> None:
    table = wide_table(
        grid(["", 2019, 2020, 2021], ["Số hộ", 1950, 1987, 2010], ["Tổng số", 1, 2, 3])
    )
    assert [line.shown for line in table.lines] == ["Số hộ", "Tổng số"]


def test_a_continued_table_has_two_headers() -> None:
    table = wide_table(
        grid(
            ["", 2016, 2017],
            ["Tổng số", 1, 2],
            ["(Tiếp theo)"],
            ["", 2018, 2019],
            ["Tổng số", 3, 4],
        )
    )
    assert [[column.year for column in header.years] for header in table.headers] == [
        [2016, 2017],
        [2018, 2019],
    ]


def test_years_that_run_down() -> None:
    table = wide_table(
        grid(
            ["Năm", "GRDP (Tỷ đồng)", "Lao động (Nghìn người)"],
            [2019, "1.234,5", 10.0],
            ["2020 (Sơ bộ)", "1.300,0", 11.0],
            ["2021", "..", 12.0],
        )
    )
    assert years(table) == [(2019, None), (2020, "preliminary"), (2021, None)]
    line = line_called(table, table.lines, "GRDP", "output")
    assert list(line.cells.values()) == ["1.234,5", "1.300,0", ".."]
    assert table.place(line, line.header.years[1].position).cell == "B3"


def test_columns_below_one_year_are_chosen_by_their_heading() -> None:
    table = wide_table(
        grid(
            ["", 2019, None, 2020, None],
            ["", "Tổng số - Total", "Nữ", "Tổng số - Total", "Nữ"],
            ["Hòa An", 10, 4, 12, 5],
            merged=((1, 2, 1, 3), (1, 4, 1, 5)),
        )
    )
    (line,) = table.lines
    assert [column.position for column in year_columns(table, line, "Tổng số")] == [2, 4]
    assert [column.position for column in year_columns(table, line, "nữ")] == [3, 5]
    for column, code in ((None, "year-columns-several"), ("Nam", "year-columns-none")):
        with pytest.raises(TableError) as caught:
            year_columns(table, line, column)
        assert caught.value.code == code
        assert "Tổng số" in caught.value.message("vi")


SECTIONS = grid(
    ["39. Tổng sản phẩm"],
    ["", 2019, 2020],
    ["", "Giá so sánh 2010"],
    ["TỔNG SỐ - TOTAL", 1, 2],
    ["Phân theo loại hình"],
    ["Nhà nước - State", 3, 4],
    ["Trung ương", 5, 6],
    ["", "Giá hiện hành"],
    ["TỔNG SỐ - TOTAL", 7, 8],
    ["Phân theo loại hình"],
    ["Nhà nước - State", 9, 10],
    ["Trung ương", 11, 12],
    ["Ghi chú: TỔNG SỐ gồm cả thuế", 99, 99],
    ["Nguồn: Cục Thống kê"],
    merged=((3, 2, 3, 3), (8, 2, 8, 3)),
)


def test_a_part_of_the_sheet_is_named_by_its_heading() -> None:
    table = wide_table(SECTIONS)
    constant = lines_in_section(table, "giá so sánh")
    assert [line.number for line in constant] == [4, 6, 7]
    assert line_called(table, constant, "tổng số", "output").number == 4
    current = lines_in_section(table, "GIÁ HIỆN HÀNH")
    assert line_called(table, current, "Nhà nước > Trung ương", "output").number == 12
    assert line_called(table, current, "State", "output").number == 11


@pytest.mark.parametrize(
    ("section", "code", "words"),
    [
        ("Cơ cấu", "section-unknown", "Giá hiện hành"),
        ("loại hình", "section-several", "Phân theo loại hình"),
    ],
)
def test_a_heading_that_is_not_there_or_there_twice(section, code, words) -> None:
    with pytest.raises(TableError) as caught:
        lines_in_section(wide_table(SECTIONS), section)
    assert caught.value.code == code
    assert words in caught.value.message("vi")


def test_a_label_that_occurs_twice_names_the_cells_and_the_parts() -> None:
    table = wide_table(SECTIONS)
    with pytest.raises(TableError) as caught:
        line_called(table, table.lines, "Tổng số", "output")
    error = caught.value
    assert error.code == "label-several"
    assert [place.cell for place in error.places] == ["A4", "A9"]
    assert "section" in error.message("vi")
    assert "Giá so sánh 2010, Giá hiện hành" in error.message("en")


def test_a_label_that_does_not_occur_names_those_alike_with_their_cells() -> None:
    table = wide_table(SECTIONS)
    with pytest.raises(TableError) as caught:
        line_called(table, lines_in_section(table, "Giá so sánh"), "Trung ưong", "output")
    error = caught.value
    assert (error.code, error.fields["known"]) == ("label-unknown", ["Trung ương"])
    assert [place.cell for place in error.places] == ["A7"]


def test_labels_in_every_form() -> None:
    label = "1.2. Trong đó:  Công nghiệp chế biến (*) - Of which: Manufacturing"
    for written in ("CÔNG NGHIỆP  CHẾ BIẾN", "Co\u0302ng nghie\u0302\u0323p che\u0302\u0301 biến"):
        assert same_label(written) in readings(label)
    assert same_label("Manufacturing") in readings(label)
    assert same_label("Thuỷ sản") == same_label("THỦY SẢN")
    assert same_label("Hoà Bình") == same_label("Hòa Bình")
    assert same_label("Tổng số") != same_label("Tong so"), "a lost accent is another word"
    assert alike("Tong so", ["TỔNG SỐ - TOTAL", "Dịch vụ"]) == ["TỔNG SỐ - TOTAL"]


def test_a_label_over_two_rows() -> None:
    table = wide_table(
        grid(["", 2019, 2020], ["Thuế sản phẩm trừ trợ cấp"], ["sản phẩm", 1, 2], ["Tổng", 3, 4])
    )
    wanted = "Thuế sản phẩm trừ trợ cấp sản phẩm"
    assert line_called(table, table.lines, wanted, "output").number == 3


def test_a_column_of_units_is_no_label() -> None:
    table = wide_table(grid(["TT", "Chỉ tiêu", "ĐVT", 2019, 2020], ["1", "GRDP", "Tỷ đồng", 1, 2]))
    (line,) = table.lines
    assert (line.shown, line.unit) == ("GRDP", "Tỷ đồng")


@pytest.mark.parametrize("rows", [[["Tổng số", "một", "hai"]], [["năm", "x"], [2019, "y"]]])
def test_a_sheet_without_years_is_refused(rows) -> None:
    with pytest.raises(TableError) as caught:
        wide_table(grid(*rows))
    assert caught.value.code == "years-not-found"
    assert "header_row" in caught.value.message("vi")


def test_a_declared_row_of_years() -> None:
    table = wide_table(
        grid(["Kỳ 2011 2015"], ["", 2011, 2012], ["x", 1, 2], ["", 2019, 2020], ["x", 3, 4]),
        header_row=4,
    )
    assert years(table) == [(2019, None), (2020, None)]
