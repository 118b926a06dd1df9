"""A result in a few lines: as aligned text, and as HTML in a notebook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.inputs.capital.inventory import CapitalStocks
from tfp.language.catalogue import text
from tfp.report.building import finding_texts
from tfp.report.console import plain_note, table_lines, text_lines
from tfp.report.document import Blank
from tfp.report.lone_result import table_of_result, title_of
from tfp.report.pure_profit import profit_sentences
from tfp.results.decomposition import Decomposition
from tfp.results.growth_accounts import GrowthAccounts
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.document import FindingText, Table
    from tfp.results.result import Result

# Long tables are read as frames; a summary fits a screen.
MOST_ROWS = 20


def summary_text(result: Result, language: Language = "en") -> str:
    """Return a result as text: title, table, notes, remarks; lines of 100 letters at most.

    Of several areas the last row of each is shown where all rows would not fit a screen.

    Parameters
    ----------
    result : Result
    language : {"en", "vi"}
    """
    table, left_out = _shortened(result, language)
    lines = [line for words in _title(result, language) for line in text_lines(words)]
    lines.append("")
    if table.rows:
        lines += table_lines(table, language, keys=1 + _has_areas(result))
    sentences = [*left_out, *(plain_note(mark, note) for mark, note in table.notes)]
    if isinstance(result, GrowthAccounts):
        sentences += profit_sentences(result, language)
    sentences += _to_settle(result, language)
    sentences += [
        f"[{remark.label}] {remark.found} {remark.effect} {remark.remedy}"
        for remark in _remarks(result, language)
    ]
    return "\n".join(
        [*lines, *(line for words in sentences for line in text_lines(words, indent="  "))]
    )


def summary_html(result: Result, language: Language = "en") -> str:
    """Return a result as a piece of HTML: table and remarks, for a notebook."""
    from markupsafe import escape

    from tfp.report.html import table_markup

    table, left_out = _shortened(result, language)
    title = "<br>".join(str(escape(line)) for line in _title(result, language))
    below = "".join(f"<p>{escape(line)}</p>" for line in left_out + _to_settle(result, language))
    remarks = "".join(
        f"<p><b>{escape(remark.label)}</b>: {escape(remark.found)} {escape(remark.effect)} "
        f"{escape(remark.remedy)}</p>"
        for remark in _remarks(result, language)
    )
    if not table.rows:
        shown = "".join(f"<p>{escape(note)}</p>" for _, note in table.notes)
    else:
        shown = table_markup(table, language)
    return f"<div><p>{title}</p>{shown}{below}{remarks}</div>"


def _shortened(result: Result, language: Language) -> tuple[Table, list[str]]:
    """Return the table with the rows that are shown, and what is said of the others."""
    table = table_of_result(result, language)
    count = len(table.rows)
    if count <= MOST_ROWS:
        return table, []
    if not _has_areas(result):
        words = text("report.summary.last_rows", language, shown=MOST_ROWS, count=count)
        return replace(table, rows=table.rows[-MOST_ROWS:]), [words]
    last = {row[0]: row for row in table.rows}
    rows = tuple(last.values())[:MOST_ROWS]
    words = text("report.summary.last_of_each", language, shown=len(rows), count=len(last))
    marks = {"", *(cell.mark for row in rows for cell in row if isinstance(cell, Blank))}
    notes = tuple(note for note in table.notes if note[0] in marks)
    return replace(table, rows=rows, notes=notes), [words]


def _has_areas(result: Result) -> bool:
    """Whether the first column of the result's table holds the area."""
    if isinstance(result, PeriodAccounts):
        return result.entity_name is not None
    if isinstance(result, CapitalStocks):
        return result.panel.rows.entity_name is not None
    return isinstance(result, Decomposition) and result.rows.entity_name is not None


def _title(result: Result, language: Language) -> list[str]:
    lines = [title_of(result, language)]
    if isinstance(result, Decomposition):
        rows = result.rows
        years = [rows.time_label(row) for row in range(len(rows))]
        span = text("report.summary.years", language, first=min(years), last=max(years))
        area = rows.entities[0] if len(rows.entities) == 1 else ""
        lines[0] = ", ".join(part for part in (lines[0], area, span) if part)
    if isinstance(result, GrowthAccounts):
        lines.append(result.provenance.method)
    return lines


def _to_settle(result: Result, language: Language) -> list[str]:
    """Return the line that sends to findings which forbid the accounts."""
    count = len(result.findings.blocking) if isinstance(result, GrowthAccounts) else 0
    return [text("report.summary.blocking", language, count=count)] if count else []


def _remarks(result: Result, language: Language) -> tuple[FindingText, ...]:
    return finding_texts(getattr(result, "warnings", ()), language)
