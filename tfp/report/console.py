"""A table as lines of text of limited width: nothing is cut, what is too wide is wrapped."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from tfp.report.document import Blank, show_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell, Column, Table

WIDTH = 100
_GAP = "  "
_NARROWEST_NAME, _NARROWEST_TEXT = 24, 12
_MOST_HEAD_LINES = 3


def table_lines(table: Table, language: Language, *, keys: int = 1) -> list[str]:
    """Return a table as lines of at most ``WIDTH`` letters, numbers to the right.

    Long texts and heads run over several lines. Where the columns do not stand side by
    side, groups of them follow one another, each after the first `keys` columns.
    """
    blocks = [_block(part, language) for part in _parts(table, language, keys)]
    return [line for number, block in enumerate(blocks) for line in ([""] * bool(number)) + block]


def text_lines(words: str, *, indent: str = "") -> list[str]:
    """Return a sentence as lines of at most ``WIDTH`` letters."""
    return wrap(words, WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]


def plain_cell(cell: Cell, column: Column, language: Language) -> str:
    """Return a cell without letters above the line: a withheld number as ``x(a)``."""
    if isinstance(cell, Blank):
        return f"x({cell.mark})"
    return show_cell(cell, column, language)


def plain_note(mark: str, note: str) -> str:
    """Return a note of a table, with the mark that its cells bear."""
    return f"({mark}) {note}" if mark else note


def head_width(words: str) -> int:
    """Return the least width in which a head takes few lines."""
    width = max((_width(word) for word in words.split()), default=0)
    while len(_wrapped(words, width)) > _MOST_HEAD_LINES:
        width += 1
    return width


def _parts(table: Table, language: Language, keys: int) -> Iterator[Table]:
    """Give the table, or as many tables one below the other as its width takes."""
    widths = _widths(table, language)
    if _total(widths) <= WIDTH or keys >= len(widths):
        yield _chosen(table, list(range(len(widths))))
        return
    first = list(range(keys))
    room = WIDTH - _total([widths[number] for number in first]) - len(_GAP)
    taken: list[int] = []
    for chunk in _chunks(table, widths, keys, room):
        if taken and _total([widths[n] for n in (*taken, *chunk)]) > room:
            yield _chosen(table, [*first, *taken])
            taken = []
        taken += chunk
    yield _chosen(table, [*first, *taken])


def _chunks(table: Table, widths: list[int], keys: int, room: int) -> Iterator[list[int]]:
    """Give columns that stay together: those of a group, if they fit side by side.

    A last column of words, such as the status, does not stand alone.
    """
    groups: list[list[int]] = []
    for number in range(keys, len(widths)):
        group = table.columns[number].group
        if groups and group and table.columns[groups[-1][0]].group == group:
            groups[-1].append(number)
        else:
            groups.append([number])
    if len(groups) > 1 and len(groups[-1]) == 1 and table.columns[-1].style == "text":
        groups[-2:] = [groups[-2] + groups[-1]]
    for columns in groups:
        if _total([widths[n] for n in columns]) <= room:
            yield columns
        else:
            yield from ([number] for number in columns)


def _chosen(table: Table, numbers: list[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[n] for n in numbers),
        rows=tuple(tuple(row[n] for n in numbers) for row in table.rows),
    )


def _block(table: Table, language: Language) -> list[str]:
    widths = _widths(table, language)
    texts = [column.style == "text" for column in table.columns]
    lines = _group_lines(table, widths)
    heads = [
        [*_wrapped(column.label, width), *_wrapped(column.unit, width)]
        for column, width in zip(table.columns, widths, strict=True)
    ]
    deepest = max(len(head) for head in heads)
    lines += _side_by_side([[""] * (deepest - len(head)) + head for head in heads], widths, texts)
    lines.append("-" * _total(widths))
    for row in table.rows:
        cells = [
            _wrapped(plain_cell(cell, column, language), width)
            for cell, column, width in zip(row, table.columns, widths, strict=True)
        ]
        lines += _side_by_side(cells, widths, texts)
    return lines


def _widths(table: Table, language: Language) -> list[int]:
    """Return how wide each column is; texts give way where the table is too wide."""
    widths: list[int] = []
    least: list[int] = []
    for number, column in enumerate(table.columns):
        cells = [plain_cell(row[number], column, language) for row in table.rows]
        head = max(head_width(column.label), head_width(column.unit))
        longest = max([head, *(_width(cell) for cell in cells)])
        needed = longest
        if column.style == "text":
            word = max([head, *(_width(w) for cell in cells for w in cell.split())])
            needed = max(word, min(longest, _NARROWEST_NAME if number == 0 else _NARROWEST_TEXT))
        widths.append(longest)
        least.append(needed)
    for at, label, span in _groups(table):
        missing = head_width(label) - _total(widths[at : at + span])
        if missing > 0:
            widths[at] += missing
            least[at] += missing
    while _total(widths) > WIDTH and widths != least:
        widest = max(range(len(widths)), key=lambda n: widths[n] - least[n])
        widths[widest] -= 1
    return widths


def _groups(table: Table) -> Iterator[tuple[int, str, int]]:
    """Give first column, label and number of columns of each head over several columns."""
    column = 0
    for label, span in table.groups:
        yield column, label, span
        column += span


def _group_lines(table: Table, widths: list[int]) -> list[str]:
    """Return the heads over several columns, each above the first of them."""
    spans = [(label, _total(widths[at : at + span])) for at, label, span in _groups(table)]
    if not spans:
        return []
    wrapped = [_wrapped(label, width) for label, width in spans]
    deepest = max(len(lines) for lines in wrapped)
    filled = [[""] * (deepest - len(lines)) + lines for lines in wrapped]
    return _side_by_side(filled, [width for _, width in spans], [True] * len(spans))


def _side_by_side(cells: list[list[str]], widths: list[int], texts: list[bool]) -> list[str]:
    lines = []
    for pieces in zip_longest(*cells, fillvalue=""):
        parts = []
        for piece, width, is_text in zip(pieces, widths, texts, strict=True):
            space = " " * (width - _width(piece))
            parts.append(piece + space if is_text else space + piece)
        lines.append(_GAP.join(parts).rstrip())
    return lines


def _wrapped(words: str, width: int) -> list[str]:
    """Return words in lines; an empty text takes none."""
    if _width(words) <= width:
        return [words] if words else []
    return wrap(words, width, break_on_hyphens=False)


def _total(widths: list[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _width(words: str) -> int:
    """Return how many columns of a console some words take."""
    return sum(
        0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in words
    )
