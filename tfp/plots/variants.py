"""One term of growth under different assumptions: a row for each, a dot for each period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator

from tfp.errors import MethodError, check_choice
from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import average_name, term_name
from tfp.plots.axis import dress
from tfp.plots.marks import dot_samples
from tfp.plots.sheet import axes_for, cut, surround
from tfp.plots.style import COMPARED, FAINT, FONT, MARKERS, PAPER, PROVISIONAL, SMALL, legible
from tfp.plots.view import check_kind, choose_entity, entities_of, status_at
from tfp.plots.wording import in_area, listed, origin_note, unit_of
from tfp.results.periods import PeriodAccounts
from tfp.results.share_range import LabourShareRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from tfp.language.catalogue import Language

Measure = Literal["share", "points"]
LINE = 0.27  # inches from one variant to the next
LEAST_HEIGHT = 1.0
MOST_ROWS = 40
NAME_ROOM, PAD, SLACK = 205.0, 4.0, 8.0  # points
CLOSE = 0.055  # of the axis: figures of nearer dots would touch


@dataclass(frozen=True)
class Row:
    """One line of the chart: the name of a variant, or of a group of them."""

    name: str
    accounts: PeriodAccounts | None = None


def plot_variants(
    variants: LabourShareRange | Mapping[str, Any],
    *,
    ax: Axes | None = None,
    language: Language = "en",
    entity: str | None = None,
    periods: Sequence[str] | None = None,
    measure: Measure = "share",
    term: str = "tfp",
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """Draw one term of growth under each of several assumptions.

    Parameters
    ----------
    variants : LabourShareRange, or mapping of str to PeriodAccounts
        A mapping may hold mappings: their names stand above their variants.
    ax : Axes, optional
        Where to draw; a figure of A4 width is made if None.
    language : {"en", "vi"}
    entity : str, optional
        Needed where the results hold several.
    periods : sequence of str, optional
        Which periods; all if None.
    measure : {"share", "points"}
        Share of growth in per cent, or contribution in points.
    term : str
        Which term.
    title, source : str, optional
        Words above the chart; where the data come from, below it.

    Returns
    -------
    Axes

    Raises
    ------
    MethodError
        ``option-unknown``, ``chart-not-for-result``, ``chart-too-many`` beyond 40 rows or
        eight periods, ``chart-period-unknown``, ``term-unknown``, ``entity-needed``,
        ``entity-unknown``, ``chart-nothing-to-draw``.
    """
    check_choice("measure", measure, get_args(Measure))
    rows = list(_rows(variants, language))
    results = [row.accounts for row in rows if row.accounts is not None]
    if not results or len(rows) > MOST_ROWS:
        raise MethodError("chart-too-many", count=len(rows), most=MOST_ROWS)
    shown = choose_entity(entities_of(results[0]), entity)
    labels = list(dict.fromkeys(results[0].period)) if periods is None else list(periods)
    if len(labels) > len(COMPARED):
        raise MethodError("chart-too-many", count=len(labels), most=len(COMPARED))
    ax, own = axes_for(ax, max(LEAST_HEIGHT, LINE * (len(rows) + 0.6)))
    dress(ax, language, values="x")
    values = np.full((len(rows), len(labels)), np.nan)
    hollow = np.zeros(values.shape, dtype=bool)
    for at, row in enumerate(rows):
        if row.accounts is not None:
            for k, period in enumerate(labels):
                values[at, k], hollow[at, k] = _value(row.accounts, shown, period, term, measure)
    if not np.isfinite(values).any():
        raise MethodError("chart-nothing-to-draw", entity=shown)
    _draw(ax, values, hollow)
    _write_figures(ax, values, language, digits=1 if measure == "share" else 2)
    _name_rows(ax, rows)
    # Long names are set wider at other resolutions than at the one they are measured at.
    ax.tick_params(axis="y", pad=PAD + SLACK)
    surround(
        ax,
        own=own,
        title=title,
        subtitle=in_area(shown, _subtitle(results[0], measure, term, language)),
        handles=dot_samples(labels, language, hollow=bool(hollow.any()), size=5.5),
        notes=[
            *_blank_note(rows, labels, values, language),
            *origin_note(results[0], source, language),
        ],
    )
    ax.tick_params(axis="y", pad=PAD)
    return ax


def variant_name(options: Mapping[str, Any], language: Language) -> str:
    """Return a way to labour's share in words."""
    part = options["taxes_to_labour"]
    return text(
        f"plots.production_taxes.{options['production_taxes']}",
        language,
        treatment=text(f"plots.labour_share.{options['treatment']}", language),
        part=100.0 * float(part or 0.0),
    )


def _rows(variants: Any, language: Language) -> Iterable[Row]:
    if isinstance(variants, LabourShareRange):
        for options, accounts in zip(variants.options.values(), variants.periods, strict=True):
            yield Row(variant_name(options, language), accounts)
        return
    if not isinstance(variants, Mapping):
        check_kind(variants, LabourShareRange)
        return
    for name, item in variants.items():
        if isinstance(item, Mapping):
            yield Row(name)
            yield from _rows(item, language)
        else:
            check_kind(item, PeriodAccounts)
            yield Row(name, item)


def _value(
    accounts: PeriodAccounts, entity: str, period: str, term: str, measure: Measure
) -> tuple[float, bool]:
    """Return the value of one dot, and whether it rests on preliminary data."""
    accounts.term(term)
    at = [
        i
        for i, key in enumerate(zip(accounts.entity, accounts.period, strict=True))
        if key == (entity, period)
    ]
    if not at:
        known = list(dict.fromkeys(accounts.period))
        raise MethodError("chart-period-unknown", period=period, known=known)
    frame = accounts.share_of_growth if measure == "share" else accounts.contributions
    return float(frame[term].iloc[at[0]]), status_at(accounts, at[0]) in PROVISIONAL


def _draw(ax: Axes, values: Any, hollow: Any) -> None:
    """Draw a dot for each value, hollow where provisional, and a line through each row."""
    for at, row in enumerate(values):
        known = row[np.isfinite(row)]
        if len(known) > 1:
            ax.plot([known.min(), known.max()], [at, at], color=FAINT, linewidth=1.4, zorder=1)
        for k, value in enumerate(row):
            if np.isfinite(value):
                ax.plot(
                    [value],
                    [at],
                    linestyle="none",
                    marker=MARKERS[k],
                    markersize=5.5,
                    markerfacecolor=PAPER if hollow[at, k] else COMPARED[k],
                    markeredgecolor=COMPARED[k],
                    markeredgewidth=1.3,
                    zorder=4,
                )
    low, high = ax.get_xlim()
    ax.set_xlim(min(low, 0.0), high + 0.03 * (high - low))


def _write_figures(ax: Axes, values: Any, language: Language, *, digits: int) -> None:
    """Write each dot's figure above it, below where its left neighbour is too near."""
    low, high = ax.get_xlim()
    for at, row in enumerate(values):
        before, above = -np.inf, True
        for k in np.argsort(row)[: np.isfinite(row).sum()]:
            above = not above if row[k] - before < CLOSE * (high - low) else True
            before = row[k]
            ax.annotate(
                show_number(float(row[k]), digits, language),
                xy=(row[k], at),
                xytext=(0, 3.5 if above else -3.5),
                textcoords="offset points",
                ha="center",
                va="bottom" if above else "top",
                fontsize=SMALL - 1.0,
                fontfamily=FONT,
                color=legible(COMPARED[k]),
                zorder=3.5,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3},
            )


def _name_rows(ax: Axes, rows: list[Row]) -> None:
    ax.yaxis.set_major_locator(FixedLocator([float(at) for at in range(len(rows))]))
    names = [cut(row.name, NAME_ROOM, SMALL) for row in rows]
    ax.yaxis.set_major_formatter(FixedFormatter(names))
    ax.tick_params(axis="y", labelsize=SMALL)
    ax.set_ylim(len(rows) - 0.4, -0.8)
    for words, row in zip(ax.get_yticklabels(), rows, strict=True):
        if row.accounts is None:
            words.set_fontweight("bold")


def _subtitle(accounts: PeriodAccounts, measure: Measure, term: str, language: Language) -> str:
    label, average = term_name(term, language), average_name(accounts.average, language)
    if measure == "share":
        return text("plots.subtitle.variants_share", language, term=label, average=average)
    unit = unit_of(accounts, language)
    return text("plots.subtitle.variants", language, term=label, unit=unit, average=average)


def _blank_note(rows: list[Row], labels: list[str], values: Any, language: Language) -> list[str]:
    absent = [
        f"{row.name} ({labels[k]})"
        for at, row in enumerate(rows)
        if row.accounts is not None
        for k in np.flatnonzero(~np.isfinite(values[at]))
    ]
    if not absent:
        return []
    return [text("plots.note.no_dot", language, names=listed(absent, language))]
