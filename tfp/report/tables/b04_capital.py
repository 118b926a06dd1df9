"""B4: the capital that entered production, its growth, and the rule behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.document import Column
from tfp.report.footnotes import DIGITS
from tfp.report.method import capital_sentences
from tfp.report.source_lines import capital_roles, source_line
from tfp.report.tables.yearly import (
    Missing,
    Series,
    columns_in,
    growth_of,
    level_statuses,
    title,
    year_table,
)
from tfp.report.words import phrase

if TYPE_CHECKING:
    from tfp.report.content import RunContent
    from tfp.report.document import Table


def capital_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B4, or what it lacks."""
    accounts, language = content.accounts, content.language
    names = [name for name in accounts.factor_names if name.startswith("capital")]
    if not names:
        return Missing(("capital",))
    stocks, rows, series = content.capital, accounts.rows, []
    if stocks is not None:
        investment = stocks.panel.column("investment")
        unit = phrase("unit", investment.unit or "", language)
        label = text("report.column.investment", language)
        series.append(Series.of(Column(label=label, unit=unit, digits=1), investment.values))
    else:
        unit = ""
    for name in names:
        values = accounts.inputs[accounts.factor_names.index(name)]
        label = term_name(name, language)
        if len(names) == 1:
            label = text("report.column.stock", language)
        series += [
            Series.of(Column(label=label, unit=unit or _unit(content, name), digits=1), values),
            Series.of(
                Column(label=text("report.column.growth", language), unit="%", digits=DIGITS),
                growth_of(values, rows),
            ),
        ]
    if stocks is not None:
        surviving = 100.0 * stocks.surviving_initial / stocks.end_of_year
        head = Column(label=text("report.column.surviving", language), unit="%", digits=1)
        series.append(Series.of(head, surviving))
        rule = " ".join(capital_sentences(stocks, language))
    else:
        rule = text(
            "tables.note.capital_made" if content.further_results else "tables.note.capital_given",
            language,
        )
    return (
        year_table(
            rows,
            series,
            language,
            name="capital",
            number="B4",
            title=title("B4", content),
            statuses=_statuses(content),
            notes=[("", text("tables.note.rule", language, rule=rule))],
            source=source_line(content, capital_roles(content)),
        ),
    )


def _unit(content: RunContent, name: str) -> str:
    """Return the unit of a stock that the data give."""
    panel = content.panel if content.panel is not None else content.accounts.panel
    role = name if name == "capital" else f"capital:{name.removeprefix('capital_')}"
    if panel is None or role not in panel.columns:
        return ""
    return phrase("unit", panel.column(role).unit or "", content.language)


def _statuses(content: RunContent) -> tuple[str, ...]:
    """Return the weakest status behind the stock of each row; an inventory hands it on."""
    panel = content.panel
    if panel is None:
        return ()
    return level_statuses(columns_in(panel, "investment", "capital"), len(panel))
