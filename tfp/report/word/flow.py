"""The order on paper: which pages stand, which lie, and what stands on them.

A table that needs the long side of the paper takes its heading along, and so does what
stands between two of them as long as it is short: paper is turned as rarely as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from tfp.report.word.pages import first_section, next_section
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
    """A block, its label, and whether its page lies; tables as they go onto paper."""

    block: Block
    label: str
    fits: tuple[Fitted, ...] = ()
    lying: bool = False


def written(document: Document, file: WordFile) -> WordFile:
    """Return the file with the whole document in it."""
    first_section(file, document)
    _append(file, head_of(document))
    lying = ended = False
    for placed in _placed(document):
        annex = isinstance(placed.block, Heading) and placed.block.annex
        if annex and not ended:
            lying, ended = _turn(file, lying, to=False), True
            _append(file, ending_of(document))
        lying = _turn(file, lying, to=placed.lying)
        _append(file, _elements(placed, document, file))
    if document.front is not None:
        _turn(file, lying, to=False)
        if not ended:
            _append(file, ending_of(document))
        _append(file, sheet_of(document))
    return file


def _turn(file: WordFile, lying: bool, *, to: bool) -> bool:
    if lying != to:
        next_section(file, lying=to)
    return to


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
    return [
        _Placed(block=block, label=label, fits=fit, lying=lie)
        for block, label, fit, lie in zip(
            blocks, labels(blocks, language), fits, lies, strict=True
        )
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
    return (
        isinstance(block, Heading)
        and not block.annex
        or isinstance(block, Paragraph)
        and len(block.text) <= _SHORT
    )


def _elements(placed: _Placed, document: Document, file: WordFile) -> Iterator[Element]:
    language, block = document.language, placed.block
    match block:
        case Heading():
            yield heading_element(block)
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
