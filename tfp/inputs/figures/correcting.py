"""A misprint corrected by an explicit word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.figures.collection import Figures
from tfp.panel.ledger import LedgerEntry

if TYPE_CHECKING:
    from tfp.inputs.figures.figure import Figure


@dataclass(frozen=True)
class Correction:
    """What the user says about one figure; see ``correct``."""

    variable: str
    year: int
    printed: float
    corrected: float
    reason: str
    source: str
    area: str | None = None
    vintage: str | None = None


def correct(figures: Figures, correction: Correction) -> Figures:
    """Return the figures with a corrected one in place of what is printed.

    The printed value must be stated: a correction that no longer fits the figures, because
    the book was read again or the figure corrected already, is refused.

    Parameters
    ----------
    figures : Figures
    correction : Correction
        The variable and year, the printed and the corrected value in the unit of the figure,
        why it is a misprint and by which source; the area and the vintage where there are
        several.

    Raises
    ------
    MethodError
        ``variable-unknown``; ``figure-missing``; ``figures-several`` where area or vintage
        must be said; ``figure-differs`` where another value stands there;
        ``correction-unfounded`` without a reason or a source; ``fill-not-a-number``.

    Examples
    --------
    >>> figures = Figures({"a": ["Hòa Bình"], "v": ["nonstate"], "y": [2021], "x": [10894.78]},
    ...                   area="a", variable="v", time="y", value="x")
    >>> corrected = figures.correct(
    ...     "nonstate", 2021, printed=10894.78, corrected=10849.78,
    ...     reason="two digits exchanged: only so do the parts add", source="yearbook 2021")
    >>> corrected.figures[0].value, corrected.ledger[0].detail()
    (10849.78, 'printed 10,894.78; corrected 10,849.78')
    """
    found = _find(figures, correction)
    if not (correction.reason.strip() and correction.source.strip()):
        raise MethodError("correction-unfounded", places=[found.place])
    if not np.isfinite(correction.corrected):
        raise MethodError("fill-not-a-number", role=correction.variable)
    if abs(found.value - correction.printed) > 1e-12 * abs(found.value):
        raise MethodError(
            "figure-differs",
            places=[found.place],
            variable=correction.variable,
            printed=float(correction.printed),
            value=found.value,
        )
    entry = LedgerEntry(
        action="corrected",
        role=correction.variable,
        rows=((found.area, found.year),),
        reason=correction.reason,
        source=correction.source,
        figure="corrected",
        fields={"printed": found.value, "corrected": float(correction.corrected)},
    )
    amended = [
        replace(figure, value=float(correction.corrected)) if figure is found else figure
        for figure in figures.figures
    ]
    return Figures.of(amended, (*figures.ledger, entry))


def _find(figures: Figures, correction: Correction) -> Figure:
    figures.vintages(correction.variable)
    found = [
        figure
        for figure in figures.figures
        if figure.variable == correction.variable
        and figure.year == correction.year
        and correction.area in (None, figure.area)
        and correction.vintage in (None, figure.vintage)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise MethodError(
            "figure-missing",
            variable=correction.variable,
            year=correction.year,
            vintages=list(figures.vintages(correction.variable)),
        )
    raise MethodError(
        "figures-several",
        places=[figure.place for figure in found],
        variable=correction.variable,
        year=correction.year,
        count=len(found),
        areas=list(dict.fromkeys(figure.area for figure in found)),
        vintages=list(dict.fromkeys(figure.vintage for figure in found)),
    )
