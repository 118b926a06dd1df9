"""The order on paper: which pages stand, which lie, and what stands on them.

A table that needs the long side of the paper takes its heading along, and so does what
stands between two of them as long as it is short: paper is turned as rarely as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

from tfp.report.captions import labels
from tfp.report.document import Figure, Heading, Paragraph, Table
from tfp.report.paper import fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.report.document import Block, Document
    from tfp.report.paper import Fitted

# Letters of a paragraph that a lying page takes along.
_SHORT = 500


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A block, its label, where it stands, and tables as they go onto paper."""

    block: Block
    label: str
    fits: tuple[Fitted, ...] = ()
    lying: bool = False
    in_annex: bool = False


def on_paper(document: Document) -> list[Placed]:
    """Return the blocks, each with whether its page lies."""
    blocks, language = document.blocks, document.language
    fits = [fitted(block, language) if isinstance(block, Table) else () for block in blocks]
    lies = [any(fit.lying for fit in fit_of) for fit_of in fits]
    _take_along(blocks, lies)
    begins = [isinstance(block, Heading) and block.annex for block in blocks]
    annexed = accumulate(begins, or_)
    named = zip(blocks, labels(blocks, language), fits, lies, annexed, strict=True)
    return [
        Placed(block=block, label=label, fits=fit, lying=lie, in_annex=annex)
        for block, label, fit, lie, annex in named
    ]


def _take_along(blocks: Sequence[Block], lies: list[bool]) -> None:
    """Let headings, and little between two lying tables, lie with the table below."""
    for at in reversed(range(len(blocks))):
        if lies[at] and isinstance(blocks[at], Table):
            start = at
            while start and isinstance(blocks[start - 1], Heading):
                start -= 1
            # A chart that turned paper would leave alone on its page fills a lying one.
            if start and isinstance(blocks[start - 1], Figure):
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
