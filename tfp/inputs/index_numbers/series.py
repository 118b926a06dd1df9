"""An index number by period: its level, its growth, and what each item adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.growth import growth_rates
from tfp.panel.keyed import keyed_frame
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.rows import RowIndex


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class IndexSeries(Result):
    """An index of prices or quantities of many items.

    Attributes
    ----------
    rows : RowIndex
        Aggregate and period of each row.
    items : tuple of str
    index : (n,) array
        1 in the base period, or in the first one of a chain.
    coverage : (n,) array
        Share of value of the items that were compared, the lower of the two periods, as a
        fraction; NaN in a period that is compared with none.
    change : (n,) array
        Change against the period of comparison, as a fraction: the one before in a chain,
        else the base.
    item_contributions, item_log_contributions : tuple of (n,) arrays
        What each item adds to that change and to its logarithm; NaN where the item was left
        out. Empty for multilateral indices, whose comparisons go through all periods.
    options : dict
        The method's.
    warnings : tuple of Finding
        Which items were left out, and where.
    """

    kind: ClassVar[str] = "index_series"

    rows: RowIndex
    items: tuple[str, ...]
    index: FloatArray
    coverage: FloatArray
    change: FloatArray
    item_contributions: tuple[FloatArray, ...]
    item_log_contributions: tuple[FloatArray, ...]
    options: dict[str, Any]
    warnings: tuple[Finding, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """Index, growth on the period before and coverage, the last two in per cent."""
        growth = growth_rates(self.index, self.rows.breaks, "simple")
        return keyed_frame(
            self.rows,
            {
                "index_number": self.index,
                "growth": 100.0 * growth,
                "coverage": 100.0 * self.coverage,
            },
        )

    @property
    def contributions(self) -> pd.DataFrame:
        """What each item adds to the change, in points; their sum is the change exactly.

        Raises
        ------
        MethodError
            ``index-without-contributions`` for a multilateral index.
        """
        return self._by_item(self.item_contributions)

    @property
    def log_contributions(self) -> pd.DataFrame:
        """What each item adds to the change of the logarithm, in log points.

        Raises
        ------
        MethodError
            ``index-without-contributions`` for a multilateral index.
        """
        return self._by_item(self.item_log_contributions)

    @property
    def largest_gap(self) -> float:
        """Largest difference of change and sum of contributions, relative to their sizes."""
        if not self.item_contributions:
            return 0.0
        parts = np.nan_to_num(np.stack(self.item_contributions))
        known = ~np.isnan(self.change)
        gap = np.abs(self.change - parts.sum(axis=0))[known]
        sizes = np.maximum(1.0, np.abs(parts).sum(axis=0))[known]
        return float(np.max(gap / sizes, initial=0.0))

    def _by_item(self, parts: tuple[FloatArray, ...]) -> pd.DataFrame:
        if not parts:
            raise MethodError("index-without-contributions", formula=self.options["formula"])
        columns = {name: 100.0 * part for name, part in zip(self.items, parts, strict=True)}
        return keyed_frame(self.rows, columns, keep=np.flatnonzero(~np.isnan(self.change)))

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def _tidy(self) -> pd.DataFrame:
        return self.frame.reset_index()

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.options.items())
        return f"IndexSeries of {len(self.items)} items, {len(self.rows)} rows; {told}"
