"""How figures hang together: declared as values, checked by ``Figures.check``.

A relation says what must agree, nothing else. Names are those of variables in the
collection; a figure that a relation needs and the collection lacks is not missed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tfp.numerics.records import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["output", "current output", "labour", "investment"]


@dataclass(frozen=True)
class PartsOf:
    """The parts of a total: sectors, forms of ownership, items of investment.

    Checked for each area, year and vintage in which the total and all parts stand; several
    splits of one total are several relations.

    Parameters
    ----------
    total : str or float
        The variable, or the number that the parts add to, such as 100.0 for shares in per
        cent.
    parts : tuple of str
        The parts that every book with this split prints.
    optional : tuple of str
        Parts that some books print and others leave inside the rest, such as product
        taxes. Where they are missing the total may exceed the parts, but not in some years
        only.
    tolerance : float
        What may be missing beside the rounding of printed digits, in per cent of the total.

    Examples
    --------
    >>> PartsOf("grdp_cur", ("grdp_cur_state", "grdp_cur_nonstate", "grdp_cur_fdi")).parts[0]
    'grdp_cur_state'
    """

    total: str | float
    parts: tuple[str, ...]
    optional: tuple[str, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True)
class IncludedIn:
    """A figure that is a part of another one, printed without the rest ("of which").

    Parameters
    ----------
    part, whole : str
        The variables: industry in industry and construction, employed in the labour force.
    swing : float
        Points by which the part's share of the whole may change from one year to the next.

    Examples
    --------
    >>> IncludedIn("employed_15plus", "labour_force_15plus").swing
    10.0
    """

    part: str
    whole: str
    swing: float = 10.0


@dataclass(frozen=True)
class GrowthOf:
    """A level and its published growth on the previous year, in per cent.

    Parameters
    ----------
    level, growth : str
        The variables.

    Examples
    --------
    >>> GrowthOf(level="grdp_2010p", growth="grdp_2010p_growth").level
    'grdp_2010p'
    """

    level: str
    growth: str


@dataclass(frozen=True)
class IndexOf:
    """A level and its published index, previous year = 100.

    Parameters
    ----------
    level, index : str
        The variables.

    Examples
    --------
    >>> IndexOf(level="grdp_2010p", index="grdp_2010p_index").index
    'grdp_2010p_index'
    """

    level: str
    index: str


@dataclass(frozen=True)
class AverageOf:
    """Growth of a whole lies between the growth rates, or indices, of its parts.

    Parameters
    ----------
    whole : str
        The variable that holds growth, or an index, of the whole.
    parts : tuple of str
        Those of all its parts.

    Examples
    --------
    >>> AverageOf("grdp_2010p_growth", ("growth_farms", "growth_rest")).parts
    ('growth_farms', 'growth_rest')
    """

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class MeanOf:
    """A published mean of growth rates over some years.

    The geometric and the arithmetic mean both agree with it: books do not say which they
    print.

    Parameters
    ----------
    mean, growth : str
        The variables; the mean stands in the last year.
    first, last : int
        The years.

    Examples
    --------
    >>> MeanOf("grdp_2010p_growth_mean_2021_2023", "grdp_2010p_growth", 2021, 2023).last
    2023
    """

    mean: str
    growth: str
    first: int
    last: int


@dataclass(frozen=True)
class RatioOf:
    """A published ratio and the figures that it is computed from.

    Known units are brought to one scale before dividing: with GRDP in million VND and
    employment in persons, a productivity in million VND per worker agrees as it stands.

    Parameters
    ----------
    ratio, numerator, denominator : str
        The variables.
    scale : float
        Factor of the printed ratio over the quotient, for units that are not known.

    Examples
    --------
    >>> RatioOf("labour_productivity_cur", "grdp_cur", "employed_15plus").scale
    1.0
    """

    ratio: str
    numerator: str
    denominator: str
    scale: float = 1.0


@dataclass(frozen=True)
class PricesOf:
    """The same thing at current and at constant prices: their ratio is a price index.

    Parameters
    ----------
    current, constant : str
        The variables.
    base_year : int
        The year in which both are the same.
    reference : mapping of int to float
        Price index of a wider area by year, 1 in the base year, such as the national one.
    tolerance : float
        Per cent by which the implied index may lie off the reference.

    Examples
    --------
    >>> PricesOf("grdp_cur", "grdp_2010p", base_year=2010).tolerance
    5.0
    """

    current: str
    constant: str
    base_year: int
    reference: Mapping[int, float] = field(default_factory=dict, hash=False)
    tolerance: float = 5.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "reference", frozen(dict(self.reference)))


@dataclass(frozen=True)
class PriceChangeOf:
    """A value at current prices and its real growth: together they imply a change of prices.

    Parameters
    ----------
    current, growth : str
        The variables; growth in per cent or as an index, previous year = 100.
    reference : mapping of int to float
        Change of prices by year in per cent, such as that of the same sector nationally.
    tolerance : float
        Points by which the implied change may lie off the reference, or, in years without
        one, off zero.

    Examples
    --------
    >>> PriceChangeOf("gva_cur_agri", "grdp_2010p_growth_agri").tolerance
    15.0
    """

    current: str
    growth: str
    reference: Mapping[int, float] = field(default_factory=dict, hash=False)
    tolerance: float = 15.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "reference", frozen(dict(self.reference)))


@dataclass(frozen=True)
class JumpsIn:
    """A variable whose change from year to year is worth a look beyond some size.

    Parameters
    ----------
    variable : str
    kind : {"output", "current output", "labour", "investment"}
        What it is: it decides what is said of TFP. Labour is also compared across missing
        years and across vintages, because that is where definitions change.
    fall, rise : float
        Per cent a year, both positive.

    Examples
    --------
    >>> JumpsIn("employed_15plus", "labour", fall=4.0, rise=10.0).fall
    4.0
    """

    variable: str
    kind: Kind
    fall: float
    rise: float


Relation = (
    PartsOf
    | IncludedIn
    | GrowthOf
    | IndexOf
    | AverageOf
    | MeanOf
    | RatioOf
    | PricesOf
    | PriceChangeOf
    | JumpsIn
)
