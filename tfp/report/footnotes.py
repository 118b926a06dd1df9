"""Notes below a table: why numbers are withheld, and that rounded numbers may not add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.numbers import rounded_sum_differs
from tfp.report.document import Blank
from tfp.report.words import years_in_words
from tfp.results.shares import REASONS, growth_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell
    from tfp.results.decomposition import Decomposition
    from tfp.results.periods import PeriodAccounts

DIGITS = 2
NOT_AVAILABLE = "not_available"
MOST_NAMED = 8


class Footnotes:
    """The notes that one table needs, collected while its cells are made."""

    def __init__(self, language: Language, threshold: float, *, of_spans: bool = False) -> None:
        self._language: Language = language
        self._threshold = threshold
        self._of_spans = of_spans
        self._reasons: list[str] = []
        self._unequal: list[int | str] = []

    def withheld(self, reason: str) -> Cell:
        """Return the cell of a share that is not given, and remember why."""
        if reason not in self._reasons:
            self._reasons.append(reason)
        if reason == NOT_AVAILABLE:
            return None
        return Blank("abc"[self._marked.index(reason)])

    def check_sum(self, row: int | str, parts: Iterable[Cell], total: Cell) -> None:
        """Remember the row if its parts, as shown, do not add to the total as shown."""
        numbers = [float(part) for part in parts if isinstance(part, (int, float))]
        if not numbers or not isinstance(total, (int, float)) or not np.isfinite(numbers).all():
            return
        if rounded_sum_differs(numbers, float(total), DIGITS) and row not in self._unequal:
            self._unequal.append(row)

    @property
    def _marked(self) -> list[str]:
        return [reason for reason in self._reasons if reason != NOT_AVAILABLE]

    def notes(self) -> tuple[tuple[str, str], ...]:
        """Return the notes, those of withheld numbers first."""
        found = []
        for reason in self._reasons:
            mark = "" if reason == NOT_AVAILABLE else "abc"[self._marked.index(reason)]
            span = "_span" if self._of_spans and reason == NOT_AVAILABLE else ""
            key = f"report.note.blank_{reason}{span}"
            found.append((mark, text(key, self._language, threshold=float(self._threshold))))
        if self._unequal:
            found.append(("", note_on_rows("rounding", self._unequal, self._language)))
        return tuple(found)


def note_on_rows(name: str, rows: Sequence[int | str], language: Language) -> str:
    """Return a note on some rows: it names them, or counts them where they are many."""
    words = years_in_words(rows)
    if words.count(",") >= MOST_NAMED:
        return text(f"report.note.{name}_many", language, count=len(rows))
    return text(f"report.note.{name}", language, rows=words)


def share_cells(
    accounts: Decomposition | PeriodAccounts, row: int, notes: Footnotes
) -> tuple[Cell, ...]:
    """Return the shares of growth of one row, term by term, or why they are withheld."""
    reason = REASONS[accounts.blank_reasons[row]]
    if reason:
        return tuple(notes.withheld(reason) for _ in accounts.terms)
    at = slice(row, row + 1)
    shares = [
        float(growth_share(term[at], accounts.total[at], accounts.blank_reasons[at])[0])
        for term in accounts.terms
    ]
    return tuple(notes.withheld(NOT_AVAILABLE) if np.isnan(s) else s for s in shares)


def point_cells(values: Sequence[float]) -> tuple[Cell, ...]:
    """Return fractions as points, missing ones as None."""
    return tuple(None if np.isnan(value) else 100.0 * float(value) for value in values)
