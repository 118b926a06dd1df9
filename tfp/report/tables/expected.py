"""Which tables a reader expects, which of them there are, and what the others lack.

A table is whole or left out: what it lacks is then named, and nothing is half filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Paragraph, Table
from tfp.report.tables.b01_output import output_tables
from tfp.report.tables.b02_growth import growth_tables
from tfp.report.tables.b03_investment import investment_tables
from tfp.report.tables.b04_capital import capital_tables
from tfp.report.tables.b05_labour import labour_tables
from tfp.report.tables.b06_weights import weight_tables
from tfp.report.tables.b07_results import period_tables, yearly_tables
from tfp.report.tables.b09_branches import branch_tables
from tfp.report.tables.b10_productivity import productivity_tables
from tfp.report.tables.b11_targets import nation_tables, target_tables
from tfp.report.tables.b12_innovation import innovation_tables
from tfp.report.tables.b13_revisions import reported_tables, revision_tables
from tfp.report.tables.yearly import Missing, output_word
from tfp.report.words import innovation_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tfp.report.content import RunContent

    Build = Callable[[RunContent], tuple[Table, ...] | Missing]

EXPECTED: dict[str, Build] = {
    "B1": output_tables,
    "B2": growth_tables,
    "B3": investment_tables,
    "B4": capital_tables,
    "B5": labour_tables,
    "B6": weight_tables,
    "B7": yearly_tables,
    "B8": period_tables,
    "B9": branch_tables,
    "B10": productivity_tables,
    "B11": target_tables,
    "B11b": nation_tables,
    "B12": innovation_tables,
    "B13": revision_tables,
    "B13b": reported_tables,
}
# More rows than this do not stand on one page: the table goes to the annex.
MOST_ROWS = 40


def expected_tables(
    content: RunContent,
) -> tuple[dict[str, tuple[Table, ...]], dict[str, Missing]]:
    """Return the tables that there are, by number, and what the others lack."""
    found = {number: build(content) for number, build in EXPECTED.items()}
    there = {number: made for number, made in found.items() if not isinstance(made, Missing)}
    lacking = {number: made for number, made in found.items() if isinstance(made, Missing)}
    return there, lacking


def left_out(lacking: Mapping[str, Missing], content: RunContent) -> tuple[Paragraph, ...]:
    """Return the paragraph that names the tables left out and what each lacks."""
    if not lacking:
        return ()
    language = content.language
    words = {
        "output": output_word(content),
        "words": innovation_words(content.prepared_on, language),
        "area": content.area,
    }
    named = [
        text(
            "tables.left_out.one",
            language,
            number=number,
            title=text(f"tables.short.{number.lower()}", language, **words),
            needs=", ".join(
                text(f"tables.missing.{need}", language, **words) for need in missing.needs
            ),
        )
        for number, missing in lacking.items()
    ]
    return (Paragraph(text=text("tables.left_out.all", language, tables="; ".join(named))),)


def too_long(tables: Mapping[str, tuple[Table, ...]]) -> dict[str, tuple[Table, ...]]:
    """Return the tables that do not stand on one page."""
    return {
        number: made
        for number, made in tables.items()
        if any(len(table.rows) > MOST_ROWS for table in made)
    }
