"""The level of TFP as an index, 100 in a base year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from tfp.errors import MethodError
from tfp.language.catalogue import text
from tfp.panel.time import label
from tfp.plots.axis import dress, name_positions
from tfp.plots.ends import LineEnd, label_ends
from tfp.plots.sheet import axes_for, surround
from tfp.plots.style import (
    ACCENT,
    ACCENT_PALE,
    COMPARED,
    INK,
    LINES,
    MARKERS,
    PAPER,
    PROVISIONAL,
    QUIET,
    legible,
)
from tfp.plots.view import check_band, check_entities, check_kind, entities_of, status_at
from tfp.plots.wording import in_area, listed, origin_note, spanned
from tfp.results.growth_accounts import GrowthAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.results.band import Band

HEIGHT = 2.7
MOST_LINES = len(COMPARED)
INDEX = 100.0  # value of the base year on the chart; the result's own is 1


def plot_tfp_index(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | Sequence[str] | None = None,
    base: int | str | None = None,
    band: Band | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the level of TFP, 100 in the base year, one line an entity.

    Parameters
    ----------
    result : GrowthAccounts
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str or sequence of str, optional
        Which entities; all, if None, where that is no more than a chart can hold.
    base : int or str, optional
        Base period; the first one of each entity if None.
    band : Band, optional
        Range around the level, 1 in the base period, one for each row of the result.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``chart-too-many``, ``entity-unknown``, ``chart-not-for-result``,
        ``base-period-missing``, ``chart-band-length``, ``chart-nothing-to-draw``.
    """
    check_kind(result, GrowthAccounts)
    chosen = _chosen(entities_of(result), entity)
    level = INDEX * result.tfp_level(base)
    if band is not None:
        check_band(band, result)
    ax, own = axes_for(ax, HEIGHT)
    dress(ax, language, zero=False)
    ax.axhline(INDEX, color=INK, linewidth=0.9, zorder=1, label="_base")
    ends, drawn = [], []
    for number, name in enumerate(chosen):
        rows = np.flatnonzero(result.rows.codes == result.rows.entities.index(name))
        if not np.isfinite(level[rows]).any():
            raise MethodError("chart-nothing-to-draw", entity=name)
        colour = COMPARED[number]
        if band is not None:
            _shade(ax, result.rows.times[rows], band.low[rows], band.high[rows], colour)
        _draw_line(ax, result, rows, level[rows], number)
        alone = "" if len(chosen) == 1 else name
        ends.append(LineEnd.of(result.rows.times[rows], level[rows], alone, legible(colour)))
        drawn.append(rows)
    rows = np.concatenate(drawn)
    calendar = np.arange(result.rows.times[rows].min(), result.rows.times[rows].max() + 1)
    ax.set_xlim(calendar[0] - 0.5, calendar[-1] + 0.5)
    name_positions(
        ax, calendar, [str(label(int(time), result.rows.frequency)) for time in calendar]
    )
    label_ends(ax, ends, language)
    surround(
        ax,
        own=own,
        title=title,
        subtitle=_subtitle(result, chosen, base, language),
        handles=_legend(result, rows, band, language),
        notes=[*_gap_note(level, result, rows, language), *origin_note(result, source, language)],
    )
    return ax


def _chosen(entities: tuple[str, ...], entity: str | Sequence[str] | None) -> list[str]:
    if entity is None:
        chosen = list(entities)
    else:
        chosen = [entity] if isinstance(entity, str) else list(entity)
    check_entities(entities, chosen)
    if not 0 < len(chosen) <= MOST_LINES:
        raise MethodError("chart-too-many", count=len(chosen), most=MOST_LINES)
    return chosen


def _draw_line(ax: Axes, result: Any, rows: IntArray, values: FloatArray, number: int) -> None:
    """Draw one level; markers of provisional years are hollow, gaps are not bridged."""
    times, colour = result.rows.times[rows], COMPARED[number]
    calendar = np.arange(times[0], times[-1] + 1)
    spread = np.full(len(calendar), np.nan)
    spread[times - times[0]] = values
    style = LINES[number % len(LINES)]
    ax.plot(calendar, spread, color=colour, linewidth=1.8, linestyle=style, zorder=3)
    unsure = np.isin([status_at(result, int(row)) for row in rows], PROVISIONAL)
    for mask, face in ((~unsure, colour), (unsure, PAPER)):
        ax.plot(
            times[mask],
            values[mask],
            linestyle="none",
            marker=MARKERS[number],
            markersize=4.5,
            markerfacecolor=face,
            markeredgecolor=colour,
            markeredgewidth=1.2,
            zorder=4,
        )


def _shade(ax: Axes, times: Any, low: FloatArray, high: FloatArray, colour: str) -> None:
    shade = ACCENT_PALE if colour == ACCENT else colour
    ax.fill_between(
        times,
        INDEX * low,
        INDEX * high,
        color=shade,
        alpha=0.45 if colour == ACCENT else 0.2,
        linewidth=0,
        zorder=2,
        label="_band",
    )


def _subtitle(result: Any, chosen: list[str], base: int | str | None, language: Language) -> str:
    starts = {result.rows.time_label(int(row)) for row in result.rows.starts}
    if base is None and len(starts) > 1:
        words = text("plots.subtitle.tfp_index_first", language)
    else:
        year = str(starts.pop() if base is None else base)
        words = text("plots.subtitle.tfp_index", language, base=year)
    return in_area(chosen[0], words) if len(chosen) == 1 else words


def _legend(result: Any, rows: Any, band: Band | None, language: Language) -> list[Artist]:
    handles: list[Artist] = []
    if band is not None:
        level = 100.0 * band.level
        words = text("plots.note.level_band", language, level=level, covers=band.covers)
        handles.append(Patch(facecolor=ACCENT_PALE, alpha=0.6, label=words))
    if np.isin([status_at(result, int(row)) for row in rows], PROVISIONAL).any():
        handles.append(
            Line2D(
                [],
                [],
                linestyle="none",
                marker="o",
                markersize=4.5,
                markerfacecolor=PAPER,
                markeredgecolor=QUIET,
                label=text("plots.note.hollow", language),
            )
        )
    return handles


def _gap_note(level: FloatArray, result: Any, rows: Any, language: Language) -> list[str]:
    """Say where no level can be chained to the base."""
    several = len(set(result.rows.codes[rows].tolist())) > 1
    parted = []
    for code in dict.fromkeys(result.rows.codes[rows].tolist()):
        mine = rows[result.rows.codes[rows] == code]
        times, known = result.rows.times[mine], np.isfinite(level[mine])
        absent = np.setdiff1d(np.arange(times[0], times[-1] + 1), times[known])
        names = spanned(absent, lambda at: str(label(at, result.rows.frequency)))
        prefix = f"{result.rows.entities[code]} " if several else ""
        parted += [prefix + name for name in names]
    if not parted:
        return []
    return [text("plots.note.level_gap", language, years=listed(parted, language))]
