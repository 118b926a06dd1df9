"""Growth of output, of each input and of TFP, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from matplotlib.patches import Patch

from tfp.errors import check_choice
from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.plots.axis import dress, name_positions
from tfp.plots.ends import LineEnd, label_ends
from tfp.plots.marks import mark_missing, provisional_patch, status_marks
from tfp.plots.sheet import axes_for, surround
from tfp.plots.style import (
    LINES,
    MARKERS,
    PAPER,
    PROVISIONAL_HATCH,
    legible,
    term_colours,
)
from tfp.plots.view import check_kind, log_rates, view
from tfp.plots.wording import in_area, missing_note, origin_note
from tfp.results.growth_accounts import GrowthAccounts

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.plots.view import View

Shape = Literal["lines", "bars"]
HEIGHT = 2.8
GROUP = 0.84  # of the room between two years that a group of bars takes


def plot_factor_growth(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    shape: Shape = "lines",
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the growth rates that the accounts are made of.

    Parameters
    ----------
    result : GrowthAccounts
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the result holds several.
    shape : {"lines", "bars"}
        Lines for long series, grouped bars for a few years.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``option-unknown``, and those of :func:`tfp.plots.view.view`.
    """
    check_choice("shape", shape, get_args(Shape))
    check_kind(result, GrowthAccounts)
    shown = view(result, entity)
    rates = _rates(result, shown)
    ax, own = axes_for(ax, HEIGHT)
    dress(ax, language)
    handles: list[Artist] = []
    if shape == "lines":
        ends = _draw_lines(ax, shown, rates, language)
        ax.set_xlim(shown.calendar[0] - 0.4, shown.calendar[-1] + 0.4)
        label_ends(ax, ends, language)
    else:
        handles = _draw_bars(ax, shown, rates, language)
        ax.set_xlim(shown.calendar[0] - 0.6, shown.calendar[-1] + 0.6)
    name_positions(ax, shown.calendar, shown.calendar_names, status_marks(shown, language))
    some = np.isfinite(list(rates.values())).any(axis=0)
    absent = np.setdiff1d(shown.calendar, shown.at[some])
    mark_missing(ax, absent, language)
    unit = "plots.unit.log_points" if log_rates(result) else "plots.unit.per_cent"
    words = text("plots.subtitle.factor_growth", language, unit=text(unit, language))
    surround(
        ax,
        own=own,
        title=title,
        subtitle=in_area(shown.entity, words),
        handles=handles,
        notes=[*missing_note(shown, absent, language), *origin_note(result, source, language)],
    )
    return ax


def _rates(result: Any, shown: View) -> dict[str, FloatArray]:
    """Return growth in per cent, output first and TFP last, at each position of the view."""
    frame = result.factor_growth
    inside = np.isin(result.rows.growth_rows, shown.rows)
    return {str(name): frame[name].to_numpy(dtype=np.float64)[inside] for name in frame.columns}


def _draw_lines(
    ax: Axes, shown: View, rates: dict[str, FloatArray], language: Language
) -> list[LineEnd]:
    colours = term_colours(list(rates))
    ends = []
    for number, (name, values) in enumerate(rates.items()):
        colour, accent = legible(colours[name]), name == "tfp"
        ax.plot(
            shown.calendar,
            shown.on_calendar(values),
            color=colour,
            linewidth=2.4 if accent else 1.6,
            linestyle=LINES[0] if accent else LINES[number % len(LINES)],
            marker=MARKERS[number % len(MARKERS)],
            markersize=5.0 if accent else 4.0,
            markeredgecolor=PAPER,
            markeredgewidth=0.6,
            zorder=5 if accent else 4,
            label=term_name(name, language),
        )
        if np.isfinite(values).any():
            ends.append(LineEnd.of(shown.at, values, term_name(name, language), colour))
    return ends


def _draw_bars(
    ax: Axes, shown: View, rates: dict[str, FloatArray], language: Language
) -> list[Artist]:
    colours = term_colours(list(rates))
    width = GROUP / len(rates)
    handles: list[Artist] = []
    for number, (name, values) in enumerate(rates.items()):
        known = np.flatnonzero(np.isfinite(values))
        bars = ax.bar(
            shown.at[known] + width * (number - (len(rates) - 1) / 2),
            values[known],
            width=width,
            color=colours[name],
            edgecolor=PAPER,
            linewidth=0.5,
            zorder=2,
            label=term_name(name, language),
        )
        for bar, unsure in zip(bars, shown.provisional[known], strict=True):
            bar.set_hatch(PROVISIONAL_HATCH if unsure else "")
        handles.append(Patch(facecolor=colours[name], label=term_name(name, language)))
    if shown.provisional.any():
        handles.append(provisional_patch(language))
    return handles
