"""The figure around the plotted area: title, unit, legend above; notes and source below.

Everything hangs on the axes at distances in points, so that it stays in place in a
figure of the caller's as in one of ours. A figure of ours then grows at the top and the
bottom by what was hung there: the plotted area keeps its size however long the notes.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from tfp.plots.saving import chart_bytes
from tfp.plots.style import (
    FONT,
    INK,
    LABEL,
    MARGIN,
    PAPER,
    QUIET,
    SMALL,
    SUBTITLE,
    TITLE,
    WIDTH,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist

POINTS = 72.0  # an inch
LEADING = 1.28
SAFE = 0.98  # letters are set a little wider or narrower at other resolutions
NOTEBOOK_DPI = 110
LEGEND_HANDLE, LEGEND_GAP, LEGEND_COLUMN_GAP = 1.6, 0.5, 1.6  # in letters' heights


class ChartFigure(Figure):
    """A figure of a chart, which a notebook shows without pyplot."""

    def _repr_png_(self) -> bytes:
        return chart_bytes(self, "png", dpi=NOTEBOOK_DPI)


class ChartAxes(Axes):
    """The axes of a chart; a notebook shows their figure."""

    def _repr_png_(self) -> bytes:
        return chart_bytes(self, "png", dpi=NOTEBOOK_DPI)


def new_figure(height: float) -> ChartFigure:
    """Return an empty figure as wide as an A4 text and `height` inches high."""
    figure = ChartFigure(figsize=(WIDTH, height), facecolor=PAPER)
    figure.set_layout_engine("none")
    FigureCanvasAgg(figure)
    return figure


def axes_for(ax: Axes | None, height: float) -> tuple[Axes, bool]:
    """Return axes to draw into, and whether they are ours: `height` inches high."""
    if ax is not None:
        return ax, False
    figure = new_figure(height)
    own = figure.add_subplot(axes_class=ChartAxes)
    own.set_position((0.1, 0.0, 0.88, 1.0))
    return own, True


def surround(
    ax: Axes,
    *,
    own: bool,
    subtitle: str,
    title: str | None = None,
    handles: Sequence[Artist] = (),
    key: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> None:
    """Hang title, subtitle, legend and notes on the axes; make room if the figure is ours.

    Call it last: it measures what the chart has drawn. The lines of `key` stand before
    the notes, each indented after its first line.
    """
    if own:
        _fit_sides(ax)
    plain(ax.figure)
    outer = _extent(ax)
    left = outer["left"]
    width = (_width(ax) + left + (outer["right"] if own else 0.0)) * SAFE
    height = _hang_legend(ax, handles, left, width, outer["top"])
    height += _hang(ax, wrapped(subtitle, width, SUBTITLE), -left, height, size=SUBTITLE)
    if title:
        words = wrapped(title, width, TITLE, "bold")
        height += _hang(ax, words, -left, height + 1, size=TITLE, colour=INK, weight="bold")
    lines = [line for entry in key for line in wrapped(entry, width, SMALL, indent="     ")]
    lines += [line for note in notes for line in wrapped(note, width, SMALL)]
    depth = outer["bottom"] + _hang(ax, lines, -left, -outer["bottom"] - 5, size=SMALL) + 5
    if own:
        _grow(ax.figure, height, depth)


def wrapped(
    words: str, width: float, size: float, weight: str = "normal", *, indent: str = ""
) -> list[str]:
    """Break words into lines of at most `width` points, all but the first indented."""
    lines: list[str] = []
    for whole in words.split():
        for word in _pieces(whole, width, size, weight):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and word == whole and text_width(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(f"{indent}{word}" if lines else word)
    return lines


def _pieces(word: str, width: float, size: float, weight: str) -> list[str]:
    """Break a word that no line can hold, such as an address; most stay whole."""
    pieces = [word]
    while len(pieces[-1]) > 1 and text_width(pieces[-1], size, weight) > width:
        last = pieces.pop()
        lengths = range(1, len(last))
        room = bisect_right(lengths, width, key=lambda n: text_width(last[:n], size, weight)) or 1
        pieces += [last[:room], last[room:]]
    return pieces


def text_width(words: str, size: float, weight: str = "normal") -> float:
    """Return the width of words in points."""
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FONT, size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(width)


def cut(words: str, width: float, size: float) -> str:
    """Return words that fit into `width` points, the rest as an ellipsis."""
    if text_width(words, size) <= width:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def plain(figure: Any) -> None:
    """Set our font, and keep dollar signs in names from being read as formulas."""
    for words in figure.findobj(Text):
        words.set_fontfamily(FONT)
        words.set_parse_math(False)


def _hang_legend(
    ax: Axes, handles: Sequence[Artist], left: float, width: float, above: float
) -> float:
    """Hang the legend above the axes, in rows read from left to right; return its top."""
    if not handles:
        return above + 6.0
    names = [str(handle.get_label()) for handle in handles]
    columns = _columns(names, width)
    order = [i for first in range(columns) for i in range(first, len(names), columns)]
    legend = ax.legend(
        handles=[handles[i] for i in order],
        loc="lower left",
        bbox_to_anchor=(-left / _width(ax), 1.0 + (above + 3.0) / _height(ax)),
        borderaxespad=0.0,
        borderpad=0.2,
        ncols=columns,
        frameon=False,
        prop=FontProperties(family=FONT, size=LABEL),
        labelcolor=INK,
        handlelength=LEGEND_HANDLE,
        handletextpad=LEGEND_GAP,
        columnspacing=LEGEND_COLUMN_GAP,
        labelspacing=0.35,
    )
    for words in legend.get_texts():
        words.set_parse_math(False)
    drawn = legend.get_window_extent(_renderer(ax.figure))
    return above + 3.0 + float(drawn.height) * POINTS / ax.figure.dpi + 5.0


def _columns(names: list[str], width: float) -> int:
    """Return how many legend columns fit, entries being aligned in columns."""
    room = (LEGEND_HANDLE + LEGEND_GAP + LEGEND_COLUMN_GAP) * LABEL
    widths = [text_width(name, LABEL) + room for name in names]
    for columns in range(len(names), 1, -1):
        if sum(max(widths[first::columns]) for first in range(columns)) <= width:
            return columns
    return 1


def _hang(
    ax: Axes,
    lines: list[str],
    x: float,
    y: float,
    *,
    size: float,
    colour: str = QUIET,
    weight: str = "normal",
) -> float:
    """Write lines above the axes (y > 0) or below (y < 0); return their height in points."""
    if not lines:
        return 0.0
    written = ax.annotate(
        "\n".join(lines),
        xy=(0.0, 1.0 if y > 0 else 0.0),
        xycoords="axes fraction",
        xytext=(x, y),
        textcoords="offset points",
        ha="left",
        va="bottom" if y > 0 else "top",
        fontsize=size,
        fontfamily=FONT,
        fontweight=weight,
        color=colour,
        linespacing=LEADING,
        parse_math=False,
        annotation_clip=False,
    )
    drawn = written.get_window_extent(_renderer(ax.figure))
    return float(drawn.height) * POINTS / ax.figure.dpi + 3.0


def _renderer(figure: Any) -> Any:
    canvas = figure.canvas
    if not hasattr(canvas, "get_renderer"):
        canvas = FigureCanvasAgg(canvas.figure)
    return canvas.get_renderer()


def _width(ax: Axes) -> float:
    return float(ax.get_window_extent().width) * POINTS / ax.figure.dpi


def _height(ax: Axes) -> float:
    return float(ax.get_window_extent().height) * POINTS / ax.figure.dpi


def _extent(ax: Axes) -> dict[str, float]:
    """Return by how many points labels reach beyond the axes on each side."""
    inner = ax.get_window_extent()
    outer = ax.get_tightbbox(_renderer(ax.figure))
    if outer is None:
        return dict.fromkeys(("left", "right", "top", "bottom"), 0.0)
    reach = {
        "left": inner.x0 - outer.x0,
        "right": outer.x1 - inner.x1,
        "top": outer.y1 - inner.y1,
        "bottom": inner.y0 - outer.y0,
    }
    return {side: max(0.0, float(value)) * POINTS / ax.figure.dpi for side, value in reach.items()}


def _fit_sides(ax: Axes) -> None:
    """Move the sides of the axes so that tick labels just fit into the figure."""
    reach = _extent(ax)
    left = MARGIN + reach["left"] / POINTS
    right = MARGIN + max(reach["right"] / POINTS, 0.02)
    ax.set_position((left / WIDTH, 0.0, 1.0 - (left + right) / WIDTH, 1.0))


def _grow(figure: Any, top: float, bottom: float) -> None:
    """Enlarge the figure by `top` and `bottom` points around all its axes."""
    height = float(figure.get_figheight())
    below = bottom / POINTS + MARGIN
    total = height + below + top / POINTS + MARGIN
    places = [(ax, ax.get_position()) for ax in figure.axes]
    figure.set_figheight(total)
    for ax, place in places:
        bottom_edge = (place.y0 * height + below) / total
        ax.set_position((place.x0, bottom_edge, place.width, place.height * height / total))
