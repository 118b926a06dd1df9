"""One of several solutions of an estimating equation, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Root(Record):
    """One exact solution of the moments of a production function.

    Attributes
    ----------
    coefficients : (p,) array
        Of the production function, in the order of the estimate's terms.
    elasticities : (f,) array
        Mean elasticity of each input.
    persistence : float
        Slope of productivity on its own past.
    moment_norm : float
        Largest correlation of the innovation with an instrument.
    condition : float
        Condition number of the Jacobian of the moments, instruments scaled to length one.
    admissible : bool
        Whether all elasticities are at least zero and productivity is persistent and
        not explosive.
    chosen : bool
        Whether it is the one that the estimate reports.
    """

    coefficients: FloatArray
    elasticities: FloatArray
    persistence: float
    moment_norm: float
    condition: float
    admissible: bool
    chosen: bool
