"""Terms of growth as one long frame: a row for each entity, period and term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.results.shares import REASONS, growth_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray


def long_frame(
    keys: Mapping[str, NDArray[Any]],
    terms: Mapping[str, FloatArray],
    total: FloatArray,
    reasons: NDArray[np.int8],
) -> pd.DataFrame:
    """Return the terms below each other, in points and as per cent of growth.

    Parameters
    ----------
    keys
        Key columns, (n,) each.
    terms
        Growth itself first, then what it is the sum of, as fractions, (n,) each. Growth
        is 100 per cent of itself wherever shares are given.
    total
        Growth, (n,), as a fraction.
    reasons
        Why shares are blank, (n,), numbers in ``REASONS``.

    Returns
    -------
    pandas.DataFrame
        The keys, then ``term``, ``points``, ``share`` and ``reason``; all rows of a term
        together.
    """
    import pandas as pd

    shares = [growth_share(values, total, reasons) for values in terms.values()]
    return pd.DataFrame(
        {
            **{name: np.tile(values, len(terms)) for name, values in keys.items()},
            "term": np.repeat(np.array(list(terms), dtype=object), len(total)),
            "points": 100.0 * np.concatenate(list(terms.values())),
            "share": np.concatenate(shares),
            "reason": np.tile(np.array(REASONS, dtype=object)[reasons], len(terms)),
        }
    )
