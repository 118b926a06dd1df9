"""Axes: numbers as the language writes them, years without crowding, a quiet grid."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.ticker import FixedFormatter, FixedLocator, Formatter, MaxNLocator

from tfp.language.numbers import show_number
from tfp.plots.sheet import POINTS, text_width
from tfp.plots.style import FAINT, FONT, INK, LABEL, PAPER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray

MOST_DECIMALS = 6
CLOSE = 5  # years; labels further apart stand at multiples of it
GAP = 3.0  # points from the axis to its labels
LINE = 1.25  # of the letters' height, from one line of a label to the next


class NumberFormatter(Formatter):
    """Tick labels by our number function, with as many decimals as the ticks need."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the label of one tick by itself."""
        del pos
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of all ticks, each with the same number of decimals."""
        ticks = [float(value) for value in values]
        digits = decimals_needed(ticks)
        return [show_number(tick, digits, self.language) for tick in ticks]


def decimals_needed(ticks: Sequence[float]) -> int:
    """Return the fewest decimals that tell all ticks as they are.

    Examples
    --------
    >>> decimals_needed([0.0, 2.0, 4.0]), decimals_needed([0.0, 2.5]), decimals_needed([0.25])
    (0, 1, 2)
    """
    size = max((abs(tick) for tick in ticks), default=0.0) or 1.0
    for digits in range(MOST_DECIMALS):
        if all(math.isclose(tick, round(tick, digits), abs_tol=1e-9 * size) for tick in ticks):
            return digits
    return MOST_DECIMALS


def dress(
    ax: Axes, language: Language, *, values: Literal["x", "y"] = "y", zero: bool = True
) -> None:
    """Give axes the house style; `values` is the axis that carries numbers.

    The zero line, where there is one, is heavier than the grid: what is positive and
    what is negative is the first thing to see.
    """
    ax.set_facecolor(PAPER)
    for side in ax.spines.values():
        side.set_visible(False)
    ax.set_axisbelow(True)
    ax.grid(visible=False)
    ax.grid(visible=True, axis=values, color=FAINT, linewidth=0.6, linestyle="-")
    ax.tick_params(
        axis="both",
        which="both",
        length=0,
        pad=4,
        labelsize=LABEL,
        labelcolor=INK,
        labelfontfamily=FONT,
    )
    ax.set_xlabel("")
    ax.set_ylabel("")
    number_axis = ax.yaxis if values == "y" else ax.xaxis
    number_axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10], min_n_ticks=4))
    number_axis.set_major_formatter(NumberFormatter(language))
    if zero:
        line = ax.axhline if values == "y" else ax.axvline
        line(0.0, color=INK, linewidth=1.3, zorder=3, label="_zero")


def name_positions(
    ax: Axes,
    at: IntArray,
    names: Sequence[str],
    marks: Mapping[int, str] | None = None,
    size: float = LABEL,
) -> None:
    """Write years, or periods, under the axis: as many as have room.

    `marks` are short words under single years: "prel.".
    """
    marks = marks or {}
    step = label_step(ax, [*names, *marks.values()], size)
    if step > 1:
        broken = [name.replace("-", "-\n") for name in names]
        if label_step(ax, [*" ".join(broken).split(), *marks.values()], size) == 1:
            names, step = broken, 1
    # The last year is the one that is looked for: count back from it.
    kept = range((len(at) - 1) % step, len(at), step)
    words = [f"{names[i]}\n{marks.get(int(at[i]), '')}".rstrip() for i in kept]
    label_positions(ax, [float(at[i]) for i in kept], words, size)


def label_positions(
    ax: Axes, at: Sequence[float], words: Sequence[str], size: float = LABEL
) -> None:
    """Write words under the axis, each line of them on a baseline common to all labels.

    Left alone, a label with an accent or a second line stands lower than its neighbours.
    """
    lines = [word.split("\n") for word in words]
    ax.xaxis.set_major_locator(FixedLocator(list(at)))
    ax.xaxis.set_major_formatter(FixedFormatter([line[0] for line in lines]))
    ax.tick_params(axis="x", labelsize=size, pad=GAP + size)
    for label in ax.get_xticklabels():
        label.set_verticalalignment("baseline")
    for x, (_, *further) in zip(at, lines, strict=True):
        for number, line in enumerate(further, start=2):
            ax.annotate(
                line,
                xy=(x, 0.0),
                xycoords=ax.get_xaxis_transform(),
                xytext=(0.0, -GAP - size * (1.0 + LINE * (number - 1))),
                textcoords="offset points",
                ha="center",
                va="baseline",
                fontsize=size,
                color=INK,
                parse_math=False,
                annotation_clip=False,
            )


def label_step(ax: Axes, names: Sequence[str], size: float) -> int:
    """Return how many positions one label takes, at least one."""
    room = float(ax.get_window_extent().width) * POINTS / ax.figure.dpi
    low, high = ax.get_xlim()
    widest = max(text_width(name, size) for name in names) + 4.0
    step = math.ceil(widest * abs(high - low) / room)
    return step if step <= CLOSE else CLOSE * math.ceil(step / CLOSE)
