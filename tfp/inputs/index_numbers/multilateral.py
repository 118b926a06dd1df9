"""Index numbers without chain drift: all periods of a window compared with each other.

Kernels and splices: :mod:`tfp.numerics.multilateral`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.index_numbers.bilateral import Of, neighbours, price_and_weight
from tfp.inputs.index_numbers.items import items_of
from tfp.inputs.index_numbers.matching import (
    MISSING,
    Missing,
    coverage,
    left_out,
    refuse_missing,
)
from tfp.inputs.index_numbers.series import IndexSeries
from tfp.numerics.multilateral import Reversible, Splice, ccd, geks, rolling

if TYPE_CHECKING:
    from tfp.inputs.index_numbers.items import Items
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

MultilateralFormula = Literal["geks", "ccd"]
SMALLEST_WINDOW = 3  # with two periods there is nothing to go through


@dataclass(frozen=True, kw_only=True)
class MultilateralIndex:
    r"""A transitive price or quantity index: GEKS, or CCD.

    .. math:: \ln P_t = \frac1T \sum_l \ln P_{l,t} + c

    Parameters
    ----------
    formula : {"geks", "ccd"}
    comparison : {"tornqvist", "fisher", "walsh", "sato_vartia"}
        The formula of the pairs of periods in GEKS. CCD is Törnqvist's.
    of : {"price", "quantity"}
    window : int or None
        How many periods are compared with each other; None for all. With a window, figures
        once published do not change when a period is added.
    splice : {"movement", "window", "half", "mean"} or the last three with ``"_published"``
        Through which periods a window is linked to the index before it: the period before
        the new one, the first of the window, the middle one, or all. ``"_published"`` links
        to the published figures, the others to those of the window before.
    missing : {"refuse", "matched"}
        As in :class:`IndexNumbers`; ``"matched"`` for each pair of periods. CCD needs every
        item in every period.

    Examples
    --------
    >>> import tfp
    >>> goods = tfp.Panel(
    ...     {"year": [2020, 2021, 2022], "p_rice": [1.0, 1.2, 1.1], "q_rice": [3.0, 2.0, 4.0],
    ...      "p_fish": [2.0, 2.0, 2.4], "q_fish": [2.0, 2.5, 1.5]}, time="year",
    ...     price={"rice": "p_rice", "fish": "p_fish"},
    ...     quantity={"rice": "q_rice", "fish": "q_fish"})
    >>> tfp.MultilateralIndex(formula="ccd").fit(goods).frame["index_number"].round(4).tolist()
    [1.0, 1.0734, 1.1475]
    """

    formula: MultilateralFormula = "geks"
    comparison: Reversible = "tornqvist"
    of: Of = "price"
    window: int | None = None
    splice: Splice = "movement"
    missing: Missing = "refuse"

    def __post_init__(self) -> None:
        check_choice("formula", self.formula, get_args(MultilateralFormula))
        check_choice("comparison", self.comparison, get_args(Reversible))
        check_choice("of", self.of, get_args(Of))
        check_choice("splice", self.splice, get_args(Splice))
        check_choice("missing", self.missing, MISSING)
        window = self.window
        if window is not None and (isinstance(window, bool) or not isinstance(window, int)):
            raise MethodError("index-window", window=str(window), least=SMALLEST_WINDOW, most="")
        if self.formula == "ccd" and self.comparison != "tornqvist":
            raise MethodError("index-ccd-comparison", comparison=self.comparison)

    def fit(self, panel: Panel) -> IndexSeries:
        """Compute the index of each aggregate of a panel.

        Parameters
        ----------
        panel : Panel
            As for :meth:`IndexNumbers.fit`.

        Returns
        -------
        IndexSeries
            1 in the first period; without contributions.

        Raises
        ------
        PanelError
            ``panel-expected``.
        MethodError
            Those of :meth:`IndexNumbers.fit`, ``index-window`` for a window that is longer
            than the data or shorter than three periods.
        """
        items = items_of(panel)
        if self.missing == "refuse" or self.formula == "ccd":
            refuse_missing(items)
        rows = items.rows
        neighbours(rows)
        index, covered = np.empty(len(rows)), np.ones(len(rows))
        warnings = []
        for start, length in zip(rows.starts.tolist(), rows.lengths.tolist(), strict=True):
            window = self._window(length)
            earlier, later = _pairs(start, length, window)
            shares = coverage(items, earlier, later)
            np.minimum.at(covered, later, shares)
            warnings += left_out(items, earlier, later, float(shares.min(initial=1.0)))
            index[start : start + length] = np.exp(self._logs(items, start, length, window))
        return IndexSeries(
            rows=rows,
            items=items.names,
            index=index,
            coverage=covered,
            change=np.repeat(1.0 / index[rows.starts], rows.lengths) * index - 1.0,
            item_contributions=(),
            item_log_contributions=(),
            options=asdict(self),
            warnings=tuple(warnings),
        )

    def _window(self, length: int) -> int:
        if self.window is None:
            return length
        if not SMALLEST_WINDOW <= self.window <= length:
            raise MethodError(
                "index-window", window=str(self.window), least=SMALLEST_WINDOW, most=str(length)
            )
        return self.window

    def _logs(self, items: Items, start: int, length: int, window: int) -> FloatArray:
        # An item that the aggregate never has is no item of it.
        own = items.belongs[start]
        price, weight = (
            table[start : start + length][:, own] for table in price_and_weight(items, self.of)
        )

        def of_window(first: int, end: int) -> FloatArray:
            if self.formula == "ccd":
                return ccd(price[first:end], weight[first:end])
            return geks(price[first:end], weight[first:end], self.comparison)

        return rolling(of_window, length, window, self.splice)


def _pairs(start: int, length: int, window: int) -> tuple[IntArray, IntArray]:
    """Return the rows of all pairs of periods that some window holds."""
    earlier, later = np.triu_indices(length, k=1)
    near = later - earlier < window
    return start + earlier[near], start + later[near]
