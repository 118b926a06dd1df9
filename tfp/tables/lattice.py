"""A grid looked at so that years run across, whichever way the sheet has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfp.errors import Place
    from tfp.tables.grid import Found, Grid

Block = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Lattice:
    """Lines with positions; where `turned`, a line is a column of the sheet.

    Parameters
    ----------
    grid
        The sheet as found.
    turned
        Whether years run down the sheet.
    first_row, last_row
        Rows outside these are not looked at.
    """

    grid: Grid
    turned: bool = False
    first_row: int = 1
    last_row: int | None = None

    @cached_property
    def lines(self) -> dict[int, dict[int, Found]]:
        """Every cell that holds something, by line and position."""
        found: dict[int, dict[int, Found]] = {}
        for row in self.grid.rows:
            if row.number < self.first_row or row.number > (self.last_row or row.number):
                continue
            for column, cell in enumerate(row.cells, start=1):
                if cell is None or cell == "":
                    continue
                line, position = (column, row.number) if self.turned else (row.number, column)
                found.setdefault(line, {})[position] = cell
        return {line: dict(sorted(found[line].items())) for line in sorted(found)}

    @cached_property
    def _spread(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first cell of the merged block that a place lies in."""
        found = {}
        for block in self.grid.merged:
            top, left, bottom, right = self._turn(block)
            for line in range(top, bottom + 1):
                for position in range(left, right + 1):
                    found[line, position] = (top, left)
        return found

    @cached_property
    def wide_blocks(self) -> dict[tuple[int, int], int]:
        """The last position of every merged block that spans several, by its first cell."""
        blocks = map(self._turn, self.grid.merged)
        return {(top, left): right for top, left, _, right in blocks if right > left}

    def _turn(self, block: Block) -> Block:
        top, left, bottom, right = block
        return (left, top, right, bottom) if self.turned else block

    def at(self, line: int, position: int) -> Found:
        """Return what a place holds, or the merged block that it lies in."""
        own = self.lines.get(line, {}).get(position)
        if own is not None:
            return own
        top, left = self._spread.get((line, position), (line, position))
        return self.lines.get(top, {}).get(left)

    def place(self, line: int, position: int, name: str | None = None) -> Place:
        """Return the place of a cell in the file."""
        row, column = (position, line) if self.turned else (line, position)
        return self.grid.place(row, column, name)

    def is_per_cent(self, line: int, position: int) -> bool:
        """Tell whether the sheet shows a cell's number in per cent."""
        row, column = (position, line) if self.turned else (line, position)
        return (row, column) in self.grid.per_cent
