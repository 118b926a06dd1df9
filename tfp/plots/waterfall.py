"""One year or period as a waterfall: from zero, term by term, to total growth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.language.catalogue import text
from tfp.language.numbers import rounded_sum_differs, show_number
from tfp.language.terms import term_name
from tfp.plots.axis import dress, label_positions
from tfp.plots.sheet import POINTS, axes_for, surround, wrapped
from tfp.plots.style import (
    FONT,
    INK,
    LABEL,
    NO_FACTOR_HATCH,
    NO_FACTORS,
    PAPER,
    PROVISIONAL_HATCH,
    QUIET,
    term_colours,
)
from tfp.plots.view import view
from tfp.plots.wording import (
    capitalised,
    contributions_subtitle,
    in_area,
    origin_note,
    total_label,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language

HEIGHT = 2.6
BAR = 0.62
DIGITS = 2


def plot_waterfall(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    period: int | str | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw how the terms of one year or period build up its growth.

    Parameters
    ----------
    result : Decomposition or PeriodAccounts
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the result holds several.
    period : int or str, optional
        Year, or period such as ``"2016-2020"``; the last one if None.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``chart-period-unknown``, and those of :func:`tfp.plots.view.view`.
    """
    shown = view(result, entity)
    chosen = shown.index_of(period)
    parts = [float(term[chosen]) for term in shown.terms]
    total = float(shown.total[chosen])
    ax, own = axes_for(ax, HEIGHT)
    dress(ax, language)
    colours = term_colours(shown.term_names)
    reached = np.concatenate([[0.0], np.cumsum(parts)])
    for number, (name, part) in enumerate(zip(shown.term_names, parts, strict=True)):
        hatch = NO_FACTOR_HATCH if name in NO_FACTORS else ""
        _block(ax, number, reached[number], part, colour=colours[name], hatch=hatch)
        ax.plot(
            [number + BAR / 2, number + 1 - BAR / 2],
            [reached[number + 1]] * 2,
            color=QUIET,
            linewidth=0.8,
            zorder=1,
        )
    _block(ax, len(parts), 0.0, total, colour=INK)
    if shown.provisional[chosen]:
        for block in ax.patches:
            block.set_hatch(PROVISIONAL_HATCH)
    ax.set_xlim(-0.6, len(parts) + 0.6)
    low, high = ax.get_ylim()
    ax.set_ylim(
        low - (0.09 * (high - low) if min(*reached, total) < 0 else 0.0), high + 0.09 * (high - low)
    )
    for number, (foot, value) in enumerate([*zip(reached, parts, strict=False), (0.0, total)]):
        _figure(ax, number, foot, value, language, sign=number < len(parts))
    labels = [term_name(name, language) for name in shown.term_names]
    labels.append(capitalised(total_label(shown.total_name, language)))
    _name_blocks(ax, labels)
    notes = []
    if rounded_sum_differs(parts, total, DIGITS):
        notes.append(text("plots.note.rounding", language))
    if shown.provisional[chosen]:
        notes.append(text("plots.note.provisional_all", language))
    words = in_area(shown.names[chosen], contributions_subtitle(result, "", language))
    surround(
        ax,
        own=own,
        title=title,
        subtitle=in_area(shown.entity, words),
        notes=[*notes, *origin_note(result, source, language)],
    )
    return ax


def _block(ax: Axes, at: int, foot: float, height: float, *, colour: str, hatch: str = "") -> None:
    ax.bar(
        at,
        height,
        bottom=foot,
        width=BAR,
        color=colour,
        edgecolor=PAPER,
        linewidth=0.6,
        hatch=hatch,
        zorder=2,
    )


def _figure(
    ax: Axes, at: int, foot: float, value: float, language: Language, *, sign: bool
) -> None:
    """Write a block's value at its far end: above what rises, below what falls."""
    falls = value < 0
    ax.annotate(
        show_number(value, DIGITS, language, sign=sign),
        xy=(at, foot + value),
        xytext=(0, -3 if falls else 3),
        textcoords="offset points",
        ha="center",
        va="top" if falls else "bottom",
        fontsize=LABEL + 0.5,
        fontweight="bold",
        fontfamily=FONT,
        color=INK,
        zorder=6,
    )


def _name_blocks(ax: Axes, labels: list[str]) -> None:
    room = float(ax.get_window_extent().width) * POINTS / ax.figure.dpi / len(labels) - 4.0
    words = ["\n".join(wrapped(label, room, LABEL)) for label in labels]
    label_positions(ax, [float(at) for at in range(len(labels))], words)
