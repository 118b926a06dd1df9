"""Text files of figures: bytes to a grid.

In UTF-8, UTF-16, or what :mod:`tfp.tables.text_encoding` is certain of. Lines that start
with ``#`` are remarks and keep their number. The delimiter is declared, or read off the
header line where only one of the three candidates stands on it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

from tfp.errors import Place, TableError
from tfp.tables.grid import Grid, GridRow, tidy_text
from tfp.tables.old_text import in_unicode
from tfp.tables.text_encoding import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

Delimiter = Literal[",", ";", "\t"]
_CANDIDATES: tuple[Delimiter, ...] = (",", ";", "\t")
ENOUGH_LINES = 4  # that agree, for it to be no chance
_SHOWN = {",": ",", ";": ";", "\t": "tab"}


def csv_grid(
    data: bytes, file: str, *, header_row: int | None = None, delimiter: Delimiter | None = None
) -> Grid:
    """Return the rows of a text file.

    Parameters
    ----------
    data
        The file's bytes.
    file
        The file's name, for messages.
    header_row
        The line of the header; lines above it are not read. None: the first line that
        is neither empty nor a remark.
    delimiter
        What separates the cells. None: decided on the header line.

    Raises
    ------
    TableError
        ``file-not-utf8``, ``text-encoding-unclear``, ``file-not-text``,
        ``delimiter-ambiguous``, ``quotes-unbalanced``.
    """
    text = decoded(data, file)
    lines = _Lines(text, first=header_row or 1)
    if delimiter is None:
        delimiter = _decide_delimiter(lines.header(), text, file)
    rows = tuple(row for row in _records(lines, delimiter, file) if not row.is_empty)
    return in_unicode(Grid(file, None, rows, comments=lines.comments))


class _Lines:
    """The lines of a text, numbered, without remarks between records.

    A ``#`` inside a quoted cell that runs over several lines is no remark; `fresh`
    tells whether the next line begins a record, `record` where the last one began.
    """

    def __init__(self, text: str, first: int) -> None:
        # newline="" keeps line ends inside quoted cells, and knows no others than CR and LF.
        self._lines = list(io.StringIO(text, newline=""))
        self.number = first - 1
        self.comments = 0
        self.record = self.number
        self.fresh = True

    def __iter__(self) -> Iterator[str]:
        while self.number < len(self._lines):
            line = self._lines[self.number]
            self.number += 1
            if self.fresh and line.startswith("#"):
                self.comments += 1
                continue
            if self.fresh:
                self.record = self.number
            self.fresh = False
            yield line

    def header(self) -> str:
        """Return the first line that is neither empty nor a remark."""
        for line in self._lines[self.number :]:
            if line.strip() and not line.startswith("#"):
                return line
        return ""


def _decide_delimiter(header: str, text: str, file: str) -> Delimiter:
    found = [candidate for candidate in _CANDIDATES if candidate in _outside_quotes(header)]
    if len(found) > 1:
        # A title with commas above a table: Excel writes as many cells on every line.
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        even = [
            candidate
            for candidate in found
            if len({_outside_quotes(line).count(candidate) for line in lines}) == 1
        ]
        found = even if len(even) == 1 and len(lines) >= ENOUGH_LINES else found
    if len(found) > 1:
        raise TableError(
            "delimiter-ambiguous",
            places=[Place(file=file)],
            found=[_SHOWN[candidate] for candidate in found],
        )
    return found[0] if found else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _records(lines: _Lines, delimiter: Delimiter, file: str) -> Iterator[GridRow]:
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        lines.fresh = True
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(
                "quotes-unbalanced", places=[Place(file=file)], line=lines.record
            ) from error
        yield GridRow(lines.record, tuple(tidy_text(cell) or None for cell in cells))
