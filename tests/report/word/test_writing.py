"""The Word file, read back: the layout of Decree 30/2020, and every table with its numbers."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from matplotlib.figure import Figure as Chart

from tfp.report.building import build_document
from tfp.report.document import (
    Blank,
    Column,
    Document,
    Figure,
    FindingsBlock,
    FindingText,
    Formula,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
    show_cell,
)
from tfp.report.front_matter import FrontMatter, Letterhead, Signature
from tfp.report.word.writing import word_bytes

FRONT = FrontMatter(
    letterhead=Letterhead(
        superior="ỦY BAN NHÂN DÂN TỈNH",
        body="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        number="12/BC-SKHCN",
        place="Hưng Yên",
        date=date(2026, 3, 5),
    ),
    recipients=("UBND tỉnh (để báo cáo)", "Lưu: VT"),
    signatures=(Signature(role="head", title="Giám đốc", name="Nguyễn Văn A"),),
)
WIDE = Table(
    name="wide",
    number="B1",
    title="Wide",
    columns=(
        Column(label="Năm", style="year"),
        *(Column(label=f"Chỉ tiêu {n}", unit="tỷ đồng", digits=1) for n in range(13)),
    ),
    rows=tuple((year, *(1234567.8 + n for n in range(13))) for year in range(2010, 2025)),
)
VERY_WIDE = replace(
    WIDE,
    name="very wide",
    number="B2",
    columns=(*WIDE.columns, *WIDE.columns[1:]),
    rows=tuple((*row, *row[1:]) for row in WIDE.rows),
)
HIDDEN = Table(
    name="hidden",
    title="=SUM(A1:A2)",
    columns=(Column(label="Năm", style="year"), Column(label="TFP", unit="%")),
    rows=((2020, Blank("a")), (2021, 45.6789)),
    notes=(("a", "không tính"),),
    source="niên giám",
)


def chart():
    return Chart(figsize=(6.3, 3.9))


def plain(document):
    """Return the document with charts that cost nothing to draw."""
    blocks = (replace(b, draw=chart) if isinstance(b, Figure) else b for b in document.blocks)
    return replace(document, blocks=tuple(blocks))


SMALL = Document(
    title="Báo cáo thử",
    subtitle="2010–2024",
    language="vi",
    area="Hưng Yên",
    marks=("Mã lần tính 0123456789ab",),
    draft="DỰ THẢO: còn một điểm gãy",
    banner="Phương án tham khảo",
    front=FRONT,
    dated=date(2026, 3, 5),
    blocks=(
        Heading(text="Kết quả", name="first"),
        Paragraph(text="=1+1 & <b>\x07", role="lead"),
        KeyFigures(figures=(KeyFigure(label="TFP", value=None, unit="%"),)),
        Figure(name="f", draw=chart, alternative="Cột chồng", caption="Đóng góp"),
        HIDDEN,
        Heading(text="Số liệu"),
        WIDE,
        VERY_WIDE,
        Heading(text="Phụ lục", annex=True),
        Heading(text="Phần đầu", level=2),
        Formula(mathml="<math/>", text="g_A = g_Y"),
        FindingsBlock(
            findings=(
                FindingText(
                    severity="warn",
                    label="cảnh báo",
                    found="điểm gãy",
                    where="2021",
                    effect="lớn",
                    remedy="nối chuỗi",
                ),
            )
        ),
    ),
)


@pytest.fixture(scope="module")
def small():
    return docx.Document(io.BytesIO(word_bytes(SMALL)))


def mm(length):
    return round(length.mm)


def words_of(part):
    return "".join(node.text or "" for node in part.iter(qn("w:t")))


def test_paper_and_margins_are_those_of_the_decree(small):
    assert {s.orientation for s in small.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    for section in small.sections:
        assert sorted((mm(section.page_width), mm(section.page_height))) == [210, 297]
        lying = section.orientation == WD_ORIENT.LANDSCAPE
        assert (section.page_width > section.page_height) == lying
        assert 20 <= mm(section.top_margin) <= 25
        assert 20 <= mm(section.bottom_margin) <= 25
        assert 30 <= mm(section.left_margin) <= 35
        assert 15 <= mm(section.right_margin) <= 20


def test_letters_are_times_new_roman_and_the_language_is_said(small):
    defaults = small.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert 26 <= int(defaults.find(f".//{qn('w:sz')}").get(qn("w:val"))) <= 28
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
    other = set()
    for owner in (small.styles.element, small.element):
        other |= {fonts.get(qn("w:ascii")) for fonts in owner.iter(qn("w:rFonts"))}
    assert other == {"Times New Roman"}
    body = small.styles["Body Text"].paragraph_format
    assert body.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(body.first_line_indent.mm) == 10


def test_the_page_number_stands_in_the_top_margin_and_not_on_page_one(small):
    first, *others = small.sections
    assert first.different_first_page_header_footer
    assert "PAGE" not in first.first_page_header._element.xml
    assert " PAGE " in first.header._element.xml
    style = first.header.paragraphs[0].style
    assert style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    for section in others:
        assert section.header.is_linked_to_previous
        assert not section.different_first_page_header_footer


def test_every_page_bears_the_run_and_that_it_is_a_draft(small):
    first = small.sections[0]
    for footer in (first.first_page_footer, first.footer):
        assert footer.paragraphs[0].text == "Mã lần tính 0123456789ab"
    for header in (first.first_page_header, first.header):
        assert header.paragraphs[1].text == SMALL.draft
    texts = [paragraph.text for paragraph in small.paragraphs]
    assert texts.index("Phương án tham khảo") < texts.index(SMALL.draft) < texts.index("BÁO CÁO")


def test_reasons_that_do_not_fit_a_line_are_on_page_one_only():
    long = replace(SMALL, draft="DỰ THẢO: " + "còn điểm gãy; " * 20, blocks=())
    file = docx.Document(io.BytesIO(word_bytes(long)))
    header = file.sections[0].header.paragraphs[1].text
    assert header == "DỰ THẢO: lý do nêu ở trang 1"
    assert long.draft in [paragraph.text for paragraph in file.paragraphs]


def test_letterhead_recipients_and_signatures(small):
    head, ending, sheet = small.tables[0], small.tables[-2], small.tables[-1]
    left, right = (cell.text for cell in head.rows[0].cells)
    assert left.split("\n")[:2] == ["ỦY BAN NHÂN DÂN TỈNH", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"]
    assert left.endswith("Số: 12/BC-SKHCN")
    assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert right.endswith("Hưng Yên, ngày 05 tháng 3 năm 2026")
    recipients, signature = (cell.text for cell in ending.rows[0].cells)
    assert recipients == "Nơi nhận:\n- UBND tỉnh (để báo cáo);\n- Lưu: VT."
    assert signature.startswith("GIÁM ĐỐC")
    assert signature.endswith("Nguyễn Văn A")
    titles = [cell.text for cell in sheet.rows[0].cells]
    assert titles == ["NGƯỜI LẬP BIỂU", "NGƯỜI KIỂM TRA", "GIÁM ĐỐC"]
    assert next(cell.text for cell in sheet.rows[-1].cells).strip(".") == ""


def test_the_report_is_signed_before_its_annex(small):
    order = [
        "ending" if child.tag == qn("w:tbl") and "Nơi nhận" in words_of(child) else words_of(child)
        for child in small.element.body
    ]
    assert order.index("ending") < order.index("Phụ lục") < order.index("PHIẾU KÝ SỐ LIỆU")


def test_a_plan_without_an_office_has_dots(small):
    blank = replace(SMALL, front=FrontMatter(letterhead=Letterhead()), blocks=(), draft="")
    file = docx.Document(io.BytesIO(word_bytes(blank)))
    left, right = (cell.text for cell in file.tables[0].rows[0].cells)
    assert left.endswith("Số: ......../BC-........")
    assert "ngày ..... tháng ....." in right
    none = docx.Document(io.BytesIO(word_bytes(replace(blank, front=None))))
    assert none.tables == []


def tables_between(file):
    return [table for table in file.tables if table.style.name == "Report Table"]


def test_heads_are_repeated_and_rows_are_not_parted(small):
    for table in tables_between(small)[1:]:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads[0]
        assert not any(heads[2:])
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        section = 297 if "Chỉ tiêu" in table.cell(0, 1).text else 210
        assert sum(grid) <= (section - 50) * 1440 / 25.4 + 1


def test_wide_tables_lie_with_their_heading_and_the_widest_are_parted(small):
    lying, texts = False, {True: [], False: []}
    for child in reversed(list(small.element.body)):
        section = child if child.tag == qn("w:sectPr") else child.find(f".//{qn('w:sectPr')}")
        if section is not None:
            lying = section.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"
        texts[lying].append(words_of(child))
    said = " ".join(texts[True])
    assert {"Số liệu", "Bảng B1. Wide"} <= set(texts[True])
    parts = re.findall(r"Bảng B2\. Wide \(tiếp theo (\d)/(\d)\)", said)
    assert sorted(parts) == [(str(n), parts[0][1]) for n in range(1, len(parts) + 1)]
    assert len(parts) > 1
    assert "Bảng 1. =SUM(A1:A2)" in texts[False]


def test_charts_have_a_text_for_those_who_cannot_see_them(small):
    (picture,) = small.inline_shapes
    assert picture._inline.docPr.get("descr") == "Cột chồng"
    image = next(part for part in small.part.package.iter_parts() if part.partname.endswith("png"))
    wide = int.from_bytes(image.blob[16:20])
    assert wide / picture.width.inches >= 200
    assert "Hình 1. Đóng góp" in [paragraph.text for paragraph in small.paragraphs]


def test_words_stay_words_and_withheld_numbers_keep_their_mark(small):
    texts = [paragraph.text for paragraph in small.paragraphs]
    assert "=1+1 & <b>" in texts
    table = next(t for t in tables_between(small) if t.cell(0, 0).text == "Năm")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Năm", "TFP\n(%)"], ["2020", "xa"], ["2021", "45,68"]
    ]  # fmt: skip
    assert "Nguồn: niên giám" in texts


def test_subscripts_of_a_formula_stand_below_the_line(small):
    (formula,) = (p for p in small.paragraphs if p.style.name == "Formula")
    assert [(run.text, bool(run.font.subscript)) for run in formula.runs] == [
        ("g", False), ("A", True), (" = g", False), ("Y", True)
    ]  # fmt: skip


def test_headings_are_word_s_own_and_a_table_of_contents_finds_them(small):
    styles = {paragraph.text: paragraph.style for paragraph in small.paragraphs}
    assert styles["Kết quả"].name == "Heading 1"
    assert styles["Phần đầu"].name == "Heading 2"
    assert styles["Phụ lục"].base_style.name == "Heading 1"
    assert styles["Bảng B1. Wide"].name == "Caption"


def test_the_file_says_nobody_s_name_and_is_the_same_twice():
    data = word_bytes(SMALL)
    assert data == word_bytes(SMALL)
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        SMALL.title,
        "",
        "",
    )
    assert properties.created.date() == properties.modified.date() == date(2026, 3, 5)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "app" in name]


def test_every_table_of_the_main_example_stands_in_the_file(language, national_content):
    document = plain(build_document(national_content(language)))
    file = docx.Document(io.BytesIO(word_bytes(document)))
    captions = [p.text for p in file.paragraphs if p.style.name == "Caption"]
    found = [rows_of(table) for table in tables_between(file)]
    for table in document.tables():
        assert any(caption.endswith(table.title) for caption in captions), table.name
        shown = [
            [
                show_cell(cell, column, language) + (cell.mark if isinstance(cell, Blank) else "")
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.rows
        ]
        assert any(rows[-len(shown) :] == shown for rows in found), table.name
    language_of = file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    assert language_of == {"vi": "vi-VN", "en": "en-GB"}[language]


def rows_of(table):
    """Return the texts of a table, read at once: python-docx looks up cell by cell."""
    return [
        [words_of(cell) for cell in row.iterchildren(qn("w:tc"))]
        for row in table._tbl.iterchildren(qn("w:tr"))
    ]
