"""Tables of results: growth, points and shares by year and by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.numbers import show_as_stated
from tfp.language.terms import average_name, term_name
from tfp.numerics.growth import growth_rates
from tfp.panel.roles import STATUSES
from tfp.report.document import Column, Table
from tfp.report.footnotes import DIGITS, Footnotes, point_cells, share_cells
from tfp.report.words import period_name, phrase, status_name, time_head
from tfp.results.growth_accounts import GrowthAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.report.content import Sensitivity
    from tfp.report.document import Cell
    from tfp.results.decomposition import Decomposition
    from tfp.results.periods import PeriodAccounts


def yearly_table(
    accounts: Decomposition, language: Language, *, output_name: str = "", source: str = ""
) -> Table:
    """Return growth, contributions and shares of growth of every period after the first."""
    rows = accounts.rows
    notes = Footnotes(language, accounts.share_threshold)
    growth = _growth_columns(accounts)
    statuses = accounts.statuses
    several = rows.entity_name is not None
    with_status = any(statuses)
    body = []
    for row in rows.growth_rows.tolist():
        name = rows.time_label(row)
        points = point_cells([term[row] for term in accounts.terms])
        shares = share_cells(accounts, row, notes)
        grown = point_cells([column[row] for column in growth.values()])
        label = f"{rows.entity_label(row)} {name}" if several else name
        notes.check_sum(label, points, grown[0])
        notes.check_sum(label, shares, 100.0)
        body.append(
            (
                *((rows.entity_label(row),) if several else ()),
                name,
                *grown,
                *points,
                *shares,
                *((status_name(statuses[row], language),) if with_status else ()),
            )
        )
    columns = [Column(label=time_head(rows, language), style="year")]
    if several:
        columns.insert(0, Column(label=text("report.column.area", language), style="text"))
    columns += _growth_heads(list(growth), accounts, language, output_name)
    columns += term_heads(accounts.term_names, language, log=accounts.rates == "log")
    if with_status:
        columns.append(Column(label=text("report.column.status", language), style="text"))
    return Table(
        name="yearly",
        title=text("report.table.yearly", language),
        columns=tuple(columns),
        rows=tuple(body),
        notes=notes.notes(),
        source=source,
        status=status_name(weakest(statuses), language),
    )


def period_table(periods: PeriodAccounts, language: Language, *, source: str = "") -> Table:
    """Return mean growth, contributions and shares of growth of each period."""
    notes = Footnotes(language, periods.share_threshold, of_spans=True)
    several = periods.entity_name is not None
    statuses = period_statuses(periods)
    body = []
    for row, period in enumerate(periods.period):
        points = point_cells([term[row] for term in periods.terms])
        shares = share_cells(periods, row, notes)
        total, geometric = point_cells([periods.total[row], periods.geometric_mean[row]])
        name = period_name(period)
        label = f"{periods.entity[row]} {name}" if several else name
        notes.check_sum(label, points, total)
        notes.check_sum(label, shares, 100.0)
        body.append(
            (
                *((periods.entity[row],) if several else ()),
                name,
                total,
                *points,
                *shares,
                geometric,
                *((status_name(statuses[row], language),) if any(statuses) else ()),
            )
        )
    log = periods.average == "log"
    columns = [Column(label=text("report.column.period", language), style="text")]
    if several:
        columns.insert(0, Column(label=text("report.column.area", language), style="text"))
    columns.append(Column(label=text("report.column.growth", language), unit=_rate(language, log)))
    columns += term_heads(periods.term_names, language, log=log)
    columns.append(
        Column(
            label=text("report.column.geometric_mean", language),
            unit=text("report.unit.percent", language),
        )
    )
    if any(statuses):
        columns.append(Column(label=text("report.column.status", language), style="text"))
    average = average_name(periods.average, language)
    return Table(
        name="periods",
        title=text("report.table.periods", language, average=average),
        columns=tuple(columns),
        rows=tuple(body),
        notes=(*notes.notes(), ("", text("report.note.geometric", language))),
        source=source,
        status=status_name(weakest(statuses), language),
    )


def averages_table(
    averages: Sequence[PeriodAccounts], language: Language, *, source: str = ""
) -> Table:
    """Return the TFP share of each period by each method of averaging."""
    heads = [average_name(each.average, language) for each in averages]
    return _shares_by_period(
        name="averages",
        title=text("report.table.averages", language),
        first=None,
        rows=list(zip(heads, averages, strict=True)),
        notes=(text("report.note.averages", language),),
        language=language,
        source=source,
    )


def sensitivity_table(
    main: PeriodAccounts,
    sensitivities: Sequence[Sensitivity],
    language: Language,
    *,
    source: str = "",
) -> Table:
    """Return the TFP share of each period under each assumption, the main one first."""
    rows = [(text("report.sensitivity.main", language), main)]
    for each in sensitivities:
        sentence = phrase("sensitivity", each.name, language)
        if sentence != each.name:
            sentence = text(f"report.sensitivity.{each.name}", language, **each.fields)
        rows.append((sentence, each.periods))
    average = average_name(main.average, language)
    return _shares_by_period(
        name="sensitivity",
        title=text("report.table.sensitivity", language, average=average),
        first=text("report.column.assumption", language),
        rows=rows,
        notes=(
            text("report.note.sensitivity", language),
            *(
                _changed(name, each, language)
                for (name, _), each in zip(rows[1:], sensitivities, strict=True)
                if each.changes
            ),
        ),
        language=language,
        source=source,
    )


def _changed(name: str, sensitivity: Sensitivity, language: Language) -> str:
    """Return what one sensitivity changes in the plan, and where that comes from."""
    changes = "; ".join(
        f"{key} = {show_as_stated(value, language) if isinstance(value, float) else value}"
        for key, value in sensitivity.changes.items()
    )
    sources = "; ".join(sensitivity.sources) or text("report.note.no_source", language)
    return text(
        "report.note.changed", language, name=name, changes=changes, source=sources.rstrip(".")
    )


def weakest(statuses: Sequence[str]) -> str:
    """Return the weakest of some statuses; empty where none is declared."""
    stated = [STATUSES.index(status) for status in statuses if status in STATUSES]
    return STATUSES[max(stated)] if stated else ""


def period_statuses(periods: PeriodAccounts) -> tuple[str, ...]:
    """Return the weakest status behind each period; empty where none is declared."""
    if periods.status is None:
        return ("",) * len(periods.period)
    return tuple(STATUSES[number] if number >= 0 else "" for number in periods.status)


def term_heads(terms: Sequence[str], language: Language, *, log: bool) -> list[Column]:
    """Return the heads of contributions and of shares, one for each term."""
    points = text(f"report.unit.{'log_points' if log else 'points'}", language)
    contribution = f"{text('report.column.contribution', language)} ({points})"
    share = f"{text('report.column.share', language)} (%)"
    return [
        Column(label=term_name(term, language), group=group, digits=DIGITS)
        for group in (contribution, share)
        for term in terms
    ]


def _growth_columns(accounts: Decomposition) -> dict[str, FloatArray]:
    columns = {accounts.total_name: accounts.total}
    if isinstance(accounts, GrowthAccounts):
        for name, level in zip(accounts.factor_names, accounts.inputs, strict=True):
            columns[name] = growth_rates(level, accounts.rows.breaks, accounts.rates)
    return columns


def _growth_heads(
    names: Sequence[str], accounts: Decomposition, language: Language, output_name: str
) -> list[Column]:
    unit = _rate(language, accounts.rates == "log")
    group = f"{text('report.column.growth', language)} ({unit})"
    labels = [term_name(name, language) for name in names]
    if output_name and names[0] == "output":
        labels[0] = output_name
    return [Column(label=label, group=group, digits=DIGITS) for label in labels]


def _rate(language: Language, log: bool) -> str:  # noqa: FBT001  (which of two units)
    return text(f"report.unit.{'log_points' if log else 'percent'}", language)


def _shares_by_period(
    *,
    name: str,
    title: str,
    first: str | None,
    rows: list[tuple[str, PeriodAccounts]],
    notes: tuple[str, ...],
    language: Language,
    source: str,
) -> Table:
    """Return TFP shares with periods across; transposed where there is no first head."""
    footnotes = Footnotes(language, rows[0][1].share_threshold, of_spans=True)
    labels = _period_labels(rows[0][1])
    cells: list[list[Cell]] = []
    for _, periods in rows:
        at = periods.term_names.index("tfp")
        by_label = {
            label: share_cells(periods, row, footnotes)[at]
            for row, label in enumerate(_period_labels(periods))
        }
        cells.append([by_label.get(label) for label in labels])
    unit = text("report.unit.percent_of_growth", language)
    if first is None:
        head = text("report.column.period", language)
        body = [
            (label, *column) for label, column in zip(labels, zip(*cells, strict=True), strict=True)
        ]
        columns = [Column(label=label, unit=unit) for label, _ in rows]
    else:
        head = first
        body = [(label, *row) for (label, _), row in zip(rows, cells, strict=True)]
        columns = [Column(label=label, unit=unit) for label in labels]
    return Table(
        name=name,
        title=title,
        columns=(Column(label=head, style="text"), *columns),
        rows=tuple(body),
        notes=(*footnotes.notes(), *(("", note) for note in notes)),
        source=source,
        status=status_name(weakest(period_statuses(rows[0][1])), language),
    )


def _period_labels(periods: PeriodAccounts) -> list[str]:
    names = [period_name(period) for period in periods.period]
    if periods.entity_name is None:
        return names
    return [f"{area} {name}" for area, name in zip(periods.entity, names, strict=True)]
