"""What is said of user costs below zero: refused, or named with asset and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.findings import Finding, finding_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel


def negative_rental(panel: Panel, assets: tuple[str, ...], rental: FloatArray) -> MethodError:
    """Return the error that names the first asset with a negative rental, and its years."""
    negative = rental < 0.0
    asset, row = np.argwhere(negative)[0]
    return MethodError(
        "negative-rental",
        places=panel.rows.places(
            np.flatnonzero(negative[asset])[:6], panel.column(f"capital:{assets[asset]}").name
        ),
        asset=assets[asset],
        rental=float(rental[asset, row]),
        count=int(negative.sum()),
    )


def remark_negative(
    panel: Panel, assets: tuple[str, ...], rental: FloatArray, *, kept: bool
) -> list[Finding]:
    """Return one finding for each asset with negative rentals, with its years."""
    code = "rental-kept-negative" if kept else "rental-set-to-zero"
    found = []
    for asset, values in zip(assets, rental, strict=True):
        rows = np.flatnonzero(values < 0.0)
        if len(rows):
            column = panel.column(f"capital:{asset}")
            first = float(values[rows[0]])
            figures = {"asset": asset, "rental": first, "count": len(rows)}
            found.append(finding_at(code, "warn", panel, rows, column, **figures))
    return found


def remark_switch(panel: Panel, switched: NDArray[np.bool_]) -> list[Finding]:
    """Return the finding that some years took the stated rate of return; none without any."""
    rows = np.flatnonzero(switched)
    if not len(rows):
        return []
    return [finding_at("rental-at-external-rate", "note", panel, rows, count=len(rows))]
