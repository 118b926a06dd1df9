r"""A sample with its lags on a grid of entities and calendar periods.

.. math::

    y_{it} = \sum_{s=1}^{p} \rho_s y_{i,t-s} + \sum_j \sum_{s=0}^{q_j} \beta_{js} x_{ji,t-s}
    + \gamma' z_{it} + \lambda_t + \eta_i + e_{it}

On a grid a lag is a shift, which cannot cross a gap: what is missing there is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.least_squares import dependent_columns
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.sample import LogSample


@dataclass(frozen=True, eq=False, kw_only=True)
class LaggedSample(Record):
    """Output, inputs, controls and their lags on the grid.

    Attributes
    ----------
    sample : LogSample
    cells : (n,) array of int
        Cell of each row of the sample: entity times T plus period.
    values : dict of str to (m, T) arrays
        Output, inputs and controls by name, NaN where there is no row.
    regressors : (m T, k) array
        Lags of output, inputs and their lags, controls; NaN where one is missing.
    names : tuple of str
        Of the regressors.
    present : (m, T) array of bool
        Where output and all regressors are there.
    """

    sample: LogSample
    cells: IntArray
    values: dict[str, FloatArray]
    regressors: FloatArray
    names: tuple[str, ...]
    present: NDArray[np.bool_]

    @property
    def target(self) -> FloatArray:
        """Output on the cells, (m T,)."""
        return self.values["output"].ravel()

    def period_dummies(self) -> tuple[FloatArray, tuple[str, ...]]:
        """Return one column for each period of the equation but its first, and the names."""
        periods = np.flatnonzero(self.present.any(axis=0))[1:]
        one = np.eye(self.present.shape[1])[:, periods]
        rows = self.sample.panel.rows
        at_period = self.cells % self.present.shape[1]
        first_rows = [self.sample.used[np.flatnonzero(at_period == p)[0]] for p in periods]
        names = tuple(f"period {rows.time_label(int(row))}" for row in first_rows)
        return np.tile(one, (len(self.present), 1)), names

    def on_rows(self, values: FloatArray, cells: IntArray) -> FloatArray:
        """Return values of cells on the rows of the sample, NaN on the others."""
        grid = np.full(self.present.size, np.nan)
        grid[cells] = values
        found: FloatArray = grid[self.cells]
        return found


def lag_name(name: str, lag: int) -> str:
    """Return what a coefficient is called: the current one by the name alone."""
    return name if lag == 0 else f"{name}, lag {lag}"


def variable_of(name: str) -> str:
    """Return the variable whose lag a coefficient belongs to."""
    return name.partition(", lag ")[0]


def lagged_sample(
    sample: LogSample, output_lags: int, input_lags: int | Mapping[str, int]
) -> LaggedSample:
    """Return the sample with its lags.

    Raises
    ------
    MethodError
        ``lags-negative``; ``option-unknown`` for lags of an input that is not there;
        ``no-difference`` where no two neighbouring periods have all lags.
    """
    lags = _lags(sample, input_lags)
    for count in (output_lags, *lags.values()):
        if count < 0:
            raise MethodError("lags-negative", lags=count)
    times = sample.panel.rows.times[sample.used]
    periods = int(times.max() - times.min()) + 1
    cells = sample.entities * periods + (times - times.min())
    shape = (len(sample.starts), periods)
    columns = {
        "output": sample.log_output,
        **dict(zip(sample.factor_names, sample.log_inputs.T, strict=True)),
        **dict(zip(sample.control_names, sample.controls.T, strict=True)),
    }
    values = {name: _on_grid(column, cells, shape) for name, column in columns.items()}
    shifts = [("output", lag) for lag in range(1, output_lags + 1)]
    shifts += [(name, lag) for name, count in lags.items() for lag in range(count + 1)]
    shifts += [(name, 0) for name in sample.control_names]
    regressors = np.column_stack([_shift(values[name], lag).ravel() for name, lag in shifts])
    complete = ~np.isnan(np.column_stack([values["output"].ravel(), regressors])).any(axis=1)
    present: NDArray[np.bool_] = np.reshape(complete, shape)
    if not bool((present[:, 1:] & present[:, :-1]).any()):
        raise MethodError("no-difference", rows=len(sample))
    return LaggedSample(
        sample=sample,
        cells=cells,
        values=values,
        regressors=regressors,
        names=tuple(lag_name(name, lag) for name, lag in shifts),
        present=present,
    )


def independent_of(columns: FloatArray, names: tuple[str, ...]) -> tuple[FloatArray, list[str]]:
    """Return columns without those that the others explain: dummies of empty periods."""
    if len(columns) < columns.shape[1]:
        raise MethodError("too-few-rows", rows=len(columns), parameters=columns.shape[1])
    kept = np.setdiff1d(np.arange(columns.shape[1]), dependent_columns(columns))
    return columns[:, kept], [names[column] for column in kept]


def _lags(sample: LogSample, input_lags: int | Mapping[str, int]) -> dict[str, int]:
    if isinstance(input_lags, int):
        return dict.fromkeys(sample.factor_names, input_lags)
    for name in input_lags:
        check_choice("input_lags", name, sample.factor_names)
    return {name: input_lags.get(name, 0) for name in sample.factor_names}


def _on_grid(values: FloatArray, cells: IntArray, shape: tuple[int, int]) -> FloatArray:
    grid = np.full(shape, np.nan)
    grid.ravel()[cells] = values
    return grid


def _shift(grid: FloatArray, lag: int) -> FloatArray:
    if lag == 0:
        return grid
    shifted = np.full_like(grid, np.nan)
    shifted[:, lag:] = grid[:, :-lag]
    return shifted
