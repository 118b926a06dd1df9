"""What TFP contributed to growth in per cent, beside the targets set for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from tfp.errors import MethodError
from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import average_name, term_name
from tfp.plots.axis import dress, name_positions
from tfp.plots.demands import Demand, demands_of, key_lines
from tfp.plots.ends import Label, write_clear
from tfp.plots.marks import provisional_patch, status_marks
from tfp.plots.sheet import POINTS, axes_for, surround
from tfp.plots.style import (
    ACCENT,
    ACCENT_DEEP,
    ACCENT_PALE,
    FONT,
    INK,
    PAPER,
    PROVISIONAL_HATCH,
    QUIET,
    SMALL,
    TARGET,
)
from tfp.plots.view import NOT_AVAILABLE, check_kind, entities_of, shares_of, view
from tfp.plots.wording import in_area, origin_note, reasons_note
from tfp.results.decomposition import Decomposition
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.datasets.target import Target
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.plots.view import View
    from tfp.results.comparison import TargetComparison

HEIGHT = 2.9
BAR = 0.76
ROOM_FOR_SHARE = 17.0  # points between two years below which no figures are written
ABOVE_ZERO = 7.0  # points from the zero line to a cross
HALF = 0.46  # of a year: how far a line over years reaches beyond the first and the last
LOWEST, HIGHEST = -50.0, 150.0  # per cent; a bar beyond is cut, its figure is written


def plot_share_of_growth(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    term: str = "tfp",
    periods: PeriodAccounts | None = None,
    targets: TargetComparison | Sequence[Target] = (),
    superseded: bool = False,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the share of TFP in growth by year and by period, and its targets.

    Parameters
    ----------
    result : Decomposition
        Yearly data.
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the result holds several.
    term : str
        Which term.
    periods : PeriodAccounts, optional
        Averages over periods of years, drawn as lines over their years.
    targets : TargetComparison or sequence of Target
        Targets; of a comparison, each with what became of it.
    superseded : bool
        Whether targets that a later document replaced are drawn too.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``targets-need-years``, ``term-unknown``, ``chart-targets-of-areas``,
        ``chart-too-many``, and those of :func:`tfp.plots.view.view`.
    """
    check_kind(result, Decomposition)
    shown = view(result, entity)
    if shown.frequency != "year":
        raise MethodError("targets-need-years", frequency=str(shown.frequency))
    shares, reasons = shares_of(result, shown, term)
    demands, left_out = demands_of(targets, shown, superseded=superseded)
    spans = [] if periods is None else _spans(periods, shown, term)
    ax, own = axes_for(ax, HEIGHT)
    dress(ax, language)
    handles = _draw_shares(ax, shown, shares, term, language)
    handles += _draw_spans(ax, spans, periods, language)
    handles += _draw_demands(ax, demands, language)
    axis = _calendar(shown, demands, spans)
    ax.set_xlim(axis[0] - 0.6, axis[-1] + 0.6)
    name_positions(ax, axis, [str(year) for year in axis], status_marks(shown, language))
    cut_off = _limit(ax, shares)
    _write_shares(ax, shown, shares, language)
    write_clear(ax, [*_span_labels(spans, language), *_demand_labels(demands, language)])
    why = dict(zip(shown.at.tolist(), reasons, strict=True))
    blanks = [(str(year), why.get(year, NOT_AVAILABLE)) for year in shown.calendar.tolist()]
    blanks = [(year, reason) for year, reason in blanks if reason]
    notes = reasons_note(blanks, result.share_threshold, language)
    notes += [text("plots.note.cut_off", language)] if cut_off else []
    notes += [text("plots.note.superseded", language, count=left_out)] if left_out else []
    words = text("plots.subtitle.share", language, term=term_name(term, language))
    surround(
        ax,
        own=own,
        title=title,
        subtitle=in_area(shown.entity, words),
        handles=handles,
        key=key_lines(demands, language),
        notes=[*notes, *origin_note(result, source, language)],
    )
    return ax


@dataclass(frozen=True)
class Span:
    """The share of a period of years."""

    first: int
    last: int
    share: float


def _spans(periods: PeriodAccounts, shown: View, term: str) -> list[Span]:
    """Return the shares of the periods of the same entity, where they are given."""
    check_kind(periods, PeriodAccounts)
    mine = view(periods, shown.entity if len(entities_of(periods)) > 1 else None)
    shares, _ = shares_of(periods, mine, term)
    return [
        Span(int(periods.first[row]), int(periods.last[row]), float(share))
        for row, share in zip(mine.rows, shares, strict=True)
        if np.isfinite(share)
    ]


def _draw_shares(
    ax: Axes, shown: View, shares: FloatArray, term: str, language: Language
) -> list[Artist]:
    """Draw yearly shares as pale bars, and a cross where none is given."""
    given = np.flatnonzero(np.isfinite(shares))
    name = text("plots.legend.yearly", language, term=term_name(term, language))
    bars = ax.bar(
        shown.at[given],
        shares[given],
        width=BAR,
        color=ACCENT_PALE,
        edgecolor=PAPER,
        linewidth=0.6,
        zorder=2,
        label=name,
    )
    for bar, unsure in zip(bars, shown.provisional[given], strict=True):
        bar.set_hatch(PROVISIONAL_HATCH if unsure else "")
    handles: list[Artist] = [Patch(facecolor=ACCENT_PALE, label=name)]
    blank = np.setdiff1d(shown.calendar, shown.at[given])
    if len(blank):
        (crosses,) = ax.plot(
            blank,
            np.zeros(len(blank)),
            linestyle="none",
            marker="x",
            markersize=6.0,
            markeredgewidth=1.6,
            color=QUIET,
            zorder=5,
            label=text("plots.legend.blank", language),
        )
        lifted = ScaledTranslation(0.0, ABOVE_ZERO / POINTS, ax.figure.dpi_scale_trans)
        crosses.set_transform(ax.transData + lifted)
        handles.append(crosses)
    if shown.provisional[given].any():
        handles.append(provisional_patch(language))
    return handles


def _draw_spans(
    ax: Axes, spans: list[Span], periods: PeriodAccounts | None, language: Language
) -> list[Artist]:
    if not spans or periods is None:
        return []
    average = average_name(periods.average, language)
    name = text("plots.legend.period", language, average=average)
    for span in spans:
        ax.plot(
            [span.first - HALF, span.last + HALF],
            [span.share] * 2,
            color=ACCENT,
            linewidth=2.6,
            solid_capstyle="butt",
            zorder=4,
            label=name,
        )
    return [Line2D([], [], color=ACCENT, linewidth=2.6, label=name)]


def _draw_demands(ax: Axes, demands: list[Demand], language: Language) -> list[Artist]:
    """Draw each target over its years: a dashed line at its lower end, a band up to its upper."""
    name = text("plots.legend.target", language)
    for demand in demands:
        target = demand.target
        years = [target.first_year - HALF, target.last_year + HALF]
        ax.plot(
            years,
            [target.lower] * 2,
            color=TARGET,
            linewidth=1.8,
            linestyle=(0, (3, 1)),
            zorder=5,
            label=name,
        )
        if target.upper is not None:
            ax.fill_between(
                years,
                target.lower,
                target.upper,
                color=TARGET,
                alpha=0.22,
                linewidth=0,
                zorder=3,
                label="_upper",
            )
    if not demands:
        return []
    return [Line2D([], [], color=TARGET, linewidth=1.8, linestyle=(0, (3, 1)), label=name)]


def _calendar(shown: View, demands: list[Demand], spans: list[Span]) -> IntArray:
    """Return every year from the first to the last that anything is said about."""
    firsts = [*(d.target.first_year for d in demands), *(span.first for span in spans)]
    lasts = [*(d.target.last_year for d in demands), *(span.last for span in spans)]
    first, last = int(shown.calendar[0]), int(shown.calendar[-1])
    return np.arange(min([first, *firsts]), max([last, *lasts]) + 1)


def _limit(ax: Axes, shares: FloatArray) -> bool:
    """Keep one extreme year from flattening all others; tell whether a bar is cut."""
    low, high = ax.get_ylim()
    room = 0.08 * (min(high, HIGHEST) - max(low, LOWEST))
    ax.set_ylim(max(low - (room if low < 0 else 0.0), LOWEST), min(high + room, HIGHEST))
    return bool((np.nan_to_num(shares) < LOWEST).any() or (np.nan_to_num(shares) > HIGHEST).any())


def _write_shares(ax: Axes, shown: View, shares: FloatArray, language: Language) -> None:
    """Write each yearly share at the foot of its bar, clear of the lines above.

    Where there is no room for all, only those of bars that the axis cuts.
    """
    low, high = ax.get_xlim()
    room = float(ax.get_window_extent().width) * POINTS / ax.figure.dpi / (high - low)
    cut = (shares < LOWEST) | (shares > HIGHEST)
    on_hatching = {"facecolor": ACCENT_PALE, "edgecolor": "none", "pad": 0.3}
    for i in np.flatnonzero(np.isfinite(shares) & (cut | (room >= ROOM_FOR_SHARE))):
        falls = bool(shares[i] < 0)
        ax.annotate(
            show_number(float(shares[i]), 1, language),
            xy=(float(shown.at[i]), 0.0),
            xytext=(0, -3 if falls else 4),
            textcoords="offset points",
            ha="center",
            va="top" if falls else "bottom",
            fontsize=SMALL - 0.5,
            fontfamily=FONT,
            color=INK,
            zorder=6,
            bbox=on_hatching if shown.provisional[i] else None,
        )


def _span_labels(spans: list[Span], language: Language) -> list[Label]:
    return [
        Label(
            span.first - HALF,
            span.last + HALF,
            span.share,
            span.share,
            show_number(span.share, 1, language),
            ACCENT_DEEP,
        )
        for span in spans
    ]


def _demand_labels(demands: list[Demand], language: Language) -> list[Label]:
    """Return one label for all targets that stand at the same place."""
    together: dict[tuple[int, float, float, str], list[Demand]] = {}
    for demand in demands:
        target = demand.target
        sign = ">" if target.operator == "over" else "≈" if target.approximate else "≥"
        words = demand.bounds(language)
        high = target.lower if target.upper is None else target.upper
        if target.upper is None or target.operator == "over":
            words = f"{sign} {words}"
        together.setdefault((target.last_year, target.lower, high, words), []).append(demand)
    return [
        Label(
            min(d.target.first_year for d in same) - HALF,
            year + HALF,
            low,
            high,
            f"{','.join(d.letter for d in same)}  {words}",
            TARGET,
        )
        for (year, low, high, words), same in together.items()
    ]
