"""From the content of a run to a document: which sections there are, and in which order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.panel import Panel
from tfp.report.answers import with_answers
from tfp.report.approval import approval_blocks, banner
from tfp.report.authorities import standing
from tfp.report.break_notes import known_words
from tfp.report.capital_method import result_blocks
from tfp.report.data_tables import changed_table, data_table, ledger_table, sources_table
from tfp.report.document import Document, Figure, FindingsBlock, FindingText, Heading, Paragraph
from tfp.report.headline import headline
from tfp.report.method import capital_blocks, method_blocks
from tfp.report.range_tables import range_tables
from tfp.report.result_tables import averages_table, sensitivity_table
from tfp.report.source_lines import source_line
from tfp.report.tables.b01_output import ROLES as OUTPUT_ROLES
from tfp.report.tables.b01_output import lacking_roles
from tfp.report.tables.expected import expected_tables, left_out, too_long
from tfp.report.target_table import documents_table
from tfp.report.tidy_table import tidy_table
from tfp.report.treatments import treatment_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding
    from tfp.report.content import RunContent
    from tfp.report.document import Block, Table
    from tfp.report.tables.yearly import Missing
    from tfp.results.decomposition import Decomposition
    from tfp.results.result import Result

SHOWN_HASH = 12
PARTS = ("output_by_part", "output_current_by_part")


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
    tables, lacking = expected_tables(content)
    annexed = too_long(tables)
    blocks = [
        *_sections(_main_sections(content, tables, lacking, annexed), language),
        Heading(text=text("report.section.annex", language), name="annex", annex=True),
        *_sections(_annex_sections(content, annexed), language, level=2),
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
        draft=draft_words(content),
        banner=banner(content.approval, language),
        front=content.front,
        dated=content.prepared_on,
    )


def draft_words(content: RunContent) -> str:
    """Return that a report is a draft, and why; nothing where it is none."""
    if not content.draft_reasons:
        return ""
    return text("report.draft", content.language, reasons="; ".join(content.draft_reasons))


def _main_sections(
    content: RunContent,
    tables: Mapping[str, tuple[Table, ...]],
    lacking: Mapping[str, Missing],
    annexed: Mapping[str, tuple[Table, ...]],
) -> dict[str, tuple[Block, ...]]:
    """Return what every reader is meant to see, in reading order."""
    language = content.language

    def shown(*numbers: str) -> tuple[Block, ...]:
        return tuple(
            block
            for number in numbers
            for block in (
                _in_the_annex(number, language) if number in annexed else tables.get(number, ())
            )
        )

    target = target_figure(content) if "B11" in tables else None
    # A lone result is no report of an office: nobody expects tables of it.
    absent = left_out(lacking, content) if content.plan_hash else ()
    capital = content.capital
    return {
        "headline": (
            _standing(content),
            *approval_blocks(content.approval, language),
            *headline(content),
            *_marked(content, *_chart(content)),
        ),
        "inputs": shown("B1", "B2", "B3", "B4", "B5", "B6"),
        "yearly": shown("B7"),
        "periods": shown("B8", "B9", "B10"),
        "targets": (*_marked(content, target), *shown("B11", "B11b", "B12")),
        "revisions": shown("B13", "B13b"),
        "left_out": absent,
        "method": (
            *method_blocks(content),
            *(capital_blocks(capital, language) if capital is not None else ()),
            *treatment_blocks(content.accounts.panel_ledger, language),
        ),
    }


def _annex_sections(
    content: RunContent, annexed: Mapping[str, tuple[Table, ...]]
) -> dict[str, tuple[Block, ...]]:
    """Return what auditors look for: assumptions, findings, what was done to the data."""
    return {
        "long": tuple(table for made in annexed.values() for table in made),
        "sensitivity": _sensitivity(content),
        "findings": _findings(content),
        "capital": _capital(content),
        "ledger": _ledger(content),
        "sources": _sources(content),
        "data": _data(content),
        "identification": _identification(content),
    }


def _marked(content: RunContent, *figures: Figure | None) -> tuple[Figure, ...]:
    """Return the charts that there are; those of a draft say so."""
    there = tuple(figure for figure in figures if figure is not None)
    if not content.draft_reasons:
        return there
    word = text("tables.draft.word", content.language)

    def draw(drawn: Callable[[], object]) -> object:
        from tfp.plots.draft_mark import mark_draft

        return mark_draft(drawn(), word)

    return tuple(replace(figure, draw=partial(draw, figure.draw)) for figure in there)


def _in_the_annex(number: str, language: Language) -> tuple[Paragraph, ...]:
    words = text("tables.left_out.annexed", language, number=number)
    return (Paragraph(text=words, role="note"),)


def _sections(
    sections: Mapping[str, tuple[Block, ...]], language: Language, level: int = 1
) -> Iterator[Block]:
    """Give sections under their headings; one that is empty is left out."""
    for name, section in sections.items():
        if section:
            yield Heading(text=text(f"report.section.{name}", language), level=level, name=name)
            yield from section


def finding_texts(
    findings: Iterable[Finding],
    language: Language,
    *,
    in_plan: bool = False,
    on_paper: bool = False,
) -> tuple[FindingText, ...]:
    """Return findings in words, the gravest first; what to do, by the keys of plans if asked.

    On paper it is said without keys: readers of a report have no plan before them.
    """
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
                    (
                        finding.advice(language)
                        if on_paper
                        else finding.remedy(language, in_plan=in_plan),
                        known_words(finding, language),
                    ),
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
    words = standing(content.area, content.prepared_on, content.language)
    return Paragraph(text=words, role="note")


def _date(content: RunContent) -> str:
    when = content.prepared_on
    if when is None:
        return ""
    return text(
        "report.prepared_on",
        content.language,
        day=f"{when.day:02}" if content.language == "vi" else when.day,
        # As office.date of the letterhead: a nought before January and February only.
        month=text(f"office.month.{when.month}", content.language),
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


def _chart(content: RunContent) -> tuple[Figure, ...]:
    """Return the main chart, where there is anything to draw."""
    accounts = content.accounts
    if np.isnan(accounts.term("tfp")[accounts.rows.growth_rows]).all():
        return ()
    return contributions_figures(accounts, content.language, source=source_line(content))


def _sensitivity(content: RunContent) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    language, source = content.language, source_line(content)
    if len(content.periods) > 1:
        blocks = (averages_table(content.periods, language, source=source),)
    if content.sensitivities and content.periods:
        main = content.periods[0]
        blocks += (sensitivity_table(main, content.sensitivities, language, source=source),)
    return (*blocks, *range_tables(content))


def _table_of(result: Result, language: Language) -> Table:
    return tidy_table(result, text(f"report.summary.{result.kind}", language), language)


def _findings(content: RunContent) -> tuple[Block, ...]:
    planned = bool(content.plan_hash)
    found = finding_texts(all_findings(content), content.language, on_paper=planned)
    if not found:
        return (Paragraph(text=text("report.finding.none", content.language)),)
    return (FindingsBlock(findings=found),)


def _capital(content: RunContent) -> tuple[Block, ...]:
    """Return what else capital comes from: stocks by cohort or asset, their services."""
    language = content.language
    blocks: tuple[Block, ...] = ()
    for result in content.further_results:
        blocks += (*result_blocks(result, language), _table_of(result, language))
    return blocks


def _ledger(content: RunContent) -> tuple[Block, ...]:
    entries = (*content.accounts.panel_ledger, *content.accounts.lost)
    if not entries:
        return (Paragraph(text=text("report.ledger.none", content.language)),)
    return (ledger_table(entries, content.language),)


def _sources(content: RunContent) -> tuple[Block, ...]:
    """Return where figures come from, and the full names of documents that set targets."""
    language = content.language
    found = (sources_table(content.sources, language),) if content.sources else ()
    named = None if content.comparison is None else documents_table(content.comparison, language)
    return found if named is None else (*found, named)


def _data(content: RunContent) -> tuple[Block, ...]:
    if content.panel is None:
        return ()
    # What B1 shows already need not widen the annex.
    shown = PARTS if lacking_roles(content.panel, OUTPUT_ROLES) == () else ()
    used = [role for role in content.panel.columns if role.partition(":")[0] not in shown]
    panel = Panel.of(content.panel.rows, {role: content.panel.columns[role] for role in used})
    table = data_table(panel, content.language, source=source_line(content, used))
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
