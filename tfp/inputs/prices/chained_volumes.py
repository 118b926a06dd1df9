"""What a chain gives: volumes in a panel, and the contributions of the parts to growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.records import Record
from tfp.panel.keyed import keyed_frame
from tfp.panel.spans import parse_span
from tfp.panel.time import label

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False, kw_only=True)
class ChainedVolumes(Record):
    """Output chained from its parts, and what each part adds to its growth.

    Attributes
    ----------
    panel : Panel
        The panel with ``output``, ``output_by_part`` and the discrepancy between them as
        chain volumes in the prices of the base year.
    parts : tuple of str
        Names of the parts, or of the groups of parts, in the order of the columns below.
    at_previous_prices : (n, p) array
        Each part at the prices of the previous year.
    part_contributions : (n, p) array
        What each part adds to the growth of output, as fractions.
    output_growth : (n,) array
        Growth of the chained output, as fractions.
    added_growth : (n,) array
        Growth of the plain sum of the parts at constant prices, as fractions; NaN where
        the parts were given at the prices of the previous year.
    """

    panel: Panel
    parts: tuple[str, ...]
    at_previous_prices: FloatArray
    part_contributions: FloatArray
    output_growth: FloatArray
    added_growth: FloatArray

    @property
    def contributions(self) -> pd.DataFrame:
        """Growth of output and the contributions of the parts, in points.

        ``added_up`` is the growth of the sum at the prices of one fixed year, for
        comparison: it weighs parts by prices that may be long gone.
        """
        columns = {"output": self.output_growth}
        columns |= dict(zip(self.parts, self.part_contributions.T, strict=True))
        columns["added_up"] = self.added_growth
        return keyed_frame(
            self.panel.rows, {name: 100.0 * values for name, values in columns.items()}
        )

    def contributions_over(self, span: str | int) -> pd.DataFrame:
        r"""Return what each part adds to the growth over several years, in points.

        .. math:: \sum_t c_{i,t}\, \frac{Y_{t-1}}{Y_0}

        Parameters
        ----------
        span : str
            ``"2011-2015"``: growth from the end of 2010 to 2015. An area that lacks one of
            these years gets no figure.

        Returns
        -------
        DataFrame
            One row for each area; the parts add up to ``output``.

        Raises
        ------
        PanelError
            ``span-not-understood``.
        MethodError
            ``period-not-covered`` if no area has all of these years.
        """
        import pandas as pd

        rows = self.panel.rows
        first, last = parse_span(span, rows.frequency)
        output = self.panel.values("output")
        table = np.full((len(rows.entities), 1 + len(self.parts)), np.nan)
        for code, start in enumerate(rows.starts.tolist()):
            own = np.arange(start, start + int(rows.lengths[code]))
            inside = own[(rows.times[own] >= first) & (rows.times[own] <= last)]
            if len(inside) == last - first + 1 and inside[0] > start:
                scaled = output[inside - 1] / output[inside[0] - 1]
                table[code, 0] = output[inside[-1]] / output[inside[0] - 1] - 1.0
                table[code, 1:] = scaled @ self.part_contributions[inside]
        if np.isnan(table[:, 0]).all():
            ends = (int(bound(rows.times)) for bound in (np.min, np.max))
            earliest, latest = (label(end, rows.frequency) for end in ends)
            raise MethodError("period-not-covered", period=str(span), first=earliest, last=latest)
        index = pd.Index(rows.entities, name=rows.entity_name)
        return pd.DataFrame(100.0 * table, index=index, columns=["output", *self.parts])

    def __repr__(self) -> str:
        base = self.panel.column("output").price_base
        return f"ChainedVolumes of {len(self.parts)} parts, prices of {base}; {self.panel!r}"
