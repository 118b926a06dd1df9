"""The text of a Word report, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from tfp.report.document import (
    Figure,
    FindingsBlock,
    Formula,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
from tfp.report.flow import on_paper
from tfp.report.word.blocks import (
    figure_elements,
    finding_elements,
    formula_element,
    heading_element,
    key_figure_elements,
    paragraph_element,
)
from tfp.report.word.front import ending_of, head_of, sheet_of
from tfp.report.word.pages import first_section, is_lying, next_section
from tfp.report.word.tables import table_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordFile

    from tfp.report.document import Document
    from tfp.report.flow import Placed
    from tfp.report.word.elements import Element


def written(document: Document, file: WordFile) -> WordFile:
    """Return the file with the whole document in it."""
    first_section(file, document)
    _append(file, head_of(document))
    ended = document.front is None
    for placed in on_paper(document):
        if placed.in_annex and not ended:
            _end(file, document)
            ended = True
        _turn(file, lying=placed.lying)
        _append(file, _elements(placed, document, file))
    if not ended:
        _end(file, document)
    if document.front is not None:
        _turn(file, lying=False)
        _append(file, sheet_of(document))
    return file


def _end(file: WordFile, document: Document) -> None:
    """Close the report with recipients and signature, not alone on a page."""
    _turn(file, lying=False)
    last = file.element.body[-2]
    if last.tag == qn("w:p"):
        last.get_or_add_pPr().get_or_add_keepNext()
    _append(file, ending_of(document))


def _turn(file: WordFile, *, lying: bool) -> None:
    """Begin a new page if the paper must be turned."""
    if is_lying(file) != lying:
        next_section(file, lying=lying)


def _append(file: WordFile, elements: Iterator[Element]) -> None:
    body = file.element.body
    for each in elements:
        body.insert_element_before(each, "w:sectPr")


def _elements(placed: Placed, document: Document, file: WordFile) -> Iterator[Element]:
    language, block = document.language, placed.block
    match block:
        case Heading():
            yield heading_element(block, in_annex=placed.in_annex)
        case Paragraph():
            yield paragraph_element(block)
        case Table():
            for fit in placed.fits:
                yield from table_elements(fit, placed.label, language)
        case Figure():
            yield from figure_elements(block, placed.label, language, file, lying=placed.lying)
        case FindingsBlock():
            yield from finding_elements(block, language)
        case Formula():
            yield formula_element(block)
        case KeyFigures():
            yield from key_figure_elements(block, language)
