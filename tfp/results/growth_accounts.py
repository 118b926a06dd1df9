r"""The result of growth accounting: contributions of capital, labour and TFP.

.. math:: g_Y = \sum_i \bar w_i g_{X_i} + g_A

A decomposition of the growth of output that keeps what it was made of, so that it can be
averaged over periods, set beside targets, or read in other forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.chains import level_index
from tfp.numerics.growth import growth_rates, mean_weights
from tfp.panel.findings import Findings
from tfp.panel.keyed import keyed_frame
from tfp.panel.ledger import LedgerEntry, ledger_frame
from tfp.results import door
from tfp.results.decomposition import Decomposition
from tfp.results.provenance import Provenance, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.results.comparison import TargetComparison
    from tfp.results.decomposition import IndexForm, PeriodAverage, ShareTiming
    from tfp.results.periods import PeriodAccounts


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class GrowthAccounts(Decomposition):
    """Contributions of capital, labour and TFP to the growth of output.

    Attributes
    ----------
    output : (n,) array
        Level of output.
    factor_names : tuple of str
        Names of the inputs; their contributions are the first terms.
    inputs : tuple of (n,) arrays
        Levels of the inputs.
    weights : tuple
        Weight of each input: array, number, or None for what the others leave to one.
    share_timing : {"average", "current", "previous"}
        Which year's weights a growth takes.
    period_average : {"increments", "sum_of_rates", "log"}
        How :meth:`periods` averages unless told otherwise.
    index_form : {"additive", "quotient"}
        Whether TFP growth is the residual, or the residual over one plus input growth.
    elasticity_sum : float
        Sum of the elasticities that the weights come from; 1 for shares.
    pure_profit_share : (n,) array or None
        Share of income that costs do not exhaust.
    panel_ledger : tuple of LedgerEntry
        What was done to the data before.
    warnings : tuple of Finding
        What the method remarked.
    panel : Panel or None
        The data that the accounts were made of, for :attr:`findings`.
    provenance : Provenance
    """

    kind: ClassVar[str] = "growth_accounts"

    output: FloatArray
    factor_names: tuple[str, ...]
    inputs: tuple[FloatArray, ...]
    weights: tuple[FloatArray | float | None, ...]
    share_timing: ShareTiming
    period_average: PeriodAverage
    index_form: IndexForm = "additive"
    elasticity_sum: float = 1.0
    pure_profit_share: FloatArray | None = None
    panel_ledger: tuple[LedgerEntry, ...] = ()
    warnings: tuple[Finding, ...] = ()
    panel: Panel | None = None
    # Required here: a bare annotation would take over the default of the base.
    provenance: Provenance = field()

    @cached_property
    def findings(self) -> Findings:
        """What a check of the data finds, computed when asked for, and the method's remarks.

        Accounts are computed whatever it finds, except for what
        :meth:`~tfp.accounts.growth.GrowthAccounting.fit` refuses; documents show it.
        """
        checked = () if self.panel is None else self.panel.check()
        known = {finding.code for finding in checked}
        remarks = (remark for remark in self.warnings if remark.code not in known)
        return Findings((*checked, *remarks))

    @property
    def factor_growth(self) -> pd.DataFrame:
        """Growth of output and of each input in per cent (log points for log rates)."""
        columns = {"output": self.total}
        for name, level in zip(self.factor_names, self.inputs, strict=True):
            columns[name] = growth_rates(level, self.rows.breaks, self.rates)
        columns["tfp"] = self.tfp_growth
        return self._frame({name: 100.0 * values for name, values in columns.items()})

    @property
    def factor_weights(self) -> pd.DataFrame:
        """Weight that each input has in each growth, after share timing."""
        columns = {
            name: mean_weights(weight, self.rows.breaks, self.share_timing)
            for name, weight in zip(self.factor_names, self.weight_arrays, strict=True)
        }
        if self.pure_profit_share is not None:
            columns["pure_profit"] = mean_weights(
                self.pure_profit_share, self.rows.breaks, self.share_timing
            )
        return self._frame(columns)

    @property
    def weight_arrays(self) -> tuple[FloatArray, ...]:
        """Weight of each input in each period, before share timing, spelled out."""
        n = len(self.rows)
        given = [w for w in self.weights if w is not None]
        rest = 1.0 - np.sum([np.broadcast_to(w, n) for w in given], axis=0) if given else 1.0
        return tuple(
            np.array(np.broadcast_to(rest if w is None else w, n), dtype=np.float64)
            for w in self.weights
        )

    @property
    def tfp_growth(self) -> FloatArray:
        """Growth of TFP, (n,), as a fraction.

        The residual; in the quotient form, residual / (1 + growth of inputs), which
        is the growth of output index over input index.
        """
        residual = self.term("tfp")
        if self.index_form == "additive":
            return residual
        return residual / (1.0 + (self.total - residual))

    def tfp_index(self, base: int | str | None = None) -> pd.DataFrame:
        """Return the level of TFP, 1 in the `base` period (the first one if None)."""
        return keyed_frame(self.rows, {"tfp_index": self.tfp_level(base)})

    def tfp_level(self, base: int | str | None = None) -> FloatArray:
        """Return the level of TFP in row order, 1 in the `base` period.

        Raises
        ------
        MethodError
            ``base-period-missing`` if an entity has no such period.
        """
        rows = None if base is None else self._base_rows(base)
        return level_index(
            self.tfp_growth, self.rows.starts, self.rows.breaks, rates=self.rates, base_row=rows
        )

    def _base_rows(self, base: int | str) -> IntArray:
        rows = self.rows.rows_at(base)
        if len(rows) != len(self.rows.entities):
            present = set(self.rows.codes[rows].tolist())
            absent = [e for code, e in enumerate(self.rows.entities) if code not in present]
            raise MethodError("base-period-missing", base=base, entities=absent[:5])
        return rows

    @cached_property
    def lost(self) -> tuple[LedgerEntry, ...]:
        """Growth rates that could not be taken: after a gap, or for a missing value."""
        rows = self.rows.growth_rows
        rows = rows[np.isnan(self.total[rows]) | np.isnan(self.term("tfp")[rows])]
        gaps = np.isin(rows, self.rows.breaks, assume_unique=True)
        return tuple(
            LedgerEntry(
                action="lost",
                role="growth",
                rows=self.rows.keys(chosen),
                cause=cause,
            )
            for chosen, cause in (
                (rows[gaps], "gap"),
                (rows[~gaps], "missing"),
            )
            if len(chosen)
        )

    @property
    def ledger(self) -> pd.DataFrame:
        """Every value filled, spliced or passed over, and every growth lost."""
        return ledger_frame((*self.panel_ledger, *self.lost))

    @property
    def fingerprint(self) -> str:
        """Sha256 of the levels and weights that the accounts rest on."""
        return fingerprint(
            (self.rows.times, self.rows.codes, self.output, *self.inputs, *self.weights)
        )

    def periods(
        self, periods: Iterable[str], *, average: PeriodAverage | None = None
    ) -> PeriodAccounts:
        """Return averages over periods such as ``"2011-2015"``.

        See :func:`tfp.accounts.periods.period_accounts`.
        """
        result: PeriodAccounts = door.resolve("accounts.periods", "period_accounts")(
            self, periods, average=average
        )
        return result

    def against(self, targets: Sequence[Any], **options: Any) -> TargetComparison:
        """Compare the TFP share of growth with targets.

        See :func:`tfp.accounts.targets.compare_with_targets`.
        """
        result: TargetComparison = door.resolve("accounts.targets", "compare_with_targets")(
            self, targets, **options
        )
        return result

    def productivity_form(
        self, *, unit: Literal["log_points", "points"] = "points"
    ) -> Decomposition:
        """Return the growth of output per worker; see :mod:`tfp.accounts.forms`."""
        result: Decomposition = door.resolve("accounts.forms", "productivity_form")(self, unit=unit)
        return result

    def capital_output_form(
        self, *, unit: Literal["log_points", "points"] = "points"
    ) -> Decomposition:
        """Return the capital-output form; see :mod:`tfp.accounts.forms`."""
        result: Decomposition = door.resolve("accounts.forms", "capital_output_form")(
            self, unit=unit
        )
        return result
