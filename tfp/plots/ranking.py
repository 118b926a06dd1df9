"""All entities in one year or period, in order: what TFP contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator

from tfp.errors import MethodError, check_choice
from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import term_name
from tfp.plots.axis import dress
from tfp.plots.sheet import axes_for, cut, surround
from tfp.plots.standing import standing
from tfp.plots.style import (
    ACCENT,
    FAINT,
    FONT,
    INK,
    PAPER,
    PROVISIONAL,
    QUIET,
    SMALL,
)
from tfp.plots.view import check_entities, check_kind, entities_of
from tfp.plots.wording import listed, origin_note, reasons_note, unit_of
from tfp.results.decomposition import Decomposition
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.plots.standing import Standing

Measure = Literal["points", "share"]
LINE = 0.155  # inches between two entities: 63 provinces fill a page
LEAST_HEIGHT = 1.2
MOST_ENTITIES = 70
NAME_ROOM = 130.0  # points


def plot_ranked(
    result: Any,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    period: int | str | None = None,
    measure: Measure = "points",
    term: str = "tfp",
    entities: Sequence[str] | None = None,
    highlight: Sequence[str] = (),
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw one term for all entities in one year or period, the largest first.

    Parameters
    ----------
    result : Decomposition or PeriodAccounts
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    period : int or str, optional
        Year, or period such as ``"2016-2020"``; the last one if None.
    measure : {"points", "share"}
        Contribution in points, or share of growth in per cent.
    term : str
        Which term.
    entities : sequence of str, optional
        Which entities; all, if None, where a page can hold them.
    highlight : sequence of str
        Entities whose names are set in bold.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``option-unknown``, ``chart-too-many`` beyond 70 entities,
        ``entity-unknown``, ``chart-period-unknown``, ``term-unknown``,
        ``chart-nothing-to-draw``, ``chart-not-for-result``.
    """
    check_choice("measure", measure, get_args(Measure))
    check_kind(result, Decomposition, PeriodAccounts)
    known = entities_of(result)
    chosen = list(known if entities is None else entities)
    check_entities(known, [*chosen, *highlight])
    if not 0 < len(chosen) <= MOST_ENTITIES:
        raise MethodError("chart-too-many", count=len(chosen), most=MOST_ENTITIES)
    share = measure == "share"
    ranked = standing(result, chosen, period, term, share=share).ranked()
    ax, own = axes_for(ax, max(LEAST_HEIGHT, LINE * (len(chosen) + 1)))
    dress(ax, language, values="x")
    _draw_dots(ax, ranked, language, digits=1 if share else 2)
    _name_entities(ax, ranked, highlight)
    label = term_name(term, language)
    if share:
        words = text("plots.subtitle.ranked_share", language, term=label, period=ranked.period)
    else:
        unit = unit_of(result, language)
        words = text("plots.subtitle.ranked", language, term=label, period=ranked.period, unit=unit)
    surround(
        ax,
        own=own,
        title=title,
        subtitle=words,
        handles=_legend(ranked, language),
        notes=[
            *_blank_note(ranked, result, language, share=share),
            *origin_note(result, source, language),
        ],
    )
    return ax


def _draw_dots(ax: Axes, ranked: Standing, language: Language, *, digits: int) -> None:
    """Draw a dot for each value, hollow where provisional, and a cross where there is none."""
    for place, (value, status) in enumerate(zip(ranked.values, ranked.statuses, strict=True)):
        if not np.isfinite(value):
            ax.plot([0.0], [place], marker="x", color=QUIET, markersize=4.5, zorder=4)
            continue
        ax.plot([0.0, value], [place, place], color=FAINT, linewidth=1.4, zorder=1)
        ax.plot(
            [value],
            [place],
            linestyle="none",
            marker="o",
            markersize=5.5,
            markerfacecolor=PAPER if status in PROVISIONAL else ACCENT,
            markeredgecolor=ACCENT,
            markeredgewidth=1.3,
            zorder=4,
        )
        ax.annotate(
            show_number(value, digits, language),
            xy=(value, place),
            xytext=(-6 if value < 0 else 6, 0),
            textcoords="offset points",
            ha="right" if value < 0 else "left",
            va="center_baseline",
            fontsize=SMALL,
            fontfamily=FONT,
            color=INK,
        )
    low, high = ax.get_xlim()
    room = 0.06 * (high - low)
    negative = bool((ranked.values < 0).any())
    ax.set_xlim(low - room if negative else 0.0, high + room)


def _name_entities(ax: Axes, ranked: Standing, highlight: Sequence[str]) -> None:
    ax.yaxis.set_major_locator(FixedLocator([float(at) for at in range(len(ranked.entities))]))
    ax.yaxis.set_major_formatter(
        FixedFormatter([cut(name, NAME_ROOM, SMALL) for name in ranked.entities])
    )
    ax.tick_params(axis="y", labelsize=SMALL)
    ax.set_ylim(len(ranked.entities) - 0.3, -0.7)
    for words, name in zip(ax.get_yticklabels(), ranked.entities, strict=True):
        if name in highlight:
            words.set_fontweight("bold")
            words.set_color(ACCENT)


def _legend(ranked: Standing, language: Language) -> list[Artist]:
    if not np.isin(ranked.statuses, PROVISIONAL).any():
        return []
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=5.5,
            markerfacecolor=PAPER,
            markeredgecolor=ACCENT,
            markeredgewidth=1.3,
            label=text("plots.note.hollow", language),
        )
    ]


def _blank_note(ranked: Standing, result: Any, language: Language, *, share: bool) -> list[str]:
    if share:
        pairs = zip(ranked.entities, ranked.reasons, strict=True)
        return reasons_note([(n, r) for n, r in pairs if r], result.share_threshold, language)
    absent = [
        name
        for name, value in zip(ranked.entities, ranked.values, strict=True)
        if not np.isfinite(value)
    ]
    if not absent:
        return []
    return [text("plots.note.no_value", language, entities=listed(absent, language))]
