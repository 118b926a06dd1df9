"""The rows of a panel: which entity and which time each one is, and where series break.

Rows are sorted by entity, then by time. Everything that is computed row by row
(a panel's columns, a result's contributions) shares one :class:`RowIndex`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError, PanelError, Place
from tfp.numerics.records import Record
from tfp.panel.time import Frequency, label, parse_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class RowIndex(Record):
    """Who and when each row is.

    Attributes
    ----------
    entities : tuple of str
        Labels of the entities; a single area has one.
    codes : (n,) array of int
        Number of the entity of each row.
    times : (n,) array of int
        Calendar number of the period of each row: the year itself for yearly data.
    starts : (m,) array of int
        First row of each entity.
    breaks : (b,) array of int
        Rows without a previous period: starts, and rows after a gap.
    frequency : {"year", "quarter", "month"}
    entity_name, time_name : str
        Names of the key columns; an `entity_name` of None is a single area.
    origin : str
        Library of the frame that the rows came from.
    """

    entities: tuple[str, ...]
    codes: NDArray[np.int32]
    times: NDArray[np.int64]
    starts: IntArray
    breaks: IntArray
    frequency: Frequency = "year"
    entity_name: str | None = None
    time_name: str = "year"
    origin: str = "pandas"

    def __len__(self) -> int:
        return len(self.times)

    @property
    def lengths(self) -> IntArray:
        """Number of rows of each entity."""
        return np.diff(np.append(self.starts, len(self)))

    @property
    def gaps(self) -> IntArray:
        """Rows whose previous period is missing though earlier ones are there."""
        return np.setdiff1d(self.breaks, self.starts, assume_unique=True)

    def missing_before(self, rows: Iterable[int]) -> tuple[Place, ...]:
        """Return the places of the periods that are missing just before some rows.

        One place for each period of each gap, in the order of `rows`.
        """
        return tuple(
            Place(entity=self.entity_label(row) or None, time=label(time, self.frequency))
            for row in map(int, rows)
            for time in range(int(self.times[row - 1]) + 1, int(self.times[row]))
        )

    def time_label(self, row: int) -> int | str:
        """Return the period of a row as a reader writes it."""
        return label(int(self.times[row]), self.frequency)

    def time_labels(self, rows: IntArray) -> NDArray[Any]:
        """Return the periods of some rows: years as integers, shorter ones as text."""
        times = self.times[rows]
        if self.frequency == "year":
            return times
        distinct, position = np.unique(times, return_inverse=True)
        labels = [label(time, self.frequency) for time in distinct.tolist()]
        return np.array(labels, dtype=object)[position]

    def entity_label(self, row: int) -> str:
        """Return the entity of a row."""
        return self.entities[int(self.codes[row])]

    def place(self, row: int, column: str | None = None) -> Place:
        """Return where a row is, for an error or a finding."""
        return Place(
            entity=self.entity_label(row) or None, time=self.time_label(row), column=column
        )

    def keys(self, rows: Iterable[int]) -> tuple[tuple[str, int | str], ...]:
        """Return entity and period of some rows."""
        return tuple((self.entity_label(int(row)), self.time_label(int(row))) for row in rows)

    def places(self, rows: Iterable[int], column: str | None = None) -> tuple[Place, ...]:
        """Return where some rows are."""
        return tuple(self.place(int(row), column) for row in rows)

    def ordinal(self, time: int | str) -> int:
        """Return the calendar number of a period given as its label."""
        return parse_label(time, self.frequency)

    def rows_at(self, time: int | str, entities: Iterable[str] | None = None) -> IntArray:
        """Return the rows of one period, of all or of some entities.

        Raises
        ------
        PanelError
            ``entity-unknown``, ``time-not-understood``.
        """
        at = self.times == self.ordinal(time)
        if entities is not None:
            numbers = [self._code(entity) for entity in entities]
            at &= np.isin(self.codes, numbers)
        return np.flatnonzero(at)

    def row_missing(self, time: int | str, entities: Sequence[str]) -> MethodError:
        """Return the error that some entities have no row for a period."""
        return MethodError(
            "year-missing",
            places=[Place(entity=name or None, time=time) for name in entities],
            year=time,
            entities=list(entities[:5]),
            count=len(entities),
        )

    def _code(self, entity: str) -> int:
        if entity not in self.entities:
            raise PanelError("entity-unknown", entity=entity, known=list(self.entities[:5]))
        return self.entities.index(entity)

    @property
    def growth_rows(self) -> IntArray:
        """Rows that have an earlier period, whether or not a gap lies between."""
        keep = np.ones(len(self), dtype=bool)
        keep[self.starts] = False
        return np.flatnonzero(keep)
