"""Averages of growth accounts over periods of several years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.errors import MethodError
from tfp.results.result import Result
from tfp.results.shares import REASONS, blank_reasons, growth_share
from tfp.results.tidying import long_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.results.decomposition import PeriodAverage
    from tfp.results.provenance import Provenance


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class PeriodAccounts(Result):
    """Mean growth of each period and the terms that add to it.

    Rows run over entities, within them over periods.

    Attributes
    ----------
    entity_name : str or None
        Name of the entity key; None for a single area.
    entity : tuple of str
        Entity of each row.
    period : tuple of str
        Label of the period of each row, such as ``"2011-2015"``.
    first, last : (n,) arrays of int
        Calendar numbers of the first and last period averaged over.
    average : {"increments", "sum_of_rates", "log"}
        How the average is taken.
    total : (n,) array
        Mean growth, as a fraction; NaN where a year of the period has none.
    term_names, terms
        As in :class:`tfp.results.decomposition.Decomposition`.
    geometric_mean : (n,) array
        Geometric mean growth of output, the rate that offices quote.
    status : (n,) array of int or None
        Weakest status behind each period.
    share_threshold : float
    provenance : Provenance
    """

    kind: ClassVar[str] = "period_accounts"

    entity_name: str | None
    entity: tuple[str, ...]
    period: tuple[str, ...]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    average: PeriodAverage
    total_name: str
    total: FloatArray
    term_names: tuple[str, ...]
    terms: tuple[FloatArray, ...]
    geometric_mean: FloatArray
    status: NDArray[np.int8] | None = None
    share_threshold: float = 1.0
    origin: str = "pandas"
    provenance: Provenance

    def term(self, name: str) -> FloatArray:
        """Return one term, as fractions in row order."""
        if name not in self.term_names:
            raise MethodError("term-unknown", name=name, known=list(self.term_names))
        return self.terms[self.term_names.index(name)]

    @cached_property
    def blank_reasons(self) -> NDArray[np.int8]:
        """Why no share of growth is given; see :mod:`tfp.results.shares`."""
        return blank_reasons(100.0 * self.total, self.share_threshold)

    @property
    def contributions(self) -> pd.DataFrame:
        """Mean growth and its terms in points, with the geometric mean beside."""
        columns = {
            self.total_name: self.total,
            **dict(zip(self.term_names, self.terms, strict=True)),
        }
        shown = {name: 100.0 * values for name, values in columns.items()}
        return self._frame({**shown, "geometric_mean_growth": 100.0 * self.geometric_mean})

    @property
    def share_of_growth(self) -> pd.DataFrame:
        """Each term as per cent of growth, and the reason where it is not given."""
        columns: dict[str, Any] = {
            name: growth_share(term, self.total, self.blank_reasons)
            for name, term in zip(self.term_names, self.terms, strict=True)
        }
        reasons = np.array(REASONS, dtype=object)[self.blank_reasons]
        return self._frame({**columns, "reason": reasons})

    def _frame(self, columns: dict[str, Any]) -> pd.DataFrame:
        import pandas as pd

        if self.entity_name is None:
            index = pd.Index(self.period, name="period")
        else:
            index = pd.MultiIndex.from_arrays(
                [self.entity, self.period], names=[self.entity_name, "period"]
            )
        return pd.DataFrame(columns, index=index)

    @property
    def _origin(self) -> str:
        return self.origin

    def _tidy(self) -> pd.DataFrame:
        terms = {self.total_name: self.total, **dict(zip(self.term_names, self.terms, strict=True))}
        keys = {
            self.entity_name or "area": np.array(self.entity, dtype=object),
            "period": np.array(self.period, dtype=object),
        }
        long = long_frame(keys, terms, self.total, self.blank_reasons)
        mean = np.tile(100.0 * self.geometric_mean, len(terms))
        return long.assign(average=self.average, geometric_mean_growth=mean)

    def __repr__(self) -> str:
        periods = dict.fromkeys(self.period)
        entities = len(self.entity) // max(1, len(periods))
        return (
            f"PeriodAccounts: {', '.join(periods)} by {self.average}, "
            f"{entities} {'entity' if entities == 1 else 'entities'}; "
            f"{self.total_name} = {' + '.join(self.term_names)}"
        )
