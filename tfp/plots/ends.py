"""Labels at the ends of lines, moved apart where they would touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.language.numbers import show_number
from tfp.plots.sheet import POINTS, text_width
from tfp.plots.style import FONT, LABEL, PAPER, SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray

APART = LABEL * 1.25  # points between the middles of two labels
MOST_STEPS = 10
APART_FROM_LINE = 7.0  # points from a line to the middle of its label
AROUND = 2.0  # points left and right of a label
HALF_HEIGHT = 0.68 * SMALL  # of a label, from the feet of its letters to their accents
Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@dataclass(frozen=True)
class LineEnd:
    """Where a line ends, and what it is called there."""

    x: float
    y: float
    name: str
    colour: str

    @classmethod
    def of(cls, times: Any, values: FloatArray, name: str, colour: str) -> LineEnd:
        """Return the last point of a line that is known."""
        last = int(np.flatnonzero(np.isfinite(values))[-1])
        return cls(float(times[last]), float(values[last]), name, colour)


def label_ends(ax: Axes, ends: Sequence[LineEnd], language: Language, *, digits: int = 1) -> None:
    """Write name and value of each line right of its end."""
    height = float(ax.get_window_extent().height) * POINTS / ax.figure.dpi
    low, high = ax.get_ylim()
    at = [(end.y - low) / (high - low) * height for end in ends]
    for end, natural, placed in zip(ends, at, moved_apart(at, APART), strict=True):
        words = f"{end.name} {show_number(end.y, digits, language)}".strip()
        ax.annotate(
            words,
            xy=(end.x, end.y),
            xytext=(8.0, placed - natural),
            textcoords="offset points",
            ha="left",
            va="center_baseline",
            fontsize=LABEL,
            fontfamily=FONT,
            fontweight="bold",
            color=end.colour,
            parse_math=False,
            annotation_clip=False,
        )


@dataclass(frozen=True)
class Label:
    """Words for a level line, or a band from `low` to `high`, that runs over some years."""

    first: float
    last: float
    low: float
    high: float
    words: str
    colour: str


def write_clear(ax: Axes, labels: Sequence[Label]) -> None:
    """Write each label above or below its line, at its right or left end.

    The first place is taken that touches no other label, no other line, and not the
    room above another line, where a reader would take it for that line's.
    """
    lines = [_line_room(ax, label) for label in labels]
    written: list[Box] = []
    for number, label in enumerate(labels):
        others = [*written, *lines[:number], *lines[number + 1 :]]
        places = _places(ax, label)
        free = [place for place in places if not any(_touch(place.box, box) for box in others)]
        place = free[0] if free else places[0]
        written.append(place.box)
        ax.annotate(
            label.words,
            xy=(place.x, place.y),
            xytext=(0.0, place.shift),
            textcoords="offset points",
            ha=place.side,
            va="center",
            fontsize=SMALL,
            fontfamily=FONT,
            fontweight="bold",
            color=label.colour,
            zorder=7,
            parse_math=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.85},
        )


@dataclass(frozen=True)
class _Place:
    """Where a label could stand: a point of the data, a shift in points, the room it takes."""

    x: float
    y: float
    shift: float
    side: Literal["left", "right"]
    box: Box


def _places(ax: Axes, label: Label) -> list[_Place]:
    """Return the places of a label, the best first."""
    width = text_width(label.words, SMALL, "bold")
    sides: list[tuple[Literal["left", "right"], float]] = [
        ("right", label.last),
        ("left", label.first),
    ]
    places = []
    for further in range(MOST_STEPS):
        shift = APART_FROM_LINE + further * SMALL / 2
        for side, x in sides:
            for y, shifted in ((label.high, shift), (label.low, -shift)):
                across, up = _points(ax, x, y)
                left = across - width if side == "right" else across
                middle = up + shifted
                low, high = middle - HALF_HEIGHT, middle + HALF_HEIGHT
                box = (left - AROUND, low, left + width + AROUND, high)
                places.append(_Place(x, y, shifted, side, box))
    return places


def _line_room(ax: Axes, label: Label) -> Box:
    left, bottom = _points(ax, label.first, label.low)
    right, top = _points(ax, label.last, label.high)
    return left, bottom - 1.5, right, top + APART_FROM_LINE + HALF_HEIGHT


def _points(ax: Axes, x: float, y: float) -> tuple[float, float]:
    across, up = ax.transData.transform((x, y)) * POINTS / ax.figure.dpi
    return float(across), float(up)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def moved_apart(at: Sequence[float], least: float) -> list[float]:
    """Return positions at least `least` apart, in the same order and near the given ones.

    Groups that touch are spread around their common middle.

    Examples
    --------
    >>> moved_apart([0.0, 1.0, 50.0], 10.0)
    [-4.5, 5.5, 50.0]
    """
    order = np.argsort(at, kind="stable")
    groups: list[list[float]] = []  # natural positions of labels that touch
    for position in (float(at[i]) for i in order):
        groups.append([position])
        while (
            len(groups) > 1
            and _middle(groups[-1]) - _middle(groups[-2])
            < least * (len(groups[-1]) + len(groups[-2])) / 2
        ):
            tail = groups.pop()
            groups[-1] += tail
    spread = [
        _middle(group) + least * (k - (len(group) - 1) / 2)
        for group in groups
        for k in range(len(group))
    ]
    placed = np.empty(len(spread))
    placed[order] = spread
    return [float(position) for position in placed]


def _middle(group: list[float]) -> float:
    return sum(group) / len(group)
