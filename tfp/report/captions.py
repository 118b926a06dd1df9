"""What stands above and below a table, alike in every format: ``Bảng B7.``, notes, source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Figure, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Block


def labels(blocks: Iterable[Block], language: Language) -> list[str]:
    """Return the label of each block that has one, and an empty text for the others.

    Tables that bear a number of their own keep it; the others, and the charts, are
    counted in reading order.
    """
    tables = figures = 0
    found = []
    for block in blocks:
        if isinstance(block, Table):
            tables += not block.number
            number = block.number or tables
            found.append(text("report.table.number", language, number=number))
        elif isinstance(block, Figure):
            figures += 1
            found.append(text("report.figure.number", language, number=figures))
        else:
            found.append("")
    return found


def below(table: Table, language: Language) -> Iterator[tuple[str, str]]:
    """Give what stands below a table, line by line, each with its mark or none."""
    yield from table.notes
    if table.status:
        yield "", text("report.page.status", language, status=table.status)
    if table.source:
        yield "", f"{text('report.page.source', language)} {table.source}"
