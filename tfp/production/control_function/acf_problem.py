"""What the options of Ackerberg-Caves-Frazer make of a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, nearest
from tfp.numerics.polynomial_basis import exponents, monomials, standardised
from tfp.production.control_function.innovation_problem import InnovationProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.control_function.ackerberg_caves_frazer import AckerbergCavesFrazer
    from tfp.production.control_function.firm_sample import FirmSample
    from tfp.production.control_function.technology import Technology


def acf_problem(
    method: AckerbergCavesFrazer, sample: FirmSample, form: Technology, state: tuple[str, ...]
) -> InnovationProblem:
    """Return both stages, ready to be solved.

    Raises
    ------
    MethodError
        ``no-difference`` without rows that have the past that instruments need;
        ``input-unknown`` for a shifter or a price that is no control.
    """
    logs = sample.logs
    now = _rows_with_past(logs.successors, method.further_instruments)
    if not len(now):
        raise MethodError("no-difference", rows=len(logs))
    inputs = logs.log_inputs.T
    moving = [control_place(sample, name) for name in method.shifters]
    priced = [] if method.price is None else [control_place(sample, method.price)]
    still = [i for i in range(len(logs.control_names)) if i not in (*moving, *priced)]
    years = sample.years if method.year_effects else np.empty((0, len(logs)))
    prices = logs.controls.T[priced]
    variables = standardised(np.vstack([sample.variables, prices]))
    of_function = prices if method.price_enters == "function" else prices[:0]
    fixed = np.isin(form.names, state) | (method.labour_timing == "predetermined at t")
    at_hand = np.where(fixed[:, None], inputs[:, now], inputs[:, now - 1])
    return InnovationProblem(
        target=logs.log_output,
        linear=np.vstack([logs.controls.T[still], years]),
        linear_names=(
            *(logs.control_names[i] for i in still),
            *(sample.year_names if len(years) else ()),
        ),
        polynomial=monomials(variables, exponents(len(variables), method.degree)),
        terms=np.vstack([form.expand(inputs), of_function]),
        instruments=np.vstack(
            [
                form.expand(at_hand),
                of_function[:, now - 1],
                _further(method.further_instruments, inputs, np.isin(form.names, state), now),
            ]
        ),
        past_output="output_lagged" in method.further_instruments,
        shifters=logs.controls.T[moving][:, now - 1],
        now=now,
        entities=logs.entities,
        degree=method.law_degree,
    )


def control_place(sample: FirmSample, name: str) -> int:
    """Return which control has a name.

    Raises
    ------
    MethodError
        ``input-unknown``.
    """
    names = sample.logs.control_names
    if name not in names:
        raise MethodError(
            "input-unknown", name=name, known=list(names), nearest=nearest(name, names)
        )
    return names.index(name)


def _rows_with_past(successors: IntArray, further: Sequence[str]) -> IntArray:
    if "flexible_lagged_twice" not in further:
        return successors
    return successors[np.isin(successors - 1, successors)]


def _further(
    further: Sequence[str], inputs: FloatArray, is_state: NDArray[np.bool_], now: IntArray
) -> FloatArray:
    added = [np.empty((0, len(now)))]
    if "flexible_lagged_twice" in further:
        added.append(inputs[~is_state][:, now - 2])
    if "state_lagged" in further:
        added.append(inputs[is_state][:, now - 1])
    return np.vstack(added)
