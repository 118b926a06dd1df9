"""How wide the columns of a table are, in letters, by what stands in them.

Pages, Word and PDF share these widths: numbers and words are never broken, texts take
several lines, and a table that is too wide even so is parted by groups of columns.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.report.console import head_width
from tfp.report.document import show_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Column, Table

# Letters beyond this do not fit the width of an upright page.
UPRIGHT_LETTERS = 105
# Around what stands in a cell, in letters.
_PADDING = 1.6
# Letters that a column is wide at least and at most; longer text wraps. Only the words of
# addresses are longer than the longest one.
_NARROWEST, _WIDEST, _LONGEST_WORD = 6, 44, 18
_NAME, _ONE_LINE, _ROOT_OF_LENGTH = 24, 13, 3.0
_BOLD = 1.15
_STEP = 1.0
_BREAKS = re.compile(r"[\s/–-]+")


def column_widths(
    table: Table, language: Language, room: float = UPRIGHT_LETTERS
) -> tuple[float, ...]:
    """Return the width of each column in letters, by what stands in it.

    Numbers and words are never broken. Texts take several lines, the more so where the
    table would otherwise be wider than `room`.
    """
    needs = _needs(table, language)
    least = sum(low for low, _ in needs)
    spare = sum(wish for _, wish in needs) - least
    left = max(0.0, room - least)
    part = 1.0 if spare <= left else left / spare
    return tuple(low + part * (wish - low) for low, wish in needs)


def balanced_widths(table: Table, language: Language, room: float) -> tuple[float, ...]:
    """Return widths that fill `room` and make the table as low as can be.

    From the least widths on, each letter of room goes to the text whose rows it makes
    lower; what is left over is shared in proportion.
    """
    shown = [
        [len(show_cell(value, column, language)) for value in column_cells]
        for column, column_cells in zip(table.columns, zip(*table.rows, strict=True), strict=True)
    ]
    widths = [low for low, _ in _needs(table, language, names=_ONE_LINE)]
    texts = [n for n, lengths in enumerate(shown) if max(lengths, default=0) > widths[n] - _PADDING]
    while texts and sum(widths) + _STEP <= room:
        gains = {n: _gain(shown, texts, widths, n) for n in texts}
        best = max(gains, key=lambda n: gains[n])
        if gains[best] <= 0:
            break
        widths[best] += _STEP
    scale = room / sum(widths)
    return tuple(width * scale for width in widths)


def _gain(shown: list[list[int]], texts: list[int], widths: list[float], chosen: int) -> float:
    """Return how many lines a table loses by a wider column, and how near it is to the next."""
    wider = [width + _STEP * (number == chosen) for number, width in enumerate(widths)]
    gain = 0.0
    for lengths in zip(*(shown[number] for number in texts), strict=True):
        before = [length / (widths[n] - _PADDING) for n, length in zip(texts, lengths, strict=True)]
        after = [length / (wider[n] - _PADDING) for n, length in zip(texts, lengths, strict=True)]
        gain += max(1.0, *before) - max(1.0, *after)
    return gain


def least_width(table: Table, language: Language) -> float:
    """Return how many letters wide a table is at least."""
    return sum(low for low, _ in _needs(table, language))


def parts_within(table: Table, language: Language, room: float) -> tuple[Table, ...]:
    """Return the table, or several that together say the same, each within `room` letters.

    Each begins with the column that names the rows; columns of one group stay together
    where they fit.
    """
    widths = [low for low, _ in _needs(table, language)]
    if sum(widths) <= room or len(widths) <= 1:
        return (table,)
    chosen: list[list[int]] = []
    taken: list[int] = []
    for chunk in _groups_within(table, widths, room):
        if taken and widths[0] + sum(widths[n] for n in (*taken, *chunk)) > room:
            chosen.append([0, *taken])
            taken = []
        taken += chunk
    return tuple(_with_columns(table, numbers) for numbers in [*chosen, [0, *taken]])


def _groups_within(table: Table, widths: list[float], room: float) -> Iterator[list[int]]:
    groups: list[list[int]] = []
    for number in range(1, len(widths)):
        group = table.columns[number].group
        if groups and group and table.columns[groups[-1][0]].group == group:
            groups[-1].append(number)
        else:
            groups.append([number])
    for columns in groups:
        if widths[0] + sum(widths[number] for number in columns) <= room:
            yield columns
        else:
            yield from ([number] for number in columns)


def _with_columns(table: Table, numbers: list[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[number] for number in numbers),
        rows=tuple(tuple(row[number] for number in numbers) for row in table.rows),
    )


def _needs(table: Table, language: Language, names: int = _NAME) -> list[tuple[float, float]]:
    return [
        _letters(
            [show_cell(row[number], column, language) for row in table.rows],
            column,
            names if number == 0 else _ONE_LINE,
        )
        for number, column in enumerate(table.columns)
    ]


def _letters(cells: list[str], column: Column, one_line: int) -> tuple[float, float]:
    """Return how many letters wide a column must be, and should be.

    Texts of up to `one_line` letters are not wrapped.
    """
    longest = max((len(cell) for cell in cells), default=0)
    # Heads are bold, and their letters wider than digits.
    head = _BOLD * max(head_width(column.label), head_width(column.unit))
    if column.style != "text":
        width = _PADDING + max(_NARROWEST, longest, head)
        return width, width
    words = [len(word) for cell in cells for word in _BREAKS.split(cell)]
    least = max(_NARROWEST, min(one_line, longest), head, min(_LONGEST_WORD, max(words, default=0)))
    # A long text takes the more lines the longer it is: its width grows with the root.
    wish = max(least, min(_WIDEST, _ROOT_OF_LENGTH * math.sqrt(longest)))
    return _PADDING + least, _PADDING + wish
