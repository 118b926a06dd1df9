"""What ties the values before a break to those after it, where nothing is published for the area.

A published overlap stands in :mod:`tfp.inputs.breaks.splicing`. Everything here is an
assumption: it carries its name, and the growth that it leaves at the break is in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError

if TYPE_CHECKING:
    from tfp.panel.ledger import Action


@dataclass(frozen=True)
class NationalRatio:
    r"""The effect of a new definition on a larger area, assumed to be the same in its parts.

    .. math:: x'_{t-1} = x_{t-1} \, \frac{X^{new}_{t-1}}{X^{old}_{t-1}}

    Parameters
    ----------
    old, new : float
        The larger area's figure of the period before the break, on the old definition and
        on the new. For the labour force survey of Viet Nam and 2020: 53,609.58 and
        50,072.01 thousand persons employed.
    source : str
        Where both are published; required.
    area : str
        The larger area.

    Notes
    -----
    A definition rarely touches all parts alike. Producers for their own use, whom ICLS-19 no
    longer counts as employed, are many in the mountains and few in the towns: where the
    national figure falls by 7 per cent, Cao Bằng's labour force falls by 53. The ratio is
    for areas that resemble the larger one; the growth it leaves shows where it fails.
    """

    old: float
    new: float
    source: str
    area: str = "Viet Nam"
    action: Action = "assumed"
    figure: str = "national-ratio"

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise MethodError("ratio-without-source")
        for value in (self.old, self.new):
            if not 0.0 < value < np.inf:
                raise MethodError("ratio-not-positive", value=float(value))

    @property
    def stated(self) -> float:
        """NaN: two figures make the ratio."""
        return float("nan")

    def previous(self, value: float, before: float) -> float:
        """Return the value before the break times the ratio."""
        del value
        return before * (self.new / self.old)

    def fields(self) -> dict[str, object]:
        """Return what fills the ledger's sentence."""
        return {
            "name": f"{self.area}: {self.new} / {self.old}",
            "area": self.area,
            "old": float(self.old),
            "new": float(self.new),
        }


@dataclass(frozen=True)
class GivenFactor:
    r"""A factor that brings the values before a break to the level after it.

    .. math:: x'_{t-1} = f \, x_{t-1}

    Parameters
    ----------
    factor : float
        New definition over old, such as 0.94.
    name : str
        What the assumption is called in every output; required.
    source : str
        Where the factor comes from; required.
    """

    factor: float
    name: str
    source: str
    action: Action = "assumed"
    figure: str = "given-factor"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise MethodError("assumption-without-name")
        if not self.source.strip():
            raise MethodError("factor-without-source", name=self.name)
        if not 0.0 < self.factor < np.inf:
            raise MethodError("link-factor-not-positive", factor=float(self.factor))

    @property
    def stated(self) -> float:
        """The factor."""
        return float(self.factor)

    def previous(self, value: float, before: float) -> float:
        """Return the value before the break times the factor."""
        del value
        return before * self.factor

    def fields(self) -> dict[str, object]:
        """Return what fills the ledger's sentence."""
        return {"name": self.name}
