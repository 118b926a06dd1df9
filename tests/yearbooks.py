"""Workbooks that look as yearbooks do, built from the reference files at test time.

Every figure is one of the reference files; layout, symbols and formats are those of the
provincial yearbooks: bilingual headers merged over two rows, ``Sơ bộ`` above its year, numbers
as text (``27.065.153``), a unit above, sections below one header, notes and the source beneath.

Use: ``yearbooks`` in a test gives this module; ``yearbooks.hung_yen_2022(folder)`` writes the
workbook and returns its path. ``write_workbook`` takes sheets of one's own.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

if TYPE_CHECKING:
    from pathlib import Path

PROVINCES = ("hung_yen", "hoa_binh", "quang_tri", "nam_dinh")

SECTORS = {
    "agri": ("Nông, lâm nghiệp và thủy sản", "Agriculture, forestry and fishing"),
    "industry_construction": ("Công nghiệp và xây dựng", "Industry and construction"),
    "industry_only": ("Trong đó: Công nghiệp", "Of which: Industry"),
    "services": ("Dịch vụ", "Services"),
    "product_taxes": (
        "Thuế sản phẩm trừ trợ cấp sản phẩm",
        "Products taxes less subsidies on production",
    ),
}
OWNERS = {
    "state": ("Kinh tế Nhà nước", "State"),
    "nonstate": ("Kinh tế ngoài Nhà nước", "Non-state"),
    "fdi": ("Khu vực có vốn đầu tư nước ngoài", "Foreign invested sector"),
}
ITEMS = {
    "outlays": ("Vốn đầu tư xây dựng cơ bản", "Investment outlays"),
    "fixed_assets_bought": (
        "Vốn đầu tư mua sắm TSCĐ không qua XDCB",
        "Fixed assets bought not through construction",
    ),
    "repair": ("Vốn đầu tư sửa chữa, nâng cấp TSCĐ", "Repair and upgrading of fixed assets"),
    "working_capital": ("Vốn đầu tư bổ sung vốn lưu động", "Supplement of working capital"),
    "other": ("Vốn đầu tư khác", "Others"),
}
TOTAL = ("TỔNG SỐ", "TOTAL")


@dataclass(frozen=True)
class Line:
    """A row of a table: its label in two languages, and what stands below each year."""

    label: tuple[str, str]
    values: dict[int, float | str | None] = field(default_factory=dict)
    indent: int = 0


@dataclass(frozen=True)
class Section:
    """Rows under one heading; a heading of None stands for none."""

    heading: str | None
    lines: tuple[Line, ...]
    digits: int = 0


@dataclass(frozen=True)
class Sheet:
    """One table of a yearbook.

    `preliminary` and `estimated` years have their mark above or beside them; `as_text` is how
    the numbers are stored; `short_marks` prints ``2021 (p)`` in place of ``Sơ bộ - Prel.``.
    """

    name: str
    title: tuple[str, str]
    unit: str
    years: tuple[int, ...]
    sections: tuple[Section, ...]
    preliminary: tuple[int, ...] = ()
    estimated: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    as_text: bool = True
    short_marks: bool = False
    first_column: int = 1


def printed(value: float | str | None, digits: int, *, as_text: bool) -> float | str | None:
    """Return a cell as the yearbook stores it: ``27.065.153``, ``36,63``, or a symbol."""
    if value is None or isinstance(value, str) or not as_text:
        return value
    whole = f"{value:,.{digits}f}"
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")


def write_workbook(path: Path, sheets: list[Sheet], *, font: str = "Times New Roman") -> Path:
    """Write sheets as a workbook and return its path."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, font)
    book.save(path)
    return path


def as_csv(sheet: Sheet, delimiter: str = ";") -> str:
    """Return a sheet as the text that Excel makes of it."""
    book = Workbook()
    _write_sheet(book.active, sheet, "Arial")
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in book.active.values
    )
    return stream.getvalue()


def _write_sheet(worksheet, sheet: Sheet, font: str) -> None:
    left = sheet.first_column
    first = left + 1
    last = left + len(sheet.years)
    worksheet.cell(1, left, f"{sheet.name}. {sheet.title[0]}")
    worksheet.cell(2, left, sheet.title[1])
    worksheet.cell(3, last, sheet.unit or None)
    worksheet.cell(4, first, "Năm - Year")
    _merge(worksheet, 4, first, last)
    worksheet.merge_cells(start_row=4, start_column=left, end_row=6, end_column=left)
    for column, year in enumerate(sheet.years, start=first):
        _write_year(worksheet, sheet, column, year)
    row = 7
    for section in sheet.sections:
        if section.heading is not None:
            worksheet.cell(row, first, section.heading)
            _merge(worksheet, row, first, last)
            row += 1
        for line in section.lines:
            _write_line(worksheet, row, sheet, section, line)
            row += 1
    for number, note in enumerate(sheet.notes, start=1):
        worksheet.cell(row + number, left, note)
    for cells in worksheet.iter_rows():
        for cell in cells:
            cell.font = Font(font)


def _merge(worksheet, row: int, first: int, last: int) -> None:
    if last > first:
        worksheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _write_line(worksheet, row: int, sheet: Sheet, section: Section, line: Line) -> None:
    left = sheet.first_column
    cell = worksheet.cell(row, left, f"{line.label[0]} - {line.label[1]}")
    cell.alignment = Alignment(indent=line.indent, wrap_text=True)
    for column, year in enumerate(sheet.years, start=left + 1):
        value = printed(line.values.get(year), section.digits, as_text=sheet.as_text)
        number_format = "0.00" if section.digits else "#,##0"
        worksheet.cell(row, column, value).number_format = number_format


def _write_year(worksheet, sheet: Sheet, column: int, year: int) -> None:
    words = {
        **dict.fromkeys(sheet.preliminary, ("Sơ bộ", "Prel.", "(p)")),
        **dict.fromkeys(sheet.estimated, ("Ước tính", "Est.", "(e)")),
    }.get(year)
    if words is None:
        worksheet.cell(5, column, year)
        worksheet.merge_cells(start_row=5, start_column=column, end_row=6, end_column=column)
    elif sheet.short_marks:
        worksheet.cell(5, column, f"{year} {words[2]}")
        worksheet.merge_cells(start_row=5, start_column=column, end_row=6, end_column=column)
    else:
        worksheet.cell(5, column, f"{words[0]} {year}")
        worksheet.cell(6, column, f"{words[1]} {year}")


class Reference:
    """The figures of one province's reference file, by variable, book and year."""

    def __init__(self, path: Path) -> None:
        self.values: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        for row in _rows(path):
            self.values[row["variable"], row["vintage"]][int(row["year"])] = float(row["value"])

    def of(self, variable: str, *books: str) -> dict[int, float]:
        """Return a variable by year, of the books whose name begins with one of some words."""
        found: dict[int, float] = {}
        for (name, vintage), years in self.values.items():
            if name == variable and any(vintage.startswith(book) for book in books):
                found |= years
        if not found:
            raise LookupError(variable, books)
        return found


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def lines_of(
    reference: Reference, stem: str, parts: dict[str, tuple[str, str]], *books: str
) -> tuple[Line, ...]:
    """Return the total and those of its parts that the books print."""
    found = [Line(TOTAL, dict(reference.of(stem, *books)))]
    for part, label in parts.items():
        try:
            values = reference.of(f"{stem}_{part}", *books)
        except LookupError:
            continue
        found.append(Line(label, dict(values), indent=2 if part == "industry_only" else 1))
    return tuple(found)


def _indices(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the development indices that the levels give, as books print them."""
    return tuple(
        replace(
            line,
            values={
                year: round(100 * value / line.values[year - 1], 2)
                for year, value in line.values.items()
                if year - 1 in line.values
            },
        )
        for line in lines
    )


CONSTANT = ("Tổng sản phẩm trên địa bàn theo giá so sánh 2010", "GRDP at constant 2010 prices")
CURRENT = ("Tổng sản phẩm trên địa bàn theo giá hiện hành", "GRDP at current prices")
INDEX = "Chỉ số phát triển (Năm trước = 100) - Index (Previous year = 100) - %"
MILLION = "ĐVT: Triệu đồng - Unit: Mill. dongs"
PERSON = "ĐVT: Người - Unit: Person"
LABOUR = ("Lao động từ 15 tuổi trở lên đang làm việc", "Employed population at 15 years and above")


class Yearbooks:
    """Writes the workbooks of the four provinces and the nation into a folder."""

    def __init__(self, reference_path) -> None:
        self._path = reference_path

    def reference(self, province: str) -> Reference:
        """Return the figures that the workbooks of a province are built from."""
        return Reference(self._path(f"province_{province}.csv"))

    def hung_yen_2022(self, folder: Path) -> Path:
        """Write the yearbook of 2022: GRDP at constant prices, sheet 39; text numbers."""
        lines = lines_of(self.reference("hung_yen"), "grdp_2010p", SECTORS, "yearbook 2022")
        missing = [replace(line, values={2014: "...", **line.values}) for line in lines]
        sheet = Sheet(
            "39",
            CONSTANT,
            MILLION,
            (2010, 2011, 2012, 2013, 2014),
            (Section(None, tuple(missing)),),
            notes=("Nguồn: Cục Thống kê tỉnh Hưng Yên - Source: Hung Yen Statistics Office",),
        )
        return write_workbook(folder / "nien-giam-2022.xlsx", [sheet])

    def hung_yen_2015(self, folder: Path) -> Path:
        """Write the yearbook of 2015: sheets 27 (current prices) and 28 (constant, index)."""
        reference = self.reference("hung_yen")
        constant = lines_of(reference, "grdp_2010p", SECTORS, "yearbook 2015")
        current = lines_of(reference, "grdp_cur", SECTORS, "yearbook 2015")
        note = ("(*) Thuế sản phẩm được tính trong các khu vực - Taxes are inside the sectors",)
        sheets = [
            Sheet(
                "27",
                CURRENT,
                MILLION,
                tuple(range(2007, 2016)),
                (Section(None, current),),
                (2015,),
                notes=note,
            ),
            Sheet(
                "28",
                CONSTANT,
                "",
                tuple(range(2010, 2016)),
                (
                    Section("Triệu đồng - Mill. dongs", constant),
                    Section(INDEX, _indices(constant), digits=2),
                ),
                (2015,),
                notes=note,
            ),
        ]
        return write_workbook(folder / "nien-giam-2015.xlsx", sheets)

    def hung_yen_investment(self, folder: Path) -> Path:
        """Write what two reports print of investment: sheets 95 and "Báo cáo 2021"."""
        reference = self.reference("hung_yen")
        title = ("Vốn đầu tư thực hiện trên địa bàn theo giá hiện hành", "Investment, current")
        name = "social_investment_cur"
        yearbook = reference.of(name, "yearbook 2020", "DERIVED 37200/1.0825")
        reports = reference.of(
            name, "Dec 2019", "DERIVED 34726", "DERIVED 36407", "Dec 2021", "Jan 2024"
        )
        sheets = [
            Sheet(
                "95",
                title,
                "ĐVT: Tỷ đồng - Unit: Bill. dongs",
                (2019, 2020),
                (Section(None, (Line(TOTAL, {y: v / 1000 for y, v in yearbook.items()}),)),),
                (2020,),
                as_text=False,
            ),
            Sheet(
                "Báo cáo 2021",
                title,
                MILLION,
                (2018, 2019, 2020, 2021),
                (Section(None, (Line(TOTAL, dict(reports)),)),),
                estimated=(2021,),
            ),
        ]
        return write_workbook(folder / "von-dau-tu.xlsx", sheets)

    def hung_yen_labour(self, folder: Path) -> Path:
        """Write employed persons to 2016 and the labour force from 2016, in one sheet."""
        reference = self.reference("hung_yen")
        employed = reference.of("employed_15plus", "DERIVED", "2020")
        force = reference.of("labour_force_15plus", "secondary")
        years = tuple(range(2010, 2022))
        lines = (
            Line(("Lực lượng lao động", "Labour force"), {y: force.get(y, "..") for y in years}),
            Line(LABOUR, {y: employed.get(y, "..") for y in years}),
        )
        sheet = Sheet("20", LABOUR, PERSON, years, (Section(None, lines),), (2021,))
        return write_workbook(folder / "lao-dong.xlsx", [sheet])

    def hoa_binh_2021(self, folder: Path) -> Path:
        """Write index and level (42), investment by owner (95), labour (23) of the book of 2021."""
        reference = self.reference("hoa_binh")
        index = (
            Line(TOTAL, dict(reference.of("grdp_2010p_index", "yearbook 2021"))),
            *(
                Line(label, dict(reference.of(f"grdp_2010p_index_{part}", "yearbook 2021")), 1)
                for part, label in OWNERS.items()
            ),
        )
        level = (Line(TOTAL, dict(reference.of("grdp_2010p", "yearbook 2021"))),)
        invested = lines_of(reference, "social_investment_cur", OWNERS, "yearbook 2021")
        billions = tuple(
            replace(line, values={y: v / 1000 for y, v in line.values.items()}) for line in invested
        )
        years = (2017, 2018, 2019, 2020, 2021)
        sheets = [
            Sheet(
                "42",
                CONSTANT,
                "",
                years,
                (
                    Section("Triệu đồng - Mill. dongs", level),
                    Section(INDEX, index, digits=2),
                ),
                (2021,),
                short_marks=True,
            ),
            Sheet(
                "95",
                ("Vốn đầu tư thực hiện theo giá hiện hành", "Investment at current prices"),
                "ĐVT: Tỷ đồng - Unit: Bill. dongs",
                (2021,),
                (Section(None, billions, digits=2),),
                (2021,),
            ),
            Sheet(
                "23",
                LABOUR,
                PERSON,
                (*years, 2022),
                (Section(None, (Line(TOTAL, dict(reference.of("employed_15plus", "yearbook"))),)),),
                (2022,),
                notes=("Ghi chú: Từ 2019 theo khung khái niệm mới - Note: new concept from 2019",),
            ),
        ]
        return write_workbook(folder / "nien-giam-hoa-binh-2021.xlsx", sheets)

    def hoa_binh_2019(self, folder: Path) -> Path:
        """Write the level that the yearbook of 2019 prints, of the older vintage."""
        level = self.reference("hoa_binh").of("grdp_2010p", "yearbook 2019")
        sheet = Sheet(
            "42", CONSTANT, MILLION, (2019,), (Section(None, (Line(TOTAL, dict(level)),)),), (2019,)
        )
        return write_workbook(folder / "nien-giam-hoa-binh-2019.xlsx", [sheet])

    def quang_tri_2021(self, folder: Path) -> Path:
        """Write investment by item and owner (51) and labour (21); GRDP of a report (GRDP)."""
        reference = self.reference("quang_tri")
        items = lines_of(reference, "social_investment_2010p", ITEMS, "yearbook 2021")
        owners = lines_of(reference, "social_investment_2010p", OWNERS, "yearbook 2021")
        years = (2015, 2018, 2019, 2020, 2021)
        of_which = Line(("Phân theo nguồn vốn", "By source of capital"))
        labour = Line(LABOUR, dict(reference.of("employed_15plus", "yearbook 2021")))
        abroad = Line(
            ("Lao động đi làm việc ở nước ngoài", "Working abroad"), {2015: "-", 2016: "–"}
        )
        level = reference.of("grdp_2010p", "Dec 2020")
        growth = reference.of("grdp_2010p_growth", "Dec")
        sheets = [
            Sheet(
                "51",
                ("Vốn đầu tư thực hiện theo giá so sánh 2010", "Investment, constant 2010 prices"),
                MILLION,
                years,
                (Section(None, (*items, of_which, *owners[1:])),),
                (2021,),
            ),
            Sheet(
                "21",
                LABOUR,
                PERSON,
                tuple(range(2015, 2022)),
                (Section(None, (labour, abroad)),),
                (2021,),
            ),
            Sheet(
                "GRDP",
                CONSTANT,
                "",
                (2020, 2023),
                (
                    Section("Triệu đồng - Mill. dongs", (Line(TOTAL, {**level, 2023: ".."}),)),
                    Section(
                        "Tốc độ tăng - Growth rate (%)", (Line(TOTAL, dict(growth)),), digits=2
                    ),
                ),
                estimated=(2020, 2023),
            ),
        ]
        return write_workbook(folder / "nien-giam-quang-tri-2021.xlsx", sheets)

    def nam_dinh_2022(self, folder: Path) -> Path:
        """Write GRDP at current (30; stored as numbers) and constant prices (31), labour (12)."""
        reference = self.reference("nam_dinh")
        sheet = Sheet(
            "30",
            CURRENT,
            MILLION,
            tuple(range(2015, 2023)),
            (Section(None, lines_of(reference, "grdp_cur", SECTORS, "yearbook 2022")),),
            (2022,),
            as_text=False,
            first_column=2,
        )
        report = Sheet(
            "31",
            CONSTANT,
            MILLION,
            (2019,),
            (Section(None, lines_of(reference, "grdp_2010p", SECTORS, "Dec 2019")),),
            estimated=(2019,),
        )
        labour = Sheet(
            "12",
            LABOUR,
            PERSON,
            (2020,),
            (Section(None, (Line(TOTAL, reference.of("employed_15plus", "2016-2020")),)),),
        )
        return write_workbook(folder / "nien-giam-nam-dinh-2022.xlsx", [sheet, report, labour])

    def viet_nam(self, folder: Path, *, last: int = 2024) -> Path:
        """Write GDP (1: constant, current), capital formation (2) and labour (3) of the nation."""
        every = _rows(self._path("gso_national_2010_2024.csv"))
        rows = [row for row in every if int(row["year"]) <= last]
        years = tuple(int(row["year"]) for row in rows)
        early = tuple(int(row["year"]) for row in rows if row["status"] == "preliminary")
        parts = {"total": TOTAL, "agri": SECTORS["agri"], "ind": SECTORS["industry_construction"]}
        parts |= {"serv": SECTORS["services"], "tax": SECTORS["product_taxes"]}

        def line(label: tuple[str, str], column: str) -> Line:
            return Line(
                label,
                {int(row["year"]): float(row[column]) if row[column] else "..." for row in rows},
            )

        def by_sector(prices: str) -> tuple[Line, ...]:
            return tuple(line(label, f"gdp_{prices}_{part}") for part, label in parts.items())

        unit = "Tỷ đồng - Bill. dongs"
        gfcf = ("Tích lũy tài sản cố định", "Gross fixed capital formation")
        notes = ("Nguồn: Tổng cục Thống kê - Source: General Statistics Office",)
        sheets = [
            Sheet(
                "1",
                ("Tổng sản phẩm trong nước phân theo khu vực kinh tế", "GDP by economic sector"),
                unit,
                years,
                (
                    Section("Giá so sánh 2010 - At constant 2010 prices", by_sector("2010p"), 1),
                    Section("Giá hiện hành - At current prices", by_sector("cur"), 1),
                ),
                early,
                notes=notes,
            ),
            Sheet(
                "2",
                ("Tích lũy tài sản theo giá so sánh 2010", "Capital formation, 2010 prices"),
                unit,
                years,
                (Section(None, (line(gfcf, "gfcf_2010p"),), 1),),
                early,
                as_text=False,
            ),
            Sheet(
                "3",
                LABOUR,
                "Nghìn người - Thous. pers.",
                years,
                (
                    Section(
                        None,
                        (
                            line(LABOUR, "employed_thous"),
                            line(
                                ("Bình quân bốn quý", "Mean of four quarters"),
                                "employed_qmean_thous",
                            ),
                        ),
                        2,
                    ),
                ),
                early,
                notes=("(*) Từ 2021 theo ICLS-19 - From 2021 ICLS-19", *notes),
            ),
        ]
        return write_workbook(folder / "nien-giam-ca-nuoc.xlsx", sheets)
