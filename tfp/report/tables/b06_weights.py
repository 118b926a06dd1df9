"""B6: the weights of the factors, for which years they hold, and where they come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.data_tables import WEIGHT_DIGITS, weights_table
from tfp.report.document import Column, Table
from tfp.report.tables.yearly import title
from tfp.report.words import phrase, years_in_words

if TYPE_CHECKING:
    from tfp.report.content import RunContent


def weight_tables(content: RunContent) -> tuple[Table, ...]:
    """Return B6: one row for each factor where weights never change, otherwise one a year."""
    accounts, language = content.accounts, content.language
    options = accounts.provenance.options.get("factor_weights", {})
    source = str(options.get("source") or "") or text("report.note.no_source", language)
    rule = phrase("rule", str(options.get("rule", "")), language)
    notes = (("", text("tables.note.weights", language, rule=rule)),) if rule else ()
    arrays = accounts.weight_arrays
    constant = accounts.pure_profit_share is None and all(np.ptp(each) == 0.0 for each in arrays)
    if not constant:
        table = weights_table(accounts, language)
        return (
            replace(
                table,
                number="B6",
                title=title("B6", content),
                notes=(*table.notes, *notes),
                source=source,
            ),
        )
    rows = accounts.rows
    years = years_in_words(
        sorted({rows.time_label(row) for row in rows.growth_rows.tolist()}, key=str)
    )
    heads = (
        Column(label=text("tables.word.factor", language), style="text"),
        Column(label=text("report.column.weight", language), digits=WEIGHT_DIGITS),
        Column(label=text("tables.word.years_valid", language), style="text"),
    )
    return (
        Table(
            name="weights",
            number="B6",
            title=title("B6", content),
            columns=heads,
            rows=tuple(
                (term_name(name, language), float(array[0]), years)
                for name, array in zip(accounts.factor_names, arrays, strict=True)
            ),
            notes=notes,
            source=source,
        ),
    )
