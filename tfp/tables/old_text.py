"""The texts of a sheet in Unicode, where some were written with fonts from before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.tables.grid import ConvertedText, Found, Grid, GridRow, tidy_text
from tfp.tables.old_letters import (
    LAST_WESTERN,
    encoding_of_font,
    evidence,
    from_old,
    is_capital_font,
    is_western,
    old_encoding,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.tables.old_letters import OldEncoding


def in_unicode(grid: Grid, fonts: Mapping[tuple[int, int], str] | None = None) -> Grid:
    """Return a grid with its texts in Unicode, and what was converted.

    Parameters
    ----------
    grid
    fonts
        By row and column the font of cells in which one from before Unicode is used.

    Notes
    -----
    A cell is converted where its font says so. Without such fonts, the words of the whole
    sheet decide; in a sheet that also holds Unicode Vietnamese, those of the cell alone.
    """
    texts = [cell for row in grid.rows for cell in row.cells if isinstance(cell, str)]
    if not any(map(is_western, texts)):
        return grid
    rule = _Rule(
        fonts or {},
        old_encoding(texts),
        mixed=any(ord(max(text)) > LAST_WESTERN and _is_letter(text) for text in texts),
    )
    converted: list[ConvertedText] = []
    rows = tuple(
        GridRow(
            row.number,
            tuple(
                _cell(cell, rule, (row.number, column), converted)
                for column, cell in enumerate(row.cells, start=1)
            ),
        )
        for row in grid.rows
    )
    return replace(grid, rows=rows, converted=tuple(converted)) if converted else grid


def _is_letter(text: str) -> bool:
    """Tell whether a text has letters beyond Western Europe: signs such as ``…`` are none."""
    return any(ord(letter) > LAST_WESTERN and letter.isalpha() for letter in text)


@dataclass(frozen=True)
class _Rule:
    """What decides on a cell: fonts, the sheet's encoding, and whether it is mixed."""

    fonts: Mapping[tuple[int, int], str]
    encoding: OldEncoding | None
    mixed: bool

    def encoding_of(self, text: str, at: tuple[int, int]) -> OldEncoding | None:
        by_font = encoding_of_font(self.fonts.get(at))
        if by_font is not None:
            # Unicode typed over in such a font shows badly, but is Unicode.
            return by_font if evidence([text], by_font).against == 0 else None
        return old_encoding([text]) if self.mixed or self.fonts else self.encoding


def _cell(cell: Found, rule: _Rule, at: tuple[int, int], converted: list[ConvertedText]) -> Found:
    if not isinstance(cell, str):
        return cell
    encoding = rule.encoding_of(cell, at) if is_western(cell) else None
    # Capitals are a matter of the font alone, also for letters that have no mark.
    capital = is_capital_font(rule.fonts.get(at))
    if encoding is None:
        return cell.upper() if capital else cell
    text = tidy_text(from_old(cell, encoding))
    text = text.upper() if capital else text
    converted.append(ConvertedText(*at, encoding, cell, text))
    return text
