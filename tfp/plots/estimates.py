"""TFP under several estimates: a row for each, its elasticities named, bands where known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator

from tfp.errors import MethodError, check_choice
from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import average_name, inside_sentence, term_name
from tfp.plots.axis import dress
from tfp.plots.marks import dot_samples
from tfp.plots.sheet import axes_for, cut, surround
from tfp.plots.style import COMPARED, FONT, MARKERS, PAPER, PROVISIONAL, SMALL, legible
from tfp.plots.view import check_kind, choose_entity, entities_of, status_at
from tfp.plots.wording import in_area, listed, origin_note, unit_of
from tfp.results.estimate_comparison import EstimateComparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.results.periods import PeriodAccounts

ROW, STEP, LEAST_HEIGHT = 0.22, 0.15, 1.0  # inches: a row, and each period in it
MOST_ESTIMATES = 14
NAME_ROOM, PAD, SLACK = 235.0, 4.0, 8.0  # points
SPREAD = 0.62  # of a row, over which its periods are laid out


def plot_estimates(
    comparison: EstimateComparison,
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    periods: Sequence[str] | None = None,
    measure: Literal["points", "share"] = "points",
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw TFP under each estimate, with the error of its elasticities.

    Parameters
    ----------
    comparison : EstimateComparison
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the accounts hold several.
    periods : sequence of str, optional
        Which periods; all if None.
    measure : {"points", "share"}
        TFP growth in points, or as per cent of growth.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``option-unknown``, ``chart-not-for-result``, ``chart-too-many`` beyond 14 estimates
        or eight periods, ``chart-period-unknown``, ``entity-needed``, ``entity-unknown``,
        ``chart-nothing-to-draw``.
    """
    check_kind(comparison, EstimateComparison)
    check_choice("measure", measure, ("points", "share"))
    first = comparison.periods[0]
    shown = choose_entity(entities_of(first), entity)
    labels = list(dict.fromkeys(first.period)) if periods is None else list(periods)
    for count, most in ((len(comparison.names), MOST_ESTIMATES), (len(labels), len(COMPARED))):
        if count > most:
            raise MethodError("chart-too-many", count=count, most=most)
    values, hollow = _values(comparison, shown, labels, measure)
    if not np.isfinite(values[0]).any():
        raise MethodError("chart-nothing-to-draw", entity=shown)
    height = (ROW + STEP * len(labels)) * len(comparison.names)
    ax, own = axes_for(ax, max(LEAST_HEIGHT, height))
    dress(ax, language, values="x")
    _draw(ax, values, hollow, language, digits=1 if measure == "share" else 2)
    _name_rows(ax, comparison, language)
    ax.tick_params(axis="y", pad=PAD + SLACK)
    surround(
        ax,
        own=own,
        title=title,
        subtitle=in_area(shown, _subtitle(first, measure, language)),
        handles=dot_samples(labels, language, hollow=bool(hollow.any()), size=5.0),
        notes=[
            *_notes(comparison, values, labels, language),
            *origin_note(first, source, language),
        ],
    )
    ax.tick_params(axis="y", pad=PAD)
    return ax


def _values(
    comparison: EstimateComparison, entity: str, labels: list[str], measure: str
) -> tuple[FloatArray, np.ndarray]:
    """Return centre, low and high, (3, estimates, periods), and what is preliminary."""
    shape = (len(comparison.names), len(labels))
    values, hollow = np.full((3, *shape), np.nan), np.zeros(shape, dtype=bool)
    bands = comparison.bands if measure == "points" else comparison.share_bands
    for row, (accounts, band) in enumerate(zip(comparison.periods, bands, strict=True)):
        frame = accounts.contributions if measure == "points" else accounts.share_of_growth
        keys = list(zip(accounts.entity, accounts.period, strict=True))
        for k, label in enumerate(labels):
            if (entity, label) not in keys:
                known = list(dict.fromkeys(accounts.period))
                raise MethodError("chart-period-unknown", period=label, known=known)
            at = keys.index((entity, label))
            values[0, row, k] = frame["tfp"].iloc[at]
            if band is not None:
                values[1:, row, k] = band.low[at], band.high[at]
            hollow[row, k] = status_at(accounts, at) in PROVISIONAL
    return values, hollow


def _draw(
    ax: Axes, values: FloatArray, hollow: np.ndarray, language: Language, *, digits: int
) -> None:
    """Draw a dot and its band for each period of a row, the figure at its right."""
    rows, count = hollow.shape
    offsets = (np.arange(count) - (count - 1) / 2.0) * SPREAD / max(count, 2)
    for row in range(rows):
        for k in range(count):
            centre, low, high = values[:, row, k]
            if not np.isfinite(centre):
                continue
            at, colour = row + offsets[k], COMPARED[k]
            if np.isfinite(low):
                ax.plot([low, high], [at, at], color=colour, linewidth=1.5, zorder=3)
            ax.plot(
                [centre],
                [at],
                linestyle="none",
                marker=MARKERS[k],
                markersize=5.0,
                markerfacecolor=PAPER if hollow[row, k] else colour,
                markeredgecolor=colour,
                markeredgewidth=1.3,
                zorder=4,
            )
            ax.annotate(
                show_number(float(centre), digits, language),
                xy=(float(np.fmax(centre, high)), at),
                xytext=(5.0, 0.0),
                textcoords="offset points",
                ha="left",
                va="center",
                fontsize=SMALL - 1.0,
                fontfamily=FONT,
                color=legible(colour),
                zorder=3.5,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3},
            )
    low_end, high_end = ax.get_xlim()
    ax.set_xlim(min(low_end, 0.0), high_end + 0.08 * (high_end - low_end))
    ax.set_ylim(rows - 0.45, -0.55)


def _name_rows(ax: Axes, comparison: EstimateComparison, language: Language) -> None:
    """Name each row, and below its name its elasticities."""
    ax.yaxis.set_major_locator(FixedLocator([float(at) for at in range(len(comparison.names))]))
    names = []
    for name, own in comparison.elasticities_of.items():
        parts = [
            f"{inside_sentence(term_name(factor, language))} {show_number(value, 2, language)}"
            for factor, value in own.items()
        ]
        total = show_number(sum(own.values()), 2, language)
        parts.append(text("plots.note.elasticity_sum", language, total=total))
        names.append(f"{cut(name, NAME_ROOM, SMALL)}\n{cut(', '.join(parts), NAME_ROOM, SMALL)}")
    ax.yaxis.set_major_formatter(FixedFormatter(names))
    ax.tick_params(axis="y", labelsize=SMALL)


def _subtitle(accounts: PeriodAccounts, measure: str, language: Language) -> str:
    average = average_name(accounts.average, language)
    if measure == "share":
        return text("plots.subtitle.estimates_share", language, average=average)
    unit = unit_of(accounts, language)
    return text("plots.subtitle.estimates", language, unit=unit, average=average)


def _notes(
    comparison: EstimateComparison, values: FloatArray, labels: list[str], language: Language
) -> list[str]:
    notes = []
    levels = [band.level for band in comparison.bands if band is not None]
    if levels:
        notes.append(text("plots.note.estimate_band", language, level=100.0 * levels[0]))
    doubtful = [name for name, sound in comparison.identified.items() if not sound]
    if doubtful:
        names = listed(doubtful, language)
        notes.append(text("plots.note.not_identified", language, names=names))
    absent = [
        f"{name} ({labels[k]})"
        for row, name in enumerate(comparison.names)
        for k in np.flatnonzero(~np.isfinite(values[0, row]))
    ]
    if absent:
        notes.append(text("plots.note.no_dot", language, names=listed(absent, language)))
    return notes
