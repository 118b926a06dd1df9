"""Paragraphs, key figures, findings, formulas and charts of a Word report."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.shared import Mm

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.report.paper import CHART_DPI, chart_size, text_width
from tfp.report.subscripts import pieces
from tfp.report.word.elements import (
    bold,
    cell,
    element,
    field,
    italic,
    paragraph,
    row,
    run,
    size,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordFile

    from tfp.language.catalogue import Language
    from tfp.report.document import (
        Figure,
        FindingsBlock,
        Formula,
        Heading,
        KeyFigure,
        KeyFigures,
        Paragraph,
    )
    from tfp.report.word.elements import Element

_STYLES = {"body": "BodyText", "lead": "BodyText", "note": "Note", "warning": "Warning"}
_DEEPEST, _PART = 3, 2
_ANNEX_NUMBERS = 2
_IN_A_ROW = 4


def heading_element(block: Heading, *, in_annex: bool) -> Element:
    """Return a heading that a table of contents finds; parts of the annex count anew."""
    if block.annex:
        return paragraph("AnnexHeading", run(block.text))
    count = element("numPr", element("ilvl", val=1), element("numId", val=_ANNEX_NUMBERS))
    return paragraph(
        f"Heading{min(block.level, _DEEPEST)}",
        run(block.text),
        properties=[count] if in_annex and block.level == _PART else [],
    )


def paragraph_element(block: Paragraph) -> Element:
    """Return a paragraph in the style of its role."""
    return paragraph(_STYLES[block.role], run(block.text))


def formula_element(block: Formula) -> Element:
    """Return a formula as text with its subscripts."""
    return paragraph(
        "Formula",
        *(
            run(words, element("vertAlign", val="subscript")) if below else run(words)
            for words, below in pieces(block.text)
        ),
    )


def key_figure_elements(block: KeyFigures, language: Language) -> Iterator[Element]:
    """Give the numbers of the headline as a small table, four in a row."""
    yield paragraph("Rule", properties=(element("pBdr", element("top", val="nil")),))
    for at in range(0, len(block.figures), _IN_A_ROW):
        figures = block.figures[at : at + _IN_A_ROW]
        width = text_width(lying=False) // len(figures)
        yield table(
            [width] * len(figures),
            row(*(cell(width, *_key_label(figure), head=True) for figure in figures)),
            row(*(cell(width, *_key_value(figure, language)) for figure in figures)),
            style="ReportTable",
        )
        yield paragraph("Rule", properties=(element("pBdr", element("top", val="nil")),))


def _key_label(figure: KeyFigure) -> Iterator[Element]:
    yield paragraph("TableHead", run(figure.label, *size(11)))
    if figure.note:
        yield paragraph("TableHead", run(f"({figure.note})", element("b", val=0), *size(10)))


def _key_value(figure: KeyFigure, language: Language) -> Iterator[Element]:
    value = show_number(figure.value, figure.digits, language, missing="x")
    yield paragraph("KeyFigure", run(value))
    yield paragraph("TableHead", run(figure.unit, element("b", val=0), *size(11)))


def finding_elements(block: FindingsBlock, language: Language) -> Iterator[Element]:
    """Give the findings: what, where, what it does to TFP, and what to do."""
    for finding in block.findings:
        yield paragraph("Finding", bold(f"{finding.label.upper()}: "), run(finding.found))
        details = [
            (name, words)
            for name, words in (
                ("where", finding.where),
                ("effect", finding.effect),
                ("remedy", finding.remedy),
            )
            if words
        ]
        for number, (name, words) in enumerate(details, start=1):
            label = text(f"report.finding.{name}", language)
            yield paragraph(
                "FindingDetail",
                italic(f"{label} "),
                run(words),
                keep_next=number < len(details),
            )


def figure_elements(
    block: Figure, label: str, language: Language, file: WordFile, *, lying: bool
) -> Iterator[Element]:
    """Give a chart as a picture with its alternative text, its caption below."""
    from tfp.plots.saving import chart_bytes

    picture = chart_bytes(block.draw(), "png", dpi=CHART_DPI[lying])
    wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    width = Mm(chart_size(wide, high, lying=lying))
    inline = file.part.new_pic_inline(BytesIO(picture), width=width)
    inline.docPr.set("descr", block.alternative)
    inline.docPr.set("title", block.caption)
    drawing = element("drawing")
    drawing.append(inline)
    yield paragraph("Figure", element("r", drawing))
    yield paragraph("FigureCaption", *_counted(label, block.caption), keep_next=bool(block.source))
    if block.source:
        source = f"{text('report.page.source', language)} {block.source}"
        yield paragraph("TableNote", run(source))


def _counted(label: str, caption: str) -> Iterator[Element]:
    """Give label and caption, the number as a field so that Word counts on."""
    word, _, number = label.rpartition(" ")
    yield run(f"{word} ")
    yield from field(f"SEQ {word} \\* ARABIC", number.rstrip("."))
    yield run(f". {caption}")
