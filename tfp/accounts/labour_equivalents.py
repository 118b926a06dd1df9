r"""Weights of the index form with a fixed coefficient (Tăng Văn Khiên).

Inputs are added in persons: :math:`N_t = b K_t + L_t`, with the coefficient :math:`b`
set once so that capital's part of :math:`N` in the base period is the capital share.
Its part then drifts as capital outgrows labour:

.. math:: s_{K,t} = \frac{b K_t}{b K_t + L_t}, \qquad
          b = \frac{s_{K,0}}{1 - s_{K,0}} \frac{L_0}{K_0}

With these weights of the previous period the growth of :math:`N` is exactly
:math:`s_K g_K + s_L g_L`. Re-basing :math:`b` every year instead keeps the share fixed,
and is then the additive account with fixed shares. The two differ by far: at growth of
6, 9 and 1 per cent and a share of 0.40, TFP rises in ten years by 11.25 per cent with
a fixed coefficient and by 18.68 with a re-based one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.accounts.fixed_shares import check_shares, share_number
from tfp.accounts.growth import LABOUR_MULTIPLIERS
from tfp.errors import MethodError
from tfp.results.weights import OutputConcept, Weighting

if TYPE_CHECKING:
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False)
class LabourEquivalents:
    """Capital counted in persons by a coefficient fixed in one base period.

    Parameters
    ----------
    capital_share : float
        Capital's share of income in the base period.
    base : int or str
        The base period; every entity needs it.
    source : str
        Where the share comes from.
    """

    capital_share: float
    base: int | str
    source: str = ""

    name = "labour equivalents"

    def __post_init__(self) -> None:
        check_shares({"capital": share_number("capital", self.capital_share)})

    def options(self) -> dict[str, object]:
        """Return the share, its base period and its source."""
        return {"capital_share": self.capital_share, "base": self.base, "source": self.source}

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return capital's drifting part of inputs, and labour's."""
        del output_concept
        multipliers = [role for role in LABOUR_MULTIPLIERS if panel.has(role)]
        if set(factors) != {"capital", "labour"} or multipliers:
            raise MethodError("index-form-needs-two-inputs", factors=[*factors, *multipliers])
        capital, labour = panel.values("capital"), panel.values("labour")
        rows = panel.rows.rows_at(self.base)
        rows = rows[~np.isnan(capital[rows]) & ~np.isnan(labour[rows])]
        if len(rows) != len(panel.rows.entities):
            raise MethodError(
                "base-period-missing",
                base=self.base,
                entities=[
                    entity
                    for code, entity in enumerate(panel.rows.entities)
                    if code not in set(panel.rows.codes[rows].tolist())
                ][:5],
            )
        odds = self.capital_share / (1.0 - self.capital_share)
        coefficient = odds * labour[rows] / capital[rows]
        in_persons = coefficient[panel.rows.codes] * capital
        share = in_persons / (in_persons + labour)
        return Weighting(weights=tuple(share if f == "capital" else 1.0 - share for f in factors))
