"""The word across a chart that says it is a draft: charts travel without their report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes

if TYPE_CHECKING:
    from typing import Any

SHADE, ANGLE, SIZE = "0.55", 30.0, 54.0


def mark_draft(chart: Any, word: str) -> Any:
    """Return a chart with a pale word across it; of a panel, across its whole figure.

    Parameters
    ----------
    chart : Figure or Axes
    word : str
        ``"DỰ THẢO"``.
    """
    figure = chart.figure if isinstance(chart, Axes) else chart
    figure.text(
        0.5,
        0.5,
        word,
        rotation=ANGLE,
        fontsize=SIZE,
        color=SHADE,
        alpha=0.25,
        ha="center",
        va="center",
        zorder=10,
        gid="draft",
    )
    return chart
