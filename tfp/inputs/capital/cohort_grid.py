"""Investment of all entities side by side, each from the year where its stocks begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.admission import check_initial, check_investment
from tfp.inputs.capital.backcasting import BackcastInvestment, first_investment_rows
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.retirement import StatedSurvival

if TYPE_CHECKING:
    from tfp.inputs.capital.initial_stock import InitialStock
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False)
class CohortGrid:
    """Investment by year since each entity's own first one.

    Attributes
    ----------
    panel : Panel
    first_rows : (m,) array of int
        The row of the first column after the history.
    history : (m, h) array
        Investment before that row, oldest first.
    investment : (m, h + years) array
        History and data; 0 past the end of an entity.
    given : (m, years) array or None
        What is left of a stated initial stock at the end of each year.
    begins : bool
        Whether nothing that the grid does not hold was ever invested: false where the
        data begin in the midst of things.
    remarks : tuple of str
        Codes of findings about the beginning.
    """

    panel: Panel
    first_rows: IntArray
    history: FloatArray
    investment: FloatArray
    given: FloatArray | None = None
    begins: bool = True
    remarks: tuple[str, ...] = ()

    def since_first(self, whole: FloatArray) -> FloatArray:
        """Return the columns from the first row on."""
        return whole[:, self.history.shape[1] :]

    def rows(self, values: FloatArray) -> FloatArray:
        """Return (m, years) values in row order, (n,); NaN before the first rows."""
        codes = self.panel.rows.codes
        steps = np.arange(len(self.panel)) - self.first_rows[codes]
        own = steps >= 0
        spread = np.full(len(self.panel), np.nan)
        spread[own] = values[codes[own], steps[own]]
        return spread


def cohort_grid(
    panel: Panel,
    rule: BackcastInvestment | InitialStock | None,
    decay: float | StatedSurvival | None,
) -> CohortGrid:
    """Lay out the investment of a panel from where a rule lets its stocks begin."""
    if rule is None:
        rows, history = first_investment_rows(panel), np.empty((len(panel.rows.entities), 0))
        return CohortGrid(panel, rows, history, _laid_out(panel, rows, history), begins=False)
    if isinstance(rule, BackcastInvestment):
        rows, history = rule.history(panel)
        grid = _laid_out(panel, rows, history)
        return CohortGrid(panel, rows, history, grid, remarks=rule.remarks)
    rate = (
        Geometric(decay).rates(panel) if isinstance(decay, float) else np.full(len(panel), np.nan)
    )
    stocks, rows, remarks = rule.start(panel, rate)
    check_initial(panel, stocks, rows)
    history = np.empty((len(rows), 0))
    investment = _laid_out(panel, rows, history)
    investment[:, 0] = 0.0  # of the year at whose end the stock stands: it is in the stock
    left = _left(decay, investment.shape[1])
    return CohortGrid(
        panel,
        rows,
        history,
        investment,
        given=stocks[:, np.newaxis] * left,
        remarks=remarks,
    )


def _laid_out(panel: Panel, rows: IntArray, history: FloatArray) -> FloatArray:
    """Return history and data side by side, (m, h + years)."""
    check_investment(panel, rows)
    past, codes = history.shape[1], panel.rows.codes
    steps = np.arange(len(panel)) - rows[codes]
    own = steps >= 0
    grid = np.zeros((len(rows), past + int(steps.max()) + 1))
    grid[:, :past] = history
    grid[codes[own], past + steps[own]] = panel.values("investment")[own]
    return grid


def _left(decay: float | StatedSurvival | None, n_years: int) -> FloatArray:
    """Return what is left of a stated stock after 0, 1, ... years."""
    if decay is None:
        raise MethodError("initial-decay-missing")
    if isinstance(decay, StatedSurvival):
        shares = np.zeros(n_years)
        stated = decay.shares[:n_years]
        shares[: len(stated)] = stated
        return shares
    left: FloatArray = (1.0 - decay) ** np.arange(n_years, dtype=np.float64)
    return left
