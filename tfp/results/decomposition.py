r"""Growth as a sum of named terms: the result of growth accounting.

For each entity and period, total = sum of terms, exactly:

.. math:: g_Y = \sum_i \bar w_i g_{X_i} + g_A

Arrays hold fractions (0.05) in row order, first years and gaps as NaN; frames and
charts show points (5.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.panel.keyed import keyed_frame
from tfp.panel.roles import STATUSES
from tfp.results.result import Result
from tfp.results.shares import REASONS, blank_reasons, growth_share
from tfp.results.tidying import long_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.rows import RowIndex
    from tfp.results.provenance import Provenance

Rates = Literal["simple", "log"]
ShareTiming = Literal["average", "current", "previous"]
PeriodAverage = Literal["increments", "sum_of_rates", "log"]
IndexForm = Literal["additive", "quotient"]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Decomposition(Result):
    """A total growth and the terms that add to it.

    Attributes
    ----------
    rows : RowIndex
        Entity and period of each row.
    total_name : str
        What grows: ``"output"``, ``"labour_productivity"``.
    total : (n,) array
        Growth, as a fraction; NaN in the first period of an entity and after a gap.
    term_names : tuple of str
    terms : tuple of (n,) arrays
        Contributions in the unit of `total`, in the order of `term_names`.
    rates : {"simple", "log"}
        Whether growth is relative change or change of logarithms.
    share_threshold : float
        Growth in points below which no share of growth is given.
    status : (n,) array of int or None
        Weakest status behind each growth, as numbers in ``STATUSES``.
    provenance : Provenance or None
        Where it comes from, if that is known.
    """

    kind: ClassVar[str] = "decomposition"

    rows: RowIndex
    total_name: str
    total: FloatArray
    term_names: tuple[str, ...]
    terms: tuple[FloatArray, ...]
    rates: Rates
    share_threshold: float = 1.0
    status: NDArray[np.int8] | None = None
    provenance: Provenance | None = None

    def term(self, name: str) -> FloatArray:
        """Return one term, (n,), as fractions in row order."""
        if name not in self.term_names:
            raise MethodError("term-unknown", name=name, known=list(self.term_names))
        return self.terms[self.term_names.index(name)]

    @property
    def contributions(self) -> pd.DataFrame:
        """Growth and its terms in points (log points for log rates), by entity and period."""
        columns = {
            self.total_name: self.total,
            **dict(zip(self.term_names, self.terms, strict=True)),
        }
        return self._frame({name: 100.0 * values for name, values in columns.items()})

    @property
    def share_of_growth(self) -> pd.DataFrame:
        """Each term as per cent of growth, and the reason where it is not given."""
        reasons = self.blank_reasons
        columns: dict[str, Any] = {
            name: growth_share(term, self.total, reasons)
            for name, term in zip(self.term_names, self.terms, strict=True)
        }
        return self._frame({**columns, "reason": np.array(REASONS, dtype=object)[reasons]})

    @cached_property
    def blank_reasons(self) -> NDArray[np.int8]:
        """Why no share of growth is given, row by row; see :mod:`tfp.results.shares`."""
        known = ~np.isnan(np.stack(self.terms)).any(axis=0)
        growth = np.where(known, 100.0 * self.total, np.nan)
        return blank_reasons(growth, self.share_threshold)

    @property
    def statuses(self) -> tuple[str, ...]:
        """Weakest status behind the growth of each row; empty where none is declared."""
        if self.status is None:
            return ("",) * len(self.rows)
        return tuple(STATUSES[number] for number in self.status)

    @property
    def largest_gap(self) -> float:
        """Largest difference of total and sum of terms, relative to max(1, sum of sizes)."""
        points = 100.0 * np.stack(self.terms)
        gap = np.abs(100.0 * self.total - points.sum(axis=0))
        relative = gap / np.maximum(1.0, np.abs(points).sum(axis=0))
        return float(np.nanmax(relative, initial=0.0))

    def _frame(self, columns: dict[str, Any]) -> pd.DataFrame:
        return keyed_frame(self.rows, columns, keep=self.rows.growth_rows)

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def _tidy(self) -> pd.DataFrame:
        rows, kept = self.rows, self.rows.growth_rows
        terms = {self.total_name: self.total, **dict(zip(self.term_names, self.terms, strict=True))}
        keys = {
            rows.entity_name or "area": np.array(rows.entities, dtype=object)[rows.codes[kept]],
            rows.time_name: rows.time_labels(kept),
        }
        chosen = {name: values[kept] for name, values in terms.items()}
        return long_frame(keys, chosen, self.total[kept], self.blank_reasons[kept])

    def __repr__(self) -> str:
        entities, times = len(self.rows.entities), self.rows.times
        first, last = (self.rows.time_label(int(f(times))) for f in (np.argmin, np.argmax))
        return (
            f"{type(self).__name__}: {entities} {'entity' if entities == 1 else 'entities'}, "
            f"{first} to {last}; {self.total_name} = {' + '.join(self.term_names)}"
        )
