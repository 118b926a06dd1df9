"""The charts of a run, as files."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from tfp.language.catalogue import text
from tfp.report.source_lines import source_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.results.periods import PeriodAccounts
    from tfp.workflow.run import Run

ONE_AREA = ("contributions", "share_of_growth", "tfp_index", "factor_growth", "waterfall")
SEVERAL_AREAS = ("small_multiples", "ranked")
RANKING = "ranked"
OF_A_PERIOD = ("waterfall", RANKING)
FOLDER = "charts"


def chart_files(run: Run) -> dict[str, bytes]:
    """Return every chart of a run, as PNG for documents and as SVG for print.

    The plan chooses in ``[report] charts``; otherwise those that suit the number of
    areas. A chart that says nothing of these accounts is left out.
    """
    from tfp.plots.draft_mark import mark_draft
    from tfp.plots.saving import FORMATS, chart_bytes

    files = {}
    draft = run.content.draft_reasons
    for name, drawn in _charts(run):
        word = text("tables.draft.word", run.content.language)
        chart = mark_draft(drawn, word) if draft else drawn
        for file_format in FORMATS:
            files[f"{FOLDER}/{name}.{file_format}"] = chart_bytes(chart, file_format)
    return files


def _charts(run: Run) -> Iterator[tuple[str, Any]]:
    for name in chosen_charts(run):
        if name == "small_multiples":
            yield from _pages(run)
        elif name not in OF_A_PERIOD or _last_known(run.content.periods[0]) is not None:
            yield name, _drawn(run, name)


def chosen_charts(run: Run) -> tuple[str, ...]:
    """Return the names of the charts that a run draws."""
    several = len(run.content.accounts.rows.entities) > 1
    suitable = SEVERAL_AREAS if several else ONE_AREA
    if run.plan.charts is None:
        # A ranking of areas is drawn only where the plan asks for it.
        return tuple(name for name in suitable if name != RANKING)
    return tuple(name for name in run.plan.charts if name in (*suitable, "small_multiples"))


def _drawn(run: Run, name: str) -> Any:
    content = run.content
    main = content.periods[0]
    options: dict[str, Any] = {"language": content.language, "source": source_line(content)}
    if name == "share_of_growth":
        return content.accounts.plot.share_of_growth(
            periods=main, targets=content.comparison or (), **options
        )
    if name in OF_A_PERIOD:
        return getattr(main.plot, name)(period=_last_known(main), **options)
    return getattr(content.accounts.plot, name)(**options)


def _last_known(periods: PeriodAccounts) -> str | None:
    """Return the last period that has an average; a draft may lack years of the others."""
    known = [
        period
        for period, tfp in zip(periods.period, periods.term("tfp").tolist(), strict=True)
        if not isnan(tfp)
    ]
    return known[-1] if known else None


def _pages(run: Run) -> Iterator[tuple[str, Any]]:
    """Draw the areas in small panels, as many pages as they fill."""
    from tfp.plots.multiples import MOST_PANELS

    content = run.content
    entities = content.accounts.rows.entities
    pages = [entities[i : i + MOST_PANELS] for i in range(0, len(entities), MOST_PANELS)]
    for number, page in enumerate(pages, start=1):
        name = "small_multiples" if len(pages) == 1 else f"small_multiples_{number}"
        yield (
            name,
            content.accounts.plot.small_multiples(
                entities=page, language=content.language, source=source_line(content)
            ),
        )
