r"""What a CES function makes of a sample, with everything linear concentrated out.

With a multiplicative error the constant, the trend, controls and free returns to scale are
linear in :math:`y = c + \lambda t + v L(\theta) + e`; with an additive one only the scale is,
in :math:`Y = g\, e^{\lambda t + v L(\theta)} + e`. The rates of progress that augments single
factors, :math:`x_i + \gamma_i t` in place of :math:`x_i`, stand in the function itself and are
nonlinear parameters, after its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.numerics.ces import (
    Nest,
    composite_derivatives,
    input_elasticities,
    log_composite,
    parameter_count,
)
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

RETURNS, SCALE, TREND, PROGRESS = "returns", "log scale", "trend", "progress of"


@dataclass(frozen=True, eq=False, kw_only=True)
class CESModel(Record):
    """A separable least-squares problem.

    Attributes
    ----------
    log_output : (n,) array
    log_inputs : (n, f) array
        Less their means.
    others : (n, c) array
        Trend and controls.
    other_names : tuple of str
    nest : Nest
    positive : bool
        Whether weights and substitution are kept where economics has them.
    constant_returns : bool
    error : {"multiplicative", "additive"}
    times : (n,) array
        From the first period on.
    augmented : tuple of int
        Inputs whose efficiency grows.
    augmented_names : tuple of str
    """

    log_output: FloatArray
    log_inputs: FloatArray
    others: FloatArray
    other_names: tuple[str, ...]
    nest: Nest
    positive: bool
    constant_returns: bool
    error: Literal["multiplicative", "additive"]
    times: FloatArray
    augmented: tuple[int, ...] = ()
    augmented_names: tuple[str, ...] = ()

    @property
    def form_count(self) -> int:
        """How many of the nonlinear parameters are the function's own, the first ones."""
        return parameter_count(self.nest)

    @property
    def split(self) -> int:
        """Where the parameters of the function, rates of progress among them, end."""
        return self.form_count + len(self.augmented)

    def rates(self, parameters: FloatArray) -> FloatArray:
        """Return the rate at which the efficiency of each input grows, (f,)."""
        found = np.zeros(self.log_inputs.shape[1])
        found[list(self.augmented)] = parameters[self.form_count : self.split]
        return found

    def effective(self, parameters: FloatArray) -> FloatArray:
        """Return the inputs in units of efficiency, (n, f)."""
        if not self.augmented:
            return self.log_inputs
        moved: FloatArray = self.log_inputs + np.outer(self.times, self.rates(parameters))
        return moved

    @property
    def target(self) -> FloatArray:
        """The logarithm of output, or output."""
        return self.log_output if self.error == "multiplicative" else np.exp(self.log_output)

    def composite(self, parameters: FloatArray, *, effective: bool = True) -> FloatArray:
        """Return the log of the composite input, (n,); of the inputs as measured if asked."""
        own = parameters[: self.form_count]
        inputs = self.effective(parameters) if effective else self.log_inputs
        found: Any = log_composite(self.nest, inputs, own, positive=self.positive)
        return np.asarray(found, dtype=np.float64)

    def shares(self, parameters: FloatArray) -> FloatArray:
        """Return the elasticities of the composite in each input, (n, f)."""
        own = parameters[: self.form_count]
        inputs = self.effective(parameters)
        found: FloatArray = input_elasticities(self.nest, inputs, own, positive=self.positive)
        return found

    def offset(self, parameters: FloatArray) -> FloatArray:
        """Return what has no free coefficient: the composite under constant returns."""
        if self.error == "multiplicative" and self.constant_returns:
            return self.composite(parameters)
        return np.zeros(len(self.log_output))

    def regressors(self, parameters: FloatArray) -> FloatArray:
        """Return what has a linear coefficient, (n, q)."""
        if self.error == "additive":
            return self._level(parameters)[:, None]
        columns = [np.ones(len(self.log_output)), self.others]
        if not self.constant_returns:
            columns.append(self.composite(parameters))
        return np.column_stack(columns)

    def derivatives(self, parameters: FloatArray, coefficients: FloatArray) -> FloatArray:
        """Return the derivatives of the fit in the nonlinear parameters, (n, p)."""
        own = parameters[: self.form_count]
        inputs = self.effective(parameters)
        form = composite_derivatives(self.nest, inputs, own, positive=self.positive)
        if self.augmented:
            shares = self.shares(parameters)[:, list(self.augmented)]
            form = np.column_stack([form, shares * self.times[:, None]])
        if self.error == "multiplicative":
            return form if self.constant_returns else form * coefficients[-1]
        columns = [form * self._returns(parameters), self.others]
        if not self.constant_returns:
            columns.append(self.composite(parameters))
        level = coefficients[0] * self._level(parameters)
        whole: FloatArray = np.column_stack(columns) * level[:, None]
        return whole

    def fitted(self, parameters: FloatArray, coefficients: FloatArray) -> FloatArray:
        """Return the fitted target, (n,)."""
        whole: FloatArray = self.offset(parameters) + self.regressors(parameters) @ coefficients
        return whole

    def returns(self, parameters: FloatArray, coefficients: FloatArray) -> float:
        """Return returns to scale."""
        if self.error == "multiplicative" and not self.constant_returns:
            return float(coefficients[-1])
        return self._returns(parameters)

    def named(self, parameters: FloatArray, coefficients: FloatArray) -> dict[str, float]:
        """Return trend, controls, returns to scale where free, and the log of the scale."""
        own = parameters[self.form_count : self.split].tolist()
        rates = {
            f"{PROGRESS} {name}": value
            for name, value in zip(self.augmented_names, own, strict=True)
        }
        if self.error == "multiplicative":
            linear = [SCALE, *self.other_names, *([] if self.constant_returns else [RETURNS])]
            return {**rates, **dict(zip(linear, coefficients.tolist(), strict=True))}
        names = [*self.other_names, *([] if self.constant_returns else [RETURNS])]
        nonlinear = parameters[self.split :].tolist()
        scale = {SCALE: float(np.log(np.abs(coefficients[0])))}
        return {**rates, **scale, **dict(zip(names, nonlinear, strict=True))}

    def extra_start(self) -> FloatArray:
        """Return where the nonlinear parameters beside the function's own begin."""
        rates = np.zeros(len(self.augmented))
        if self.error == "multiplicative":
            return rates
        line = np.column_stack([np.ones(len(self.log_output)), self.log_inputs, self.others])
        slopes = np.linalg.lstsq(line, self.log_output, rcond=None)[0]
        after = slopes[1 + self.log_inputs.shape[1] :]
        return np.concatenate([rates, after, [] if self.constant_returns else [1.0]])

    def _returns(self, parameters: FloatArray) -> float:
        additive = self.error == "additive"
        return float(parameters[-1]) if additive and not self.constant_returns else 1.0

    def _level(self, parameters: FloatArray) -> FloatArray:
        at = self.split
        slopes = parameters[at : at + self.others.shape[1]]
        with np.errstate(over="ignore"):
            logs = self._returns(parameters) * self.composite(parameters) + self.others @ slopes
            level: FloatArray = np.exp(logs)
        return level


@dataclass(frozen=True, eq=False, kw_only=True)
class HeldModel(Record):
    """The same problem with one nonlinear parameter held."""

    model: CESModel
    at: int
    value: float

    @property
    def target(self) -> FloatArray:
        """As of the model."""
        return self.model.target

    def whole(self, parameters: FloatArray) -> FloatArray:
        """Return all parameters, the held one among them."""
        return np.insert(parameters, self.at, self.value)

    def offset(self, parameters: FloatArray) -> FloatArray:
        """As of the model."""
        return self.model.offset(self.whole(parameters))

    def regressors(self, parameters: FloatArray) -> FloatArray:
        """As of the model."""
        return self.model.regressors(self.whole(parameters))

    def derivatives(self, parameters: FloatArray, coefficients: FloatArray) -> FloatArray:
        """As of the model, without the held parameter's."""
        moved = self.model.derivatives(self.whole(parameters), coefficients)
        return np.delete(moved, self.at, axis=1)
