"""Contributions to growth as stacked bars, with total growth as their sum.

Positive terms rise from zero, negative ones hang from it, each stack by itself; the
diamond is total growth, the sum of both, which the view has checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import term_name
from tfp.plots.axis import dress, name_positions
from tfp.plots.marks import mark_missing, provisional_patch, status_marks
from tfp.plots.sheet import POINTS, axes_for, surround
from tfp.plots.style import (
    ACCENT,
    ACCENT_DEEP,
    ACCENTED,
    FONT,
    INK,
    NO_FACTOR_HATCH,
    NO_FACTORS,
    PAPER,
    PROVISIONAL_HATCH,
    SMALL,
    term_colours,
)
from tfp.plots.view import check_band, view
from tfp.plots.wording import (
    capitalised,
    contributions_subtitle,
    missing_note,
    origin_note,
    total_label,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.plots.view import View
    from tfp.results.band import Band

HEIGHT = 2.7  # inches of the plotted area
BAR = 0.74  # of the room between two years
BAND_OFFSET = 0.26  # right of the middle: the diamond there is total growth, not TFP
ROOM_FOR_TOTAL = 19.0  # points between two years below which no figures are written
ROOM_FOR_FIGURE = 9.0  # points of a bar's height below which none is written in it


def plot_contributions(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    band: Band | None = None,
    figures: bool = True,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw contributions to growth as stacked bars, by year or by period.

    Parameters
    ----------
    result : Decomposition or PeriodAccounts
        Growth accounts, their averages over periods, or another decomposition.
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the result holds several.
    band : Band, optional
        Range around the term ``tfp``, in fractions, one for each row of the result.
    figures : bool
        Whether total growth and TFP are written as figures, where there is room.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``entity-needed``, ``entity-unknown``, ``chart-not-for-result``,
        ``chart-terms-do-not-add``, ``chart-nothing-to-draw``, ``chart-band-length``;
        ``term-unknown`` for a band without the term ``tfp``.
    """
    shown = view(result, entity)
    ax, own = axes_for(ax, HEIGHT)
    dress(ax, language)
    handles = draw_stacks(ax, shown, language)
    handles.append(draw_total(ax, shown, language))
    if band is not None:
        check_band(band, result)
        handles.append(draw_band(ax, shown, band, language))
    if shown.provisional.any():
        handles.append(provisional_patch(language))
    ax.set_xlim(shown.calendar[0] - 0.6, shown.calendar[-1] + 0.6)
    name_positions(ax, shown.calendar, shown.calendar_names, status_marks(shown, language))
    absent = shown.missing()
    mark_missing(ax, absent, language)
    if figures:
        write_figures(ax, shown, language)
    surround(
        ax,
        own=own,
        title=title,
        subtitle=contributions_subtitle(result, shown.entity, language),
        handles=handles,
        notes=[*missing_note(shown, absent, language), *origin_note(result, source, language)],
    )
    return ax


def draw_stacks(ax: Axes, shown: View, language: Language) -> list[Artist]:
    """Draw the bars, each stack from zero; return one legend patch a term, in stack order."""
    colours = term_colours(shown.term_names)
    known = np.flatnonzero(shown.known)
    above, below = np.zeros(len(known)), np.zeros(len(known))
    provisional = shown.provisional[known]
    handles: list[Artist] = []
    for name, values in zip(shown.term_names, shown.terms, strict=True):
        height = values[known]
        bars = ax.bar(
            shown.at[known],
            height,
            width=BAR,
            bottom=np.where(height >= 0, above, below),
            color=colours[name],
            edgecolor=PAPER,
            linewidth=0.6,
            zorder=2,
            label=term_name(name, language),
        )
        hatch = NO_FACTOR_HATCH if name in NO_FACTORS else ""
        for bar, unsure in zip(bars, provisional, strict=True):
            bar.set_hatch(PROVISIONAL_HATCH if unsure else hatch)
        above += np.maximum(height, 0.0)
        below += np.minimum(height, 0.0)
        handles.append(
            Patch(
                facecolor=colours[name],
                edgecolor=PAPER,
                hatch=hatch,
                label=term_name(name, language),
            )
        )
    return handles


def draw_total(ax: Axes, shown: View, language: Language, *, size: float = 4.5) -> Artist:
    """Draw total growth as diamonds, joined from year to year but not over a gap."""
    (line,) = ax.plot(
        shown.calendar,
        shown.on_calendar(np.where(shown.known, shown.total, np.nan)),
        color=INK,
        linestyle="none" if shown.frequency is None else "-",
        linewidth=0.9,
        marker="D",
        markersize=size,
        markerfacecolor=INK,
        markeredgecolor=PAPER,
        markeredgewidth=0.8,
        zorder=5,
        label=capitalised(total_label(shown.total_name, language)),
    )
    return line


def draw_band(ax: Axes, shown: View, band: Band, language: Language) -> Artist:
    """Draw the range of TFP around the end of its bar, beside the diamond."""
    known = np.flatnonzero(shown.known)
    foot = _stack_before(shown, "tfp")[known]
    low, high = (foot + 100.0 * ends[shown.rows[known]] for ends in (band.low, band.high))
    ax.errorbar(
        shown.at[known] + BAND_OFFSET,
        (low + high) / 2.0,
        yerr=(high - low) / 2.0,
        fmt="none",
        ecolor=ACCENT_DEEP,
        elinewidth=1.4,
        capsize=2.5,
        capthick=1.4,
        zorder=6,
        label="_band",
    )
    words = text("plots.note.band", language, level=100.0 * band.level, covers=band.covers)
    return Line2D([], [], color=ACCENT_DEEP, linewidth=1.4, marker="|", markersize=5, label=words)


def _stack_before(shown: View, term: str) -> FloatArray:
    """Return where the bar of a term begins."""
    value = shown.term(term)
    foot = np.zeros(len(value))
    for earlier in shown.terms[: shown.term_names.index(term)]:
        foot += np.where((earlier >= 0) == (value >= 0), earlier, 0.0)
    return foot


def write_figures(ax: Axes, shown: View, language: Language) -> None:
    """Write total growth beyond each stack and TFP into its bar, where there is room."""
    low, high = ax.get_ylim()
    ax.set_ylim(low - (0.04 * (high - low) if low < 0 else 0.0), high + 0.06 * (high - low))
    low, high = ax.get_ylim()
    box = ax.get_window_extent()
    scale = POINTS / ax.figure.dpi
    if box.width * scale / len(shown.calendar) < ROOM_FOR_TOTAL:
        return
    _write_totals(ax, shown, language)
    accented = next((name for name in shown.term_names if name in ACCENTED), None)
    if accented is not None:
        _write_into_bars(ax, shown, accented, language, box.height * scale / (high - low))


def _write_totals(ax: Axes, shown: View, language: Language) -> None:
    terms = np.array(shown.terms)
    tops = np.maximum(terms.clip(min=0.0).sum(axis=0), shown.total)
    bottoms = np.minimum(terms.clip(max=0.0).sum(axis=0), shown.total)
    for i in np.flatnonzero(shown.known):
        falls = bool(shown.total[i] < 0)
        ax.annotate(
            show_number(float(shown.total[i]), 1, language),
            xy=(float(shown.at[i]), bottoms[i] if falls else tops[i]),
            xytext=(0, -5 if falls else 5),
            textcoords="offset points",
            ha="center",
            va="top" if falls else "bottom",
            fontsize=SMALL,
            fontweight="bold",
            fontfamily=FONT,
            color=INK,
            zorder=6,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3, "alpha": 0.8},
        )


def _write_into_bars(
    ax: Axes, shown: View, term: str, language: Language, points_a_unit: float
) -> None:
    """Write one term into its bars, except where the figure would hide the diamond."""
    values, foot = shown.term(term), _stack_before(shown, term)
    middle = foot + values / 2.0
    fits = np.abs(values) * points_a_unit >= ROOM_FOR_FIGURE
    clear = np.abs(shown.total - middle) * points_a_unit >= ROOM_FOR_FIGURE
    for i in np.flatnonzero(shown.known & fits & clear):
        ax.text(
            float(shown.at[i]),
            float(middle[i]),
            show_number(float(values[i]), 1, language),
            ha="center",
            va="center_baseline",
            fontsize=SMALL,
            fontfamily=FONT,
            fontweight="bold",
            color=PAPER,
            zorder=6,
            bbox={"facecolor": ACCENT, "edgecolor": "none", "pad": 0.6},
        )
