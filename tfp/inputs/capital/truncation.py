r"""What is missing of a first stock because investment was carried back too few years.

Carried on at the same growth until it is worn out, back-cast investment would add

.. math:: M = \sum_{k > n} I_{-n}\, (1 + g)^{-(k - n)}\, w_k

to a stock of investment of this year and the :math:`n` before it, with :math:`w_k` what is
left of an investment of k years ago. Under geometric depreciation
:math:`M / (K + M) = q^{n+1}` with :math:`q = (1 - \delta) / (1 + g)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from tfp.inputs.capital.backcasting import BackcastInvestment
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

# Less than a hundredth of the stock moves no growth rate that is published.
UNREMARKED = 0.01


def missing_geometric(
    invested: FloatArray, growth: FloatArray, depreciation: FloatArray
) -> FloatArray:
    """Return the share of each untruncated stock that is missing, (m,).

    Parameters
    ----------
    invested : (m, n + 1) array
        Investment, the oldest first, of the years that the stock holds.
    growth : (m,) array
        Growth at which it would be carried on into the past.
    depreciation : (m,) array
        Yearly rate.

    Examples
    --------
    >>> invested = 100.0 * 1.08 ** np.arange(-5.0, 1.0)[np.newaxis]
    >>> missing_geometric(invested, np.array([0.08]), np.array([0.05])).round(4).tolist()
    [0.4632]
    """
    left = (1.0 - depreciation)[:, np.newaxis] ** np.arange(invested.shape[1])[::-1]
    held = (invested * left).sum(axis=1)
    lasting = (1.0 - depreciation) / (1.0 + growth)
    # At a ratio of one or more the past never wears out: all of the stock is in it.
    with np.errstate(divide="ignore"):
        beyond = np.where(
            lasting < 1.0, (invested * left)[:, 0] * lasting / (1.0 - lasting), np.inf
        )
    return _share(beyond, held)


def missing_of_cohorts(invested: FloatArray, growth: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the same share where `weights` say what is left after 0, 1, ... years, (ages,)."""
    years = invested.shape[1]
    held = invested[:, ::-1] @ weights[:years]
    older = np.trim_zeros(weights[years:], "b")
    steps = np.arange(1.0, len(older) + 1.0)
    carried = invested[:, :1] / (1.0 + growth)[:, np.newaxis] ** steps
    return _share(carried @ older, held)


def remark_truncated(
    panel: Panel, rule: BackcastInvestment, rows: IntArray, missing: FloatArray
) -> list[Finding]:
    """Return the finding that back-casts are too short; none where little is missing."""
    short = np.flatnonzero(missing > UNREMARKED)
    if not len(short):
        return []
    return [
        Finding(
            code="backcast-truncated",
            severity="warn",
            places=panel.rows.places(rows[short]),
            fields={
                "years": int(rule.years),
                "missing": float(100.0 * missing[short].max()),
                "count": len(short),
            },
        )
    ]


def _share(beyond: FloatArray, held: FloatArray) -> FloatArray:
    share: FloatArray = 1.0 - held / (held + beyond)
    return share
