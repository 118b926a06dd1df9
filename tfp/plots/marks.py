"""What a reader must be warned of: provisional data, and years without a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from tfp.language.catalogue import text
from tfp.plots.style import COMPARED, FONT, MARKERS, PAPER, PROVISIONAL_HATCH, QUIET, SMALL
from tfp.plots.wording import runs

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray
    from tfp.plots.view import View

SAMPLE = "#888888"  # no term's colour


def provisional_patch(language: Language) -> Artist:
    """Return the legend entry of hatched bars."""
    return Patch(
        facecolor=SAMPLE,
        edgecolor=PAPER,
        hatch=PROVISIONAL_HATCH,
        label=text("plots.note.provisional", language),
    )


def dot_samples(
    labels: list[str], language: Language, *, hollow: bool, size: float
) -> list[Artist]:
    """Return the legend entries of dots, one a label; and of hollow ones, which are provisional."""

    def sample(face: str, edge: str, marker: str, label: str) -> Artist:
        return Line2D(
            [],
            [],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=1.3,
            label=label,
        )

    handles = [sample(COMPARED[k], COMPARED[k], MARKERS[k], name) for k, name in enumerate(labels)]
    if hollow:
        handles.append(sample(PAPER, COMPARED[-1], "o", text("plots.note.hollow", language)))
    return handles


def status_marks(shown: View, language: Language) -> dict[int, str]:
    """Return the short word under each year that rests on provisional data."""
    return {
        int(at): text(f"plots.mark.{status}", language)
        for at, status, unsure in zip(shown.at, shown.statuses, shown.provisional, strict=True)
        if unsure
    }


def mark_missing(ax: Axes, absent: IntArray, language: Language, *, size: float = SMALL) -> None:
    """Write at zero that there is no figure, once for neighbours: a gap is not zero growth."""
    for group in runs(absent):
        ax.text(
            float(group.mean()),
            0.0,
            text("plots.mark.missing", language),
            ha="center",
            va="center",
            fontsize=size,
            fontfamily=FONT,
            color=QUIET,
            zorder=4,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0},
        )
