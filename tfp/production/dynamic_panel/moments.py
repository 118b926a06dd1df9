r"""The equations of a dynamic panel and their instruments.

In changes, :math:`E[\Delta e_{it}\, v_{i,t-s}] = 0` for the lags of each variable that are
old enough; in levels, for the system, :math:`E[(\eta_i + e_{it}) \Delta v_{i,t-s+1}] = 0`
for the nearest of them, the others following from the first.

Dummies of periods instrument themselves: in the equation in changes where it stands alone,
in the equation in levels where there is one (DPD and plm do so; a program that puts them
into both finds other numbers). A variable that is strictly exogenous instruments itself,
transformed, in changes, and by its own change in levels.

Entities that entered late have fewer lags than others. Where one is missing its moment must
not count, and programs write zero for it. But zero is a value: the logarithm of one person,
or of a thousand persons, and the estimate changes with the unit. Lags are therefore taken
about the mean of the variable unless zero is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.lagged_instruments import lagged_differences, lagged_levels
from tfp.numerics.least_squares import dependent_columns
from tfp.numerics.panel_transforms import differences, forward_deviations, levels, stacked
from tfp.numerics.records import Record
from tfp.production.dynamic_panel.lagged_sample import independent_of, variable_of
from tfp.production.equation import CONSTANT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.panel_transforms import Transform
    from tfp.production.dynamic_panel.instrument_lags import InstrumentLags
    from tfp.production.dynamic_panel.lagged_sample import LaggedSample

Transformation = Literal["differences", "forward_deviations"]
FirstWeight = Literal["full", "blocks", "identity"]
MissingLags = Literal["mean", "zero"]


@dataclass(frozen=True, eq=False, kw_only=True)
class MomentEquations(Record):
    r"""Rows of all equations, those of an entity together.

    Attributes
    ----------
    target : (r,) array
    regressors : (r, k) array
    names : tuple of str
    instruments : (r, l) array
    starts : (m,) array of int
        First row of each entity that has one.
    entities : (r,) array of int
    in_levels : (r,) array of bool
    cells : (r,) array of int
    first_variance : (l, l) array
        :math:`\sum_i Z_i' H_i Z_i`.
    change_target, change_regressors : (d,), (d, k) arrays
        First differences, by which serial correlation is tested whatever was estimated.
    change_cells : (d,) array of int
    """

    target: FloatArray
    regressors: FloatArray
    names: tuple[str, ...]
    instruments: FloatArray
    starts: IntArray
    entities: IntArray
    in_levels: NDArray[np.bool_]
    cells: IntArray
    first_variance: FloatArray
    change_target: FloatArray
    change_regressors: FloatArray
    change_cells: IntArray


def moment_equations(
    lagged: LaggedSample,
    windows: Mapping[str, InstrumentLags | None],
    *,
    system: bool,
    transformation: Transformation,
    first_weight: FirstWeight,
    collapse: bool,
    period_effects: bool,
    missing_lags: MissingLags = "mean",
) -> MomentEquations:
    """Return the equations and instruments that the options name.

    Raises
    ------
    MethodError
        ``collinear-inputs``; ``too-few-rows``; ``instruments-too-few``.
    """
    present = lagged.present
    change = differences(present)
    moved = change if transformation == "differences" else forward_deviations(present)
    plain = levels(present) if system else None
    regressors, names, dummies = _regressors(lagged, moved, plain, effects=period_effects)
    filled = np.nan_to_num(regressors)
    target = np.nan_to_num(lagged.target)
    centred = missing_lags == "mean"
    blocks = [_change_instruments(lagged, windows, moved, collapse=collapse, centred=centred)]
    if plain is None:
        blocks[0] = np.column_stack([blocks[0], moved.of(dummies)])
        whole = moved
    else:
        blocks.append(_level_instruments(lagged, windows, plain, dummies, collapse=collapse))
        whole = stacked(moved, plain)
    instruments = _block_diagonal(blocks)
    _check(whole.of(filled), names, instruments)
    variance = _first_variance(moved, plain, instruments, first_weight)
    entity = whole.cells // present.shape[1]
    order = np.argsort(entity, kind="stable")
    return MomentEquations(
        target=whole.of(target)[order],
        regressors=whole.of(filled)[order],
        names=names,
        instruments=instruments[order],
        starts=np.flatnonzero(np.diff(entity[order], prepend=-1)),
        entities=entity[order],
        in_levels=(np.arange(len(entity)) >= len(moved.cells))[order],
        cells=whole.cells[order],
        first_variance=variance,
        change_target=change.of(target),
        change_regressors=change.of(filled),
        change_cells=change.cells,
    )


def _regressors(
    lagged: LaggedSample, moved: Transform, plain: Transform | None, *, effects: bool
) -> tuple[FloatArray, tuple[str, ...], FloatArray]:
    """Return regressors on the cells, their names, and the deterministic ones among them."""
    cells = lagged.present.size
    dummies: FloatArray = np.empty((cells, 0))
    periods: tuple[str, ...] = ()
    if effects:
        dummies, periods = lagged.period_dummies()
    if plain is not None:
        dummies, periods = np.column_stack([dummies, np.ones(cells)]), (*periods, CONSTANT)
    elif effects:
        # In changes, a period before a gap that nobody crosses has no dummy of its own.
        _, kept = independent_of(moved.of(dummies), periods)
        dummies = dummies[:, [periods.index(name) for name in kept]]
        periods = tuple(kept)
    columns = np.column_stack([lagged.regressors, dummies])
    return columns, (*lagged.names, *periods), dummies


def _change_instruments(
    lagged: LaggedSample,
    windows: Mapping[str, InstrumentLags | None],
    moved: Transform,
    *,
    collapse: bool,
    centred: bool,
) -> FloatArray:
    columns = []
    for name, window in windows.items():
        if window is not None:
            grid = lagged.values[name]
            grid = grid - np.nanmean(grid) if centred else grid
            columns.append(
                lagged_levels(grid, moved.cells, window.first, window.last, collapse=collapse)
            )
    own = [place for place, name in enumerate(lagged.names) if _is_own(name, windows)]
    columns.append(moved.of(np.nan_to_num(lagged.regressors[:, own])))
    return np.column_stack(columns)


def _level_instruments(
    lagged: LaggedSample,
    windows: Mapping[str, InstrumentLags | None],
    plain: Transform,
    dummies: FloatArray,
    *,
    collapse: bool,
) -> FloatArray:
    columns = []
    for name in (*windows, *lagged.sample.control_names):
        window = windows.get(name)
        lag = 0 if window is None else window.first - 1
        grid = lagged.values[name]
        columns.append(
            lagged_differences(grid, plain.cells, lag, collapse=collapse or window is None)
        )
    return np.column_stack([*columns, plain.of(dummies)])


def _is_own(name: str, windows: Mapping[str, InstrumentLags | None]) -> bool:
    """Whether a regressor instruments itself: a control, or an input said to be exogenous."""
    return windows.get(variable_of(name)) is None


def _first_variance(
    moved: Transform, plain: Transform | None, instruments: FloatArray, weight: FirstWeight
) -> FloatArray:
    """Return the variance of the moments if errors in levels were alike and independent."""
    if weight == "identity":
        return instruments.T @ instruments
    rows = len(moved.cells)
    upper = moved.matrix.T @ instruments[:rows]
    if plain is None:
        return np.asarray(upper.T @ upper)
    lower = plain.matrix.T @ instruments[rows:]
    if weight == "full":
        both = upper + lower
        return np.asarray(both.T @ both)
    return np.asarray(upper.T @ upper + lower.T @ lower)


def _block_diagonal(blocks: list[FloatArray]) -> FloatArray:
    whole = np.zeros((sum(len(b) for b in blocks), sum(b.shape[1] for b in blocks)))
    row = column = 0
    for block in blocks:
        whole[row : row + len(block), column : column + block.shape[1]] = block
        row, column = row + len(block), column + block.shape[1]
    return whole


def _check(regressors: FloatArray, names: tuple[str, ...], instruments: FloatArray) -> None:
    rows, columns = regressors.shape
    if rows <= columns:
        raise MethodError("too-few-rows", rows=rows, parameters=columns)
    dependent = dependent_columns(regressors)
    if len(dependent):
        raise MethodError("collinear-inputs", names=[names[column] for column in dependent])
    if instruments.shape[1] < columns:
        raise MethodError(
            "instruments-too-few", instruments=instruments.shape[1], parameters=columns
        )
