"""Files as they come: what is read, and every kind of bad file with its own answer."""

from __future__ import annotations

import errno
import io
import math
import pickle
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tfp.errors import TableError
from tfp.tables.reading import read_table
from tfp.tables.table import Note

GOOD = "năm,GRDP\n2019,100\n2020,103.5\n"
DAY = datetime(2020, 12, 31)  # noqa: DTZ001  (sheets have no zone)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text_file(content, name="grdp.csv", encoding="utf-8"):
    def make(folder):
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def workbook_file(*rows, name="grdp.xlsx", change=None):
    """Return a maker of a workbook with `rows` on its sheet "Số liệu"."""

    def make(folder):
        book = openpyxl.Workbook()
        book.active.title = "Số liệu"
        for row in rows:
            book.active.append(row)
        if change:
            change(book, book.active)
        book.save(folder / name)
        return folder / name

    return make


def merge(block):
    return lambda _book, sheet: sheet.merge_cells(block)


def add_sheet(book, _sheet):
    book.create_sheet("Ghi chú")["A1"] = "nguồn"


def hide_all_but_the_second(book, sheet):
    add_sheet(book, sheet)
    sheet.sheet_state = "hidden"
    book.active = 1


def damaged_workbook(folder):
    path = workbook_file(["năm", "GRDP"], [2019, 100])(folder)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def rewrite(path, change):
    """Rewrite a workbook, each part as `change` gives it; parts given as None are left out."""
    kept = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    path.write_bytes(kept.getvalue())


def workbook_without_its_sheet(folder):
    path = workbook_file(["năm", "GRDP"], [2019, 100])(folder)
    rewrite(path, lambda name, part: None if "sheet1" in name else part)
    return path


def other_archive(folder):
    path = folder / "report.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def folder_in_the_way(folder):
    (folder / "grdp.csv").mkdir()
    return folder / "grdp.csv"


def missing_beside_a_similar_name(folder):
    (folder / "grdp_2019.csv").write_text(GOOD, encoding="utf-8")
    return folder / "grdp_2091.csv"


BAD_FILES = {
    # name: (maker, options, code, place, words of the message in both languages)
    "missing": (missing_beside_a_similar_name, {}, "file-not-found", {}, ["grdp_2019.csv"]),
    "folder": (folder_in_the_way, {}, "file-is-folder", {}, []),
    "extension .ods": (text_file("x", "a.ods"), {}, "file-extension", {}, [".ods", ".xlsx"]),
    "no extension": (text_file(GOOD, "grdp"), {}, "file-extension", {}, ["–"]),
    "name too long": (
        lambda folder: folder / ("x" * 300 + ".csv"),
        {},
        "file-name-too-long",
        {},
        ["xxx.csv"],
    ),
    "empty text": (text_file(""), {}, "file-empty", {}, []),
    "only a mark and blanks": (text_file(b"\xef\xbb\xbf \r\n\t\n"), {}, "file-empty", {}, []),
    "only remarks": (text_file("# a\n# b\n"), {}, "file-empty", {}, []),
    "empty sheet": (workbook_file(), {}, "file-empty", {"sheet": "Số liệu"}, []),
    "not UTF-8": (
        text_file("năm,GRDP\n2019,1\n", encoding="cp1258"),
        {},
        "file-not-utf8",
        {},
        ["UTF-8", "1"],
    ),
    "not UTF-8 further down": (
        text_file(GOOD.encode() + b"2021,\xff\n"),
        {},
        "file-not-utf8",
        {},
        [" 4)"],
    ),
    "UTF-16 without its mark": (
        text_file("year,gdp\n2019,1\n", encoding="utf-16-le"),
        {},
        "file-not-text",
        {},
        ["UTF-16"],
    ),
    "old Excel": (
        text_file(OLE + b"W\0o\0r\0k", "a.xls"),
        {},
        "old-excel-unreadable",
        {},
        [".xlsx"],
    ),
    "old Excel renamed": (text_file(OLE + b"....", "a.xlsx"), {}, "old-excel-unreadable", {}, []),
    "password": (
        text_file(OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"),
        {},
        "workbook-encrypted",
        {},
        [],
    ),
    "web page": (text_file("\n<HTML><table>", "a.xls"), {}, "workbook-is-html", {}, []),
    "text renamed": (text_file(GOOD, "a.xlsx"), {}, "not-a-workbook", {}, [".csv"]),
    "other archive": (other_archive, {}, "not-a-workbook", {}, []),
    "cut off": (damaged_workbook, {}, "workbook-broken", {}, ["zip"]),
    "part missing": (workbook_without_its_sheet, {}, "workbook-broken", {}, []),
    "unknown sheet": (
        workbook_file(["năm"], [2019]),
        {"sheet": "So lieu"},
        "unknown-sheet",
        {},
        ["Số liệu"],
    ),
    "which sheet": (
        workbook_file(["năm"], [2019], change=add_sheet),
        {},
        "sheet-not-named",
        {},
        ["Số liệu, Ghi chú"],
    ),
    "sheet of a text": (text_file(GOOD), {"sheet": "a"}, "option-not-for-file", {}, ["sheet"]),
    "delimiter of a workbook": (
        workbook_file(["năm"], [2019]),
        {"delimiter": ";"},
        "option-not-for-file",
        {},
        ["delimiter", ";"],
    ),
    "unknown decimal sign": (
        text_file(GOOD),
        {"decimal": "'"},
        "table-option-unknown",
        {},
        ["decimal", "'.', ','"],
    ),
    "unknown delimiter": (
        text_file(GOOD),
        {"delimiter": "|"},
        "table-option-unknown",
        {},
        ["delimiter"],
    ),
    "two delimiters": (
        text_file("năm;GRDP, giá 2010\n2019;1\n"),
        {},
        "delimiter-ambiguous",
        {},
        [",, ;"],
    ),
    "open quotation mark": (
        text_file('name,x\n"a",1\n"b,2\nc,3\n'),
        {},
        "quotes-unbalanced",
        {},
        [" 3 "],
    ),
    "text after a quotation": (
        text_file('name,x\n# remark\n"b"c,2\n'),
        {},
        "quotes-unbalanced",
        {},
        [" 3 "],
    ),
    "header row empty": (
        text_file("\n\nnăm,GRDP\n2019,1\n"),
        {"header_row": 2},
        "header-missing",
        {},
        ["2", "3"],
    ),
    "header row beyond the end": (
        workbook_file(["năm"], [2019]),
        {"header_row": 9},
        "header-missing",
        {"sheet": "Số liệu"},
        ["9"],
    ),
    "merged header": (
        workbook_file(["năm", "GRDP", None], [None, "2010", "2020"], change=merge("B1:C1")),
        {},
        "header-merged",
        {"sheet": "Số liệu", "cell": "B1"},
        [],
    ),
    "merged into the header": (
        workbook_file(["năm", "GRDP"], [None, "2010"], [1, 2], change=merge("A1:A2")),
        {"header_row": 2},
        "header-merged",
        {"cell": "A1"},
        [],
    ),
    "nameless column": (
        workbook_file(["năm", None, "GRDP"], [2019, None, 1]),
        {},
        "header-cell-empty",
        {"cell": "B1"},
        ["1"],
    ),
    "nameless column behind": (
        workbook_file(["năm", "GRDP"], [2019, 1], [2020, 2, 3]),
        {},
        "header-cell-empty",
        {"cell": "C1"},
        [],
    ),
    "same name twice": (
        text_file(f"Năm,GRDP,{unicodedata.normalize('NFD', 'Năm')} \n1,2,3\n"),
        {},
        "column-name-repeated",
        {"cell": "A1", "column": "Năm"},
        ["Năm"],
    ),
    "no rows": (text_file("năm,GRDP\n\n,\n"), {}, "table-without-rows", {}, []),
    "row too long": (
        text_file("năm,GRDP\n2019,1\n\n2020,36,63\n"),
        {},
        "row-longer-than-header",
        {"cell": "C4"},
        [" 4 ", " 3 "],
    ),
    "row too short": (
        text_file("năm,GRDP,lao động\n2019,1,2\n2020,3\n"),
        {},
        "row-shorter-than-header",
        {"cell": "B3"},
        [" 3 "],
    ),
    "formula never computed": (
        workbook_file(["năm", "GRDP"], [2019, 1], [2020, "=B2*1.05"]),
        {},
        "formula-without-value",
        {"sheet": "Số liệu", "cell": "B3", "column": "GRDP"},
        [],
    ),
    "header never computed": (
        workbook_file(["năm", '="GR"&"DP"'], [2019, 1]),
        {},
        "formula-without-value",
        {"cell": "B1"},
        [],
    ),
    "error value": (
        workbook_file(["năm", "GRDP"], [2019, "#REF!"], [2020, 1], [2021, "#DIV/0!"]),
        {},
        "cell-error-value",
        {"sheet": "Số liệu", "cell": "B2", "column": "GRDP"},
        ["#DIV/0!, #REF!", "B4"],
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_each_bad_file_has_its_own_answer(kind, tmp_path):
    make, options, code, place, words = BAD_FILES[kind]
    path = make(tmp_path)
    with pytest.raises(TableError) as caught:
        read_table(path, **options)
    error = caught.value
    assert error.code == code
    assert error.places[0].file == path.name
    assert {key: getattr(error.places[0], key) for key in place} == place
    for language in ("en", "vi"):
        message = error.message(language)
        assert all(word in message for word in words), message
        # A report may leave the office; the user's folders stay there.
        assert str(tmp_path) not in message
    assert pickle.loads(pickle.dumps(error)).message() == error.message()  # noqa: S301


def test_a_file_that_may_not_be_opened(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(errno.EACCES, "denied")

    path = text_file(GOOD)(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(TableError) as caught:
        read_table(path)
    assert caught.value.code == "file-not-permitted"
    assert path.name in caught.value.message("vi")


def test_every_row_with_a_wrong_length_is_counted(tmp_path):
    body = "".join(f"{year},36,63\n" for year in range(2000, 2010))
    with pytest.raises(TableError) as caught:
        read_table(text_file("năm,GRDP\n" + body)(tmp_path))
    assert caught.value.fields["count"] == len(caught.value.places) == 10
    assert "and 5 more" in caught.value.message("en")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_keep_their_numbers(tmp_path, ending, mark):
    lines = [
        '# Cục Thống kê, "Niên giám" 2024, it\'s',
        "",
        "tỉnh;GRDP",
        "Hòa Bình;10.894,78",
        "# sơ bộ",
        ";",
        f'"Hưng{ending}Yên";27.065.153',
        '"#1";..',
    ]
    path = text_file(mark + ending.join(lines))(tmp_path)
    table = read_table(path, decimal=",")
    assert table.columns == ("tỉnh", "GRDP")
    assert table.rows == (4, 7, 9)
    assert table.address(2, "GRDP") == "B9"
    assert table.place(2, "GRDP").show("en") == "file grdp.csv, cell B9, column GRDP"
    assert table.texts("tỉnh") == ("Hòa Bình", f"Hưng{ending}Yên", "#1")
    assert table.numbers("GRDP")[:2].tolist() == [10894.78, 27065153.0]
    assert math.isnan(table.numbers("GRDP")[2])
    assert table.missing_cells("GRDP") == (2,)
    assert set(table.notes) == {Note("comment-rows", 2)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_read_off_the_header_or_declared(tmp_path, delimiter):
    certain = text_file(f"năm{delimiter}GRDP\n2019{delimiter}1\n")(tmp_path)
    assert read_table(certain).columns == ("năm", "GRDP")
    other = ";" if delimiter == "," else ","
    quoted = text_file(f'năm{delimiter}"GRDP{other} 2010"\n2019{delimiter}1\n')(tmp_path)
    assert read_table(quoted).columns == ("năm", f"GRDP{other} 2010")
    bare = text_file(f"năm{delimiter}GRDP{other}2010\n2019{delimiter}1\n")(tmp_path)
    declared = read_table(bare, delimiter=delimiter)
    assert declared.columns == ("năm", f"GRDP{other}2010")


def test_one_column_needs_no_delimiter_and_ends_may_be_open(tmp_path):
    assert read_table(text_file("năm\n2019\n2020\n")(tmp_path)).integers("năm").tolist() == [
        2019,
        2020,
    ]
    table = read_table(text_file("năm,GRDP,\n2019,1,\n2020,2\n")(tmp_path))
    assert table.columns == ("năm", "GRDP")


def test_a_hash_inside_a_quoted_cell_is_no_remark(tmp_path):
    table = read_table(text_file('tỉnh,GRDP\n"Hưng Yên\n# mới",1\n# cũ\n')(tmp_path))
    assert table.texts("tỉnh") == ("Hưng Yên\n# mới",)
    assert table.notes == (Note("comment-rows", 1),)


def test_lines_above_a_declared_header_are_not_read(tmp_path):
    path = text_file('Bảng 5; "GRDP\n(tỷ đồng)\nnăm;GRDP\n2019;1\n')(tmp_path)
    table = read_table(path, header_row=3)
    assert (table.columns, table.rows) == (("năm", "GRDP"), (4,))


def test_a_workbook_gives_its_values_with_sheet_and_cell(tmp_path):
    def shape(_book, sheet):
        sheet.row_dimensions[6].hidden = True
        sheet.merge_cells("A7:A8")
        # A formatted cell far below must not make the sheet long.
        sheet["A100000"].number_format = "0.0"

    decomposed = unicodedata.normalize("NFD", "Tỉnh\nthành")
    make = workbook_file(
        ["Nguồn: niên giám"],
        ["# remark"],
        [f"{decomposed}\u00a0", 2019, DAY, "GRDP (tỷ đồng)", "đã duyệt"],
        ["Hòa\u00a0Bình ", 10894.78, "36,63", 2.5078125, True],
        [None, "  ", None],
        ["01", 7, "..", -1e-300, False],
        ["Hưng Yên", 8, "1.234,5", 0, True],
        [None, 9, "…", 5, None],
        change=shape,
    )
    table = read_table(make(tmp_path), header_row=3, decimal=",")
    assert (table.file, table.sheet) == ("grdp.xlsx", "Số liệu")
    assert table.columns == ("Tỉnh thành", "2019", "2020-12-31", "GRDP (tỷ đồng)", "đã duyệt")
    assert table.rows == (4, 6, 7, 8)
    assert table.texts(decomposed) == ("Hòa\u00a0Bình", "01", "Hưng Yên", None)
    assert table.address(1, "GRDP (tỷ đồng)") == "D6"
    assert table.place(3, "2019").show("vi") == (
        "tệp grdp.xlsx, trang tính Số liệu, ô B8, cột 2019"
    )
    assert table.numbers("2019").tolist() == [10894.78, 7.0, 8.0, 9.0]
    assert table.numbers("GRDP (tỷ đồng)").tolist() == [2.5078125, -1e-300, 0.0, 5.0]
    assert table.values("2020-12-31") == (36.63, None, 1234.5, None)
    assert table.values("đã duyệt") == (True, False, True, None)
    assert set(table.notes) == {
        Note("hidden-rows", 1),
        Note("comment-rows", 1),
        Note("merged-cells", 1),
    }


def test_the_one_visible_sheet_need_not_be_named(tmp_path):
    path = workbook_file(["năm"], [2019], change=hide_all_but_the_second)(tmp_path)
    with pytest.raises(TableError, match="table-without-rows"):
        read_table(path)
    assert read_table(path, sheet="Số liệu").columns == ("năm",)
    assert read_table(path, sheet=unicodedata.normalize("NFD", "Số liệu")).sheet == "Số liệu"


def test_a_sheet_that_states_a_wrong_size_is_read_in_full(tmp_path):
    def shrink(name, part):
        return part.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A2"')

    path = workbook_file(["năm", "GRDP"], [2019, 1], [2020, 2])(tmp_path)
    rewrite(path, shrink)
    with zipfile.ZipFile(path) as archive:
        assert b'"A1:A2"' in archive.read("xl/worksheets/sheet1.xml")
    assert read_table(path).numbers("GRDP").tolist() == [1, 2]


def test_a_workbook_of_today_under_the_old_name_is_read(tmp_path):
    path = workbook_file(["năm"], [2019])(tmp_path)
    assert read_table(path.rename(tmp_path / "grdp.xls")).integers("năm").tolist() == [2019]


def test_an_error_value_that_is_declared_missing_is_missing(tmp_path):
    path = workbook_file(["năm", "GRDP"], [2019, "#N/A"], [2020, 1])(tmp_path)
    table = read_table(path, missing=["#N/A"])
    assert table.missing_cells("GRDP") == (0,)


def test_ten_thousand_rows(tmp_path):
    rows = [[f"{k:05d}", 1990 + k % 35, k / 8, f"{k},5"] for k in range(10_000)]
    path = workbook_file(["mã", "năm", "x", "y"], *rows)(tmp_path)
    table = read_table(path, decimal=",")
    assert len(table) == 10_000
    assert table.numbers("x").tolist() == [k / 8 for k in range(10_000)]
    assert table.numbers("y").tolist() == [k + 0.5 for k in range(10_000)]
    assert table.texts("mã")[9_999] == "09999"
    assert table.address(9_999, "y") == "D10001"
