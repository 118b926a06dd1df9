"""Sums and means over the parts of areas, never over some of the parts only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.boundaries.rows import index_rows

if TYPE_CHECKING:
    from tfp.inputs.boundaries.additivity import Merger
    from tfp.inputs.boundaries.areas import Area
    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex


@dataclass(frozen=True, eq=False, kw_only=True)
class Parts:
    """Which rows of the old panel make up each row of the new one.

    Attributes
    ----------
    units : tuple of Area
        The new units, in the order of the new panel's entities.
    rows : RowIndex
        Rows of the new panel.
    target : (n,) array of int
        The new row that each old row belongs to.
    sources : (n,) array of int
        The old rows, sorted by their new row.
    starts : (m,) array of int
        Where each new row begins in `sources`.
    expected : (m,) array of int
        How many parts each new row has.
    previous : (n,) array of int
        The old row of the period before; -1 where there is none.
    """

    units: tuple[Area, ...]
    rows: RowIndex
    target: IntArray
    sources: IntArray
    starts: IntArray
    expected: IntArray
    previous: IntArray

    @property
    def counts(self) -> IntArray:
        """How many old rows each new row has."""
        return np.diff(np.append(self.starts, len(self.sources)))

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sum over all parts of each new row; NaN where one is missing."""
        total = np.add.reduceat(values[self.sources], self.starts)
        return np.where(self.counts == self.expected, total, np.nan)

    def largest(self, numbers: IntArray) -> IntArray:
        """Return the largest of some numbers over the parts of each new row."""
        found: IntArray = np.maximum.reduceat(numbers[self.sources], self.starts)
        return found

    def smallest(self, numbers: IntArray) -> IntArray:
        """Return the smallest of some numbers over the parts of each new row."""
        found: IntArray = np.minimum.reduceat(numbers[self.sources], self.starts)
        return found

    def merged(self, column: Column, merger: Merger) -> FloatArray:
        """Return a column's figures for the new rows by a rule of :mod:`.additivity`."""
        values = column.values
        if merger.weight is None:
            return self.sums(values)
        weight = merger.weight.values
        if merger.rule == "mean_of_previous":
            weight = np.where(self.previous < 0, np.nan, weight[self.previous])
        with np.errstate(divide="ignore", invalid="ignore"):
            if merger.over is not None:
                mean = self.sums(weight) / self.sums(merger.over.values) * (merger.scale or 1.0)
            elif merger.rule == "harmonic_mean":
                mean = self.sums(weight) / self.sums(weight / values)
            else:
                mean = self.sums(weight * values) / self.sums(weight)
        if merger.over is not None and merger.scale is None:  # no part keeps a base of its own
            return mean
        # One part is the whole: its figure is not multiplied and divided again.
        alone = self.expected == 1
        mean[alone] = values[self.sources[self.starts[alone]]]
        return mean


def parts_of(old_rows: RowIndex, concordance: Concordance) -> Parts:
    """Return the parts of the new units that rows on the old boundary have."""
    old = [concordance.old.find(label) for label in old_rows.entities]
    present = {concordance.successor(area) for area in old}
    units = tuple(area for area in concordance.new.members if area in present)
    numbers = {area: number for number, area in enumerate(units)}
    codes = np.array([numbers[concordance.successor(area)] for area in old])[old_rows.codes]
    times = old_rows.times
    # Stable: the parts of a row stay in the old rows, whatever their number.
    sources = np.lexsort((times, codes))
    new_codes, new_times = codes[sources], times[sources]
    begins = np.ones(len(sources), dtype=bool)
    begins[1:] = (np.diff(new_codes) != 0) | (np.diff(new_times) != 0)
    target = np.empty(len(sources), dtype=np.intp)
    target[sources] = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    names = [area.name for area in units]
    rows, _, _ = index_rows(new_codes[starts], new_times[starts], names, old_rows)
    sizes = np.array([len(concordance.parts(area)) for area in units])
    previous = np.arange(len(times)) - 1
    previous[old_rows.breaks] = -1
    return Parts(
        units=units,
        rows=rows,
        target=target,
        sources=sources,
        starts=starts,
        expected=sizes[rows.codes],
        previous=previous,
    )
