"""The order on paper: which pages stand, which lie, and what stands on them.

A table that needs the long side of the paper takes its heading along, and so does what
stands between two of them as long as it is short: paper is turned as rarely as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from tfp.report.captions import labels
from tfp.report.document import (
    Figure,
    FindingsBlock,
    Formula,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
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
from tfp.report.word.tables import fitted, table_elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordFile

    from tfp.report.document import Block, Document
    from tfp.report.word.elements import Element
    from tfp.report.word.tables import Fitted

# Letters of a paragraph that a lying page takes along.
_SHORT = 500


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """A block, its label, where it stands, and tables as they go onto paper."""

    block: Block
    label: str
    fits: tuple[Fitted, ...] = ()
    lying: bool = False
    in_annex: bool = False


def written(document: Document, file: WordFile) -> WordFile:
    """Return the file with the whole document in it."""
    first_section(file, document)
    _append(file, head_of(document))
    ended = document.front is None
    for placed in _placed(document):
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


def _placed(document: Document) -> list[_Placed]:
    """Return the blocks, each with whether its page lies."""
    blocks, language = document.blocks, document.language
    fits = [fitted(block, language) if isinstance(block, Table) else () for block in blocks]
    lies = [any(fit.lying for fit in fit_of) for fit_of in fits]
    _take_along(blocks, lies)
    begins = [isinstance(block, Heading) and block.annex for block in blocks]
    annexed = accumulate(begins, or_)
    named = zip(blocks, labels(blocks, language), fits, lies, annexed, strict=True)
    return [
        _Placed(block=block, label=label, fits=fit, lying=lie, in_annex=annex)
        for block, label, fit, lie, annex in named
    ]


def _take_along(blocks: Sequence[Block], lies: list[bool]) -> None:
    """Let headings, and little between two lying tables, lie with the table below."""
    for at in reversed(range(len(blocks))):
        if lies[at] and isinstance(blocks[at], Table):
            start = at
            while start and isinstance(blocks[start - 1], Heading):
                start -= 1
            between = start
            while between and _is_short(blocks[between - 1]):
                between -= 1
            follows = between and lies[between - 1] and isinstance(blocks[between - 1], Table)
            first = between if follows else start
            lies[first:at] = [True] * (at - first)


def _is_short(block: Block) -> bool:
    if isinstance(block, Heading):
        return not block.annex
    return isinstance(block, Paragraph) and len(block.text) <= _SHORT


def _elements(placed: _Placed, document: Document, file: WordFile) -> Iterator[Element]:
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
            yield from figure_elements(block, placed.label, language, file)
        case FindingsBlock():
            yield from finding_elements(block, language)
        case Formula():
            yield formula_element(block)
        case KeyFigures():
            yield from key_figure_elements(block, language)
