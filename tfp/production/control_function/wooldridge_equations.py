r"""The rows and instruments of Wooldridge's two equations, one above the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.least_squares import dependent_columns
from tfp.numerics.polynomial_basis import polynomial_basis
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.control_function.firm_sample import FirmSample


@dataclass(frozen=True, eq=False, kw_only=True)
class StackedEquations(Record):
    """Rows of the equations, those of a firm together.

    Attributes
    ----------
    target : (r,) array
    regressors : (r, k) array
    instruments : (r, l) array
    names : tuple of str
        Of the first regressors; the others are terms of the polynomials.
    entities, periods : (r,) arrays of int
    starts : (f,) array of int
        First row of each firm.
    everywhere : (m, k) array
        Regressors by which residuals are given on all rows of the sample; NaN where the
        equation has no row.
    """

    target: FloatArray
    regressors: FloatArray
    instruments: FloatArray
    names: tuple[str, ...]
    entities: IntArray
    periods: IntArray
    starts: IntArray
    everywhere: FloatArray


def stacked_equations(
    sample: FirmSample,
    states: int,
    *,
    second_only: bool,
    common: bool,
    degree: int,
    years: bool,
) -> StackedEquations:
    """Return the equations.

    Parameters
    ----------
    sample : FirmSample
    states : int
        How many of the inputs, the first ones, are fixed before *t*.
    second_only : bool
    common : bool
        Whether both equations share the coefficients of the polynomial.
    degree : int
    years : bool
        Whether periods have constants.

    Raises
    ------
    MethodError
        ``no-difference``, ``too-few-rows``, ``collinear-inputs``.
    """
    logs = sample.logs
    now = logs.successors
    if not len(now):
        raise MethodError("no-difference", rows=len(logs))
    dated, year_names, dummies = _years(sample, now, present=years)
    own = np.column_stack([logs.controls, dummies])
    shown = np.column_stack([logs.log_inputs, own])
    flexible, state = logs.log_inputs[:, states:], logs.log_inputs[:, :states]
    basis = polynomial_basis(np.vstack([state.T, sample.log_proxy]), degree).T
    past, before = np.roll(basis, 1, axis=0), np.roll(flexible, 1, axis=0)
    first, second = _regressors(shown, basis, past, states, common=common)
    instruments = [
        np.column_stack([flexible, own, basis]),
        np.column_stack([state, before, own, past]),
    ]
    everywhere = np.where(dated[:, None], first, np.nan)
    if second_only:
        second = np.column_stack([shown, past])
        everywhere = np.full_like(second, np.nan)
        everywhere[now] = second[now]
        rows, stacked, chosen = now, second[now], instruments[1][now]
    else:
        rows = np.tile(now, 2)
        stacked = np.vstack([first[now], second[now]])
        chosen = _block_diagonal(instruments[0][now], instruments[1][now])
    names = (*logs.factor_names, *logs.control_names, *year_names)
    _check(stacked, names)
    order = np.argsort(logs.entities[rows], kind="stable")
    rows = rows[order]
    return StackedEquations(
        target=logs.log_output[rows],
        regressors=stacked[order],
        instruments=chosen[order],
        names=names,
        entities=np.unique(logs.entities[rows], return_inverse=True)[1],
        periods=np.unique(logs.periods[rows], return_inverse=True)[1],
        starts=np.flatnonzero(np.diff(logs.entities[rows], prepend=-1)),
        everywhere=everywhere,
    )


def _regressors(
    shown: FloatArray, basis: FloatArray, past: FloatArray, states: int, *, common: bool
) -> tuple[FloatArray, FloatArray]:
    """Return the regressors of both equations on all rows, (m, k) each."""
    if common:
        apart = np.zeros((len(shown), 1))
        return np.column_stack([shown, basis, apart]), np.column_stack([shown, past, apart + 1.0])
    # In the first equation the linear terms of the state inputs are part of the
    # polynomial: whose they are, only the second can say.
    bare = shown.copy()
    bare[:, :states] = 0.0
    nothing = np.zeros_like(basis)
    return np.column_stack([bare, basis, nothing]), np.column_stack([shown, nothing, past])


def _years(
    sample: FirmSample, now: IntArray, *, present: bool
) -> tuple[NDArray[np.bool_], tuple[str, ...], FloatArray]:
    """Return which rows have a period of the equations, and dummies of these but the first."""
    periods = sample.logs.periods
    if not present:
        return np.ones(len(periods), dtype=np.bool_), (), np.empty((len(periods), 0))
    known = np.unique(periods[now])
    names = tuple(sample.year_names[period - 1] for period in known[1:])
    dummies = (periods[:, None] == known[1:]).astype(np.float64)
    return np.isin(periods, known), names, dummies


def _block_diagonal(first: FloatArray, second: FloatArray) -> FloatArray:
    rows = len(first)
    whole = np.zeros((rows + len(second), first.shape[1] + second.shape[1]))
    whole[:rows, : first.shape[1]] = first
    whole[rows:, first.shape[1] :] = second
    return whole


def _check(regressors: FloatArray, names: tuple[str, ...]) -> None:
    rows, columns = regressors.shape
    if rows <= columns:
        raise MethodError("too-few-rows", rows=rows, parameters=columns)
    dependent = dependent_columns(regressors)
    if len(dependent):
        shown = [names[i] if i < len(names) else f"term {i - len(names)}" for i in dependent]
        raise MethodError("collinear-inputs", names=shown)
