"""Contributions to growth of many entities, one small panel each, on one scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.language.catalogue import text
from tfp.plots.axis import dress, name_positions
from tfp.plots.contributions import draw_stacks, draw_total
from tfp.plots.marks import mark_missing, provisional_patch
from tfp.plots.sheet import POINTS, cut, new_figure, surround
from tfp.plots.style import FONT, INK, LABEL, MARGIN, SMALL, WIDTH
from tfp.plots.view import check_entities, check_kind, entities_of, views
from tfp.plots.wording import contributions_subtitle, listed, origin_note
from tfp.results.decomposition import Decomposition
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray
    from tfp.plots.view import View

MOST_PANELS = 24  # six rows of four: an A4 page
MOST_COLUMNS = 4
COLUMNS_UP_TO = ((1, 1), (2, 4), (3, 12), (4, MOST_PANELS))
HEADROOM, TINY = 0.05, 5.5
PANEL_HEIGHT, ROW_GAP, COLUMN_GAP, SCALE_ROOM = 1.05, 0.42, 0.12, 0.34  # inches


def plot_small_multiples(
    result: Any,
    *,
    language: Language = "en",
    entities: Sequence[str] | None = None,
    columns: int | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Figure:
    """Draw contributions to growth, one panel an entity, all on the same scale.

    Parameters
    ----------
    result : Decomposition or PeriodAccounts
    language : {"en", "vi"}
    entities : sequence of str, optional
        Which entities, in this order; all, if None, where a page can hold them.
    columns : int, optional
        Panels beside each other, at most four; chosen by their number if None.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Figure
        Its axes are the panels, in the order of the entities.

    Raises
    ------
    MethodError
        ``chart-too-many`` beyond 24 panels, and those of :func:`tfp.plots.view.view`.
    """
    check_kind(result, Decomposition, PeriodAccounts)
    chosen = list(entities_of(result) if entities is None else entities)
    check_entities(entities_of(result), chosen)
    if not 0 < len(chosen) <= MOST_PANELS:
        raise MethodError("chart-too-many", count=len(chosen), most=MOST_PANELS)
    shown_all = views(result, chosen)
    across = min(columns or _columns(len(chosen)), MOST_COLUMNS, len(chosen))
    figure, frame, panels = _grid(len(chosen), across)
    handles: list[Artist] = []
    for panel, shown in zip(panels, shown_all, strict=True):
        dress(panel, language)
        handles = draw_stacks(panel, shown, language)
        handles.append(draw_total(panel, shown, language, size=3.0))
    calendar = _share_scales(panels, shown_all, across)
    absent = [shown.missing(int(calendar[0]), int(calendar[-1])) for shown in shown_all]
    for panel, years in zip(panels, absent, strict=True):
        mark_missing(panel, years, language, size=TINY)
    if any(shown.provisional.any() for shown in shown_all):
        handles.append(provisional_patch(language))
    notes = []
    names = [shown.entity for shown, years in zip(shown_all, absent, strict=True) if len(years)]
    if names:
        words = listed(names, language)
        notes.append(text("plots.note.missing_entities", language, entities=words))
    surround(
        frame,
        own=True,
        title=title,
        subtitle=contributions_subtitle(result, "", language),
        handles=handles,
        notes=[*notes, *origin_note(result, source, language)],
    )
    return figure


def _columns(count: int) -> int:
    """Return how many panels stand beside each other: few large ones, or many small ones."""
    return next(across for across, most in COLUMNS_UP_TO if count <= most)


def _grid(count: int, across: int) -> tuple[Figure, Axes, list[Axes]]:
    """Return a figure, an unseen frame around all panels, and the panels."""
    down = math.ceil(count / across)
    pitch = PANEL_HEIGHT + ROW_GAP
    height = down * pitch
    figure = new_figure(height)
    width = (WIDTH - 2 * MARGIN - SCALE_ROOM - (across - 1) * COLUMN_GAP) / across
    panels = []
    for number in range(count):
        row, column = divmod(number, across)
        left = MARGIN + SCALE_ROOM + column * (width + COLUMN_GAP)
        bottom = height - (row + 1) * pitch + ROW_GAP / 2
        panels.append(
            figure.add_axes((left / WIDTH, bottom / height, width / WIDTH, PANEL_HEIGHT / height))
        )
    frame = figure.add_axes((MARGIN / WIDTH, 0.0, 1.0 - 2 * MARGIN / WIDTH, 1.0), label="frame")
    frame.set_axis_off()
    return figure, frame, panels


def _share_scales(panels: list[Axes], views: list[View], across: int) -> IntArray:
    """Give all panels the same axes, the scale written at the left; return their positions."""
    low = min(panel.get_ylim()[0] for panel in panels)
    high = max(panel.get_ylim()[1] for panel in panels)
    room = HEADROOM * (high - low)
    low, high = low - (room if low < 0 else 0.0), high + room
    names = {
        int(at): name
        for shown in views
        for at, name in zip(shown.calendar, shown.calendar_names, strict=True)
    }
    calendar = np.array(sorted(names))
    for number, (panel, shown) in enumerate(zip(panels, views, strict=True)):
        panel.set_ylim(low, high)
        panel.set_xlim(calendar[0] - 0.6, calendar[-1] + 0.6)
        name_positions(panel, calendar, [names[int(at)] for at in calendar], size=SMALL)
        panel.tick_params(axis="y", labelsize=SMALL, labelleft=number % across == 0, pad=2)
        width = float(panel.get_window_extent().width) * POINTS / panel.figure.dpi
        panel.annotate(
            cut(shown.entity, width, LABEL),
            xy=(0.0, 1.0),
            xycoords="axes fraction",
            xytext=(0.0, 2.0),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=LABEL,
            fontweight="bold",
            fontfamily=FONT,
            color=INK,
            parse_math=False,
        )
    return calendar
