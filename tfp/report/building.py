"""From the content of a run to a document: which sections there are, and in which order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.answers import with_answers
from tfp.report.break_notes import known_words
from tfp.report.capital_method import result_blocks
from tfp.report.data_tables import (
    capital_table,
    changed_table,
    data_table,
    ledger_table,
    sources_table,
)
from tfp.report.document import Document, Figure, FindingsBlock, FindingText, Heading, Paragraph
from tfp.report.headline import headline
from tfp.report.method import capital_blocks, method_blocks
from tfp.report.range_tables import range_tables
from tfp.report.result_tables import averages_table, period_table, sensitivity_table, yearly_table
from tfp.report.source_lines import capital_roles, source_line
from tfp.report.target_table import target_table
from tfp.report.tidy_table import tidy_table
from tfp.report.treatments import treatment_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding
    from tfp.report.content import RunContent
    from tfp.report.document import Block, Table
    from tfp.results.decomposition import Decomposition
    from tfp.results.result import Result

SHOWN_HASH = 12


def build_document(content: RunContent) -> Document:
    """Return the report of a run; sections without data are left out.

    Parameters
    ----------
    content : RunContent

    Returns
    -------
    Document
        To be written by :func:`tfp.report.html.write_page`.
    """
    language, accounts = content.language, content.accounts
    sections = {
        "headline": (_standing(content), *headline(content)),
        "yearly": _yearly(content),
        "periods": _periods(content),
        "targets": _targets(content),
        "method": (
            *method_blocks(content),
            *treatment_blocks(accounts.panel_ledger, language),
        ),
        "capital": _capital(content),
    }
    annex = {
        "sensitivity": _sensitivity(content),
        "findings": _findings(content),
        "ledger": _ledger(content),
        "sources": (sources_table(content.sources, language),) if content.sources else (),
        "data": _data(content),
        "identification": _identification(content),
    }
    blocks = [
        *_sections(sections, language),
        Heading(text=text("report.section.annex", language), name="annex", annex=True),
        *_sections(annex, language, level=2),
    ]
    years = [accounts.rows.time_label(row) for row in accounts.rows.growth_rows.tolist()]
    subtitle = text("report.subtitle", language, first=min(years), last=max(years)) if years else ""
    return Document(
        title=content.title or text("report.title", language, area=content.area),
        subtitle=" · ".join(part for part in (content.area, subtitle, _date(content)) if part),
        language=language,
        area=content.area,
        blocks=tuple(blocks),
        marks=_marks(content),
        draft=text("report.draft", language, reasons="; ".join(content.draft_reasons))
        if content.draft_reasons
        else "",
        front=content.front,
        dated=content.prepared_on,
    )


def _sections(
    sections: Mapping[str, tuple[Block, ...]], language: Language, level: int = 1
) -> Iterator[Block]:
    """Give sections under their headings; one that is empty is left out."""
    for name, section in sections.items():
        if section:
            yield Heading(text=text(f"report.section.{name}", language), level=level, name=name)
            yield from section


def finding_texts(
    findings: Iterable[Finding], language: Language, *, in_plan: bool = False
) -> tuple[FindingText, ...]:
    """Return findings in words, the gravest first; what to do, by the keys of plans if asked."""
    order = {"block": 0, "warn": 1, "note": 2}
    return tuple(
        FindingText(
            severity=finding.severity,
            label=text(f"report.severity.{finding.severity}", language),
            found=finding.part("found", language),
            where=finding.where(language),
            effect=finding.part("effect", language),
            remedy=" ".join(
                filter(
                    None,
                    (finding.remedy(language, in_plan=in_plan), known_words(finding, language)),
                )
            ),
        )
        for finding in sorted(findings, key=lambda each: order[each.severity])
    )


def all_findings(content: RunContent) -> tuple[Finding, ...]:
    """Return the findings of the check and the remarks of the methods, each once.

    Those that somebody has looked into come with the answer.
    """
    behind = (content.accounts, content.capital, *content.further_results, *content.ranges)
    remarks = [each for result in behind for each in getattr(result, "warnings", ())]
    known = {finding.code for finding in content.findings}
    found = (*content.findings, *(each for each in remarks if each.code not in known))
    return with_answers(found, content.answers, content.language)


def contributions_figures(
    accounts: Decomposition, language: Language, *, source: str = ""
) -> tuple[Figure, ...]:
    """Return the main chart: stacked contributions with growth as a line.

    Several areas stand in small panels, as many figures as they fill.
    """
    from tfp.plots.contributions import plot_contributions
    from tfp.plots.multiples import MOST_PANELS, plot_small_multiples

    rows = accounts.rows
    years = [rows.time_label(row) for row in rows.growth_rows.tolist()]

    def draw(entities: tuple[str, ...]) -> object:
        if len(rows.entities) > 1:
            return plot_small_multiples(accounts, entities=entities, language=language)
        return plot_contributions(accounts, language=language)

    pages = [rows.entities[i : i + MOST_PANELS] for i in range(0, len(rows.entities), MOST_PANELS)]
    caption = text("report.figure.contributions", language)
    return tuple(
        Figure(
            name="contributions",
            draw=partial(draw, page),
            alternative=text(
                "report.figure.contributions_alternative",
                language,
                terms=[term_name(name, language) for name in accounts.term_names],
                first=min(years),
                last=max(years),
            ),
            caption=f"{caption}: {page[0]} – {page[-1]}" if len(pages) > 1 else caption,
            source=source,
        )
        for page in pages
    )


def target_figure(content: RunContent) -> Figure | None:
    """Return the TFP share by year and period beside the targets; None for several areas."""
    from tfp.plots.targets import plot_share_of_growth

    accounts, language = content.accounts, content.language
    if content.comparison is None or len(accounts.rows.entities) > 1 or not content.periods:
        return None
    years = [accounts.rows.time_label(row) for row in accounts.rows.growth_rows.tolist()]
    return Figure(
        name="targets",
        draw=partial(
            plot_share_of_growth,
            accounts,
            periods=content.periods[0],
            targets=content.comparison,
            language=language,
        ),
        alternative=text(
            "report.figure.targets_alternative", language, first=min(years), last=max(years)
        ),
        caption=text("report.figure.targets", language),
        source=source_line(content),
    )


def _standing(content: RunContent) -> Paragraph:
    return Paragraph(text=text("report.standing", content.language), role="note")


def _date(content: RunContent) -> str:
    when = content.prepared_on
    if when is None:
        return ""
    return text(
        "report.prepared_on",
        content.language,
        day=f"{when.day:02}",
        month=when.month,
        year=when.year,
    )


def _marks(content: RunContent) -> tuple[str, ...]:
    language = content.language
    marks = []
    if content.plan_hash:
        marks.append(text("report.run", language, hash=content.plan_hash[:SHOWN_HASH]))
    fingerprint = content.accounts.fingerprint[:SHOWN_HASH]
    marks.append(text("report.data_mark", language, hash=fingerprint))
    return tuple(marks)


def _yearly(content: RunContent) -> tuple[Block, ...]:
    table = replace(
        yearly_table(
            content.accounts,
            content.language,
            output_name=content.output_name,
            source=source_line(content),
        ),
        number="B7",
    )
    drawable = not np.isnan(content.accounts.term("tfp")[content.accounts.rows.growth_rows]).all()
    if not drawable:
        return (table,)
    source = source_line(content)
    return *contributions_figures(content.accounts, content.language, source=source), table


def _periods(content: RunContent) -> tuple[Block, ...]:
    if not content.periods:
        return ()
    source = source_line(content)
    main = replace(period_table(content.periods[0], content.language, source=source), number="B8")
    if len(content.periods) == 1:
        return (main,)
    return main, averages_table(content.periods, content.language, source=source)


def _targets(content: RunContent) -> tuple[Block, ...]:
    if content.comparison is None:
        return ()
    table = target_table(content.comparison, content.language, source=source_line(content))
    if not table.rows:
        return ()
    figure = target_figure(content)
    table = replace(table, number="B11")
    return (table,) if figure is None else (figure, table)


def _sensitivity(content: RunContent) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    if content.sensitivities and content.periods:
        main, source = content.periods[0], source_line(content)
        blocks = (sensitivity_table(main, content.sensitivities, content.language, source=source),)
    return (*blocks, *range_tables(content))


def _table_of(result: Result, language: Language) -> Table:
    return tidy_table(result, text(f"report.summary.{result.kind}", language), language)


def _findings(content: RunContent) -> tuple[Block, ...]:
    planned = bool(content.plan_hash)
    found = finding_texts(all_findings(content), content.language, in_plan=planned)
    if not found:
        return (Paragraph(text=text("report.finding.none", content.language)),)
    return (FindingsBlock(findings=found),)


def _capital(content: RunContent) -> tuple[Block, ...]:
    language = content.language
    blocks: tuple[Block, ...] = ()
    if content.capital is not None:
        source = source_line(content, capital_roles(content))
        table = capital_table(content.capital, language, source=source)
        blocks = (*capital_blocks(content.capital, language), table)
    for result in content.further_results:
        blocks += (*result_blocks(result, language), _table_of(result, language))
    return blocks


def _ledger(content: RunContent) -> tuple[Block, ...]:
    entries = (*content.accounts.panel_ledger, *content.accounts.lost)
    if not entries:
        return (Paragraph(text=text("report.ledger.none", content.language)),)
    return (ledger_table(entries, content.language),)


def _data(content: RunContent) -> tuple[Block, ...]:
    if content.panel is None:
        return ()
    table = data_table(
        content.panel,
        content.language,
        source=source_line(content, content.panel.columns),
    )
    if content.raw_panel is None:
        return (table,)
    changed = changed_table(content.raw_panel, content.panel, content.language)
    return (table,) if changed is None else (table, changed)


def _identification(content: RunContent) -> tuple[Block, ...]:
    language, provenance = content.language, content.accounts.provenance
    pairs = [
        ("version", provenance.version),
        ("method", "; ".join(flat_options(provenance.method, provenance.options))),
        ("plan", content.plan_hash),
        ("data", content.accounts.fingerprint),
    ]
    return tuple(
        Paragraph(text=f"{text(f'report.identification.{name}', language)}: {value}", role="note")
        for name, value in pairs
        if value
    )


def flat_options(name: str, options: dict[str, object]) -> list[str]:
    """Return a method and its options as ``name = value``, nested ones with dots."""
    found = [name]

    def add(prefix: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                add(f"{prefix}.{key}" if prefix else str(key), inner)
        elif value not in ("", None):
            found.append(f"{prefix} = {value}")

    add("", options)
    return found
