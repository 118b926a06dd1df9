"""What the command says about findings and results, as lines and rows without colours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import average_name
from tfp.panel.checks import ORDER
from tfp.report.approval import banner
from tfp.report.building import all_findings, draft_words, finding_texts
from tfp.report.document import Paragraph
from tfp.report.headline import headline
from tfp.report.words import period_name
from tfp.results.shares import growth_share
from tfp.workflow.approval import approval_of
from tfp.workflow.charts import FOLDER as CHARTS
from tfp.workflow.copies import FOLDER as PUBLIC
from tfp.workflow.documents import DOCUMENTS
from tfp.workflow.folders.folder_state import MANIFEST, RESULTS
from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.writing import WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding
    from tfp.results.periods import PeriodAccounts
    from tfp.workflow.folders.folder import Repair
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.run import Prepared, Run

SHARE_DIGITS = 2
SHOWN_WARNINGS = 5


@dataclass(frozen=True)
class Listing:
    """A small table: its title, heads, rows of texts, and a note below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def headline_lines(run: Run) -> list[str]:
    """Return the main results in sentences, the same as in the report.

    What stands at the top of the report comes first: that it is a draft, and why, or that
    its options are not the approved ones.
    """
    content, language = run.content, run.content.language
    lines = [draft_words(content)] if content.draft_reasons else []
    lines += [title] if (title := banner(content.approval, language)) else []
    return lines + [block.text for block in headline(content) if isinstance(block, Paragraph)]


def share_listing(run: Run) -> Listing:
    """Return TFP shares of growth by period, as planned and with assumptions changed.

    With several areas, those of the first one would say nothing of the others: the
    listing has no rows then, and the report has them all.
    """
    content, language = run.content, run.content.language
    main = content.periods[0]
    average = average_name(main.average, language)
    title = text("command.label.shares", language, average=average)
    heads = tuple(period_name(period) for period in main.period)
    if len(content.accounts.rows.entities) > 1:
        return Listing(title, heads, ())
    named = [(text("command.label.main", language), main)]
    named += [(each.name, each.periods) for each in content.sensitivities]
    rows = tuple((name, *_shares(periods, language)) for name, periods in named)
    blank = text("command.label.blank", language)
    note = text("command.label.reason", language) if any(blank in row for row in rows) else ""
    return Listing(title, heads, rows, note)


def file_lines(out: Path, language: Language) -> list[str]:
    """Return where the results stand."""
    shown = shown_path(out)
    return [
        *(
            text("command.done.report", language, path=str(shown / name))
            for name in DOCUMENTS
            if (out / name).is_file()
        ),
        text("command.done.workbook", language, path=str(shown / WORKBOOK)),
        *(
            [text("command.done.public", language, path=str(shown / PUBLIC))]
            if (out / PUBLIC).is_dir()
            else []
        ),
        text("command.done.charts", language, path=str(shown / CHARTS)),
        text(
            "command.done.results",
            language,
            path=str(shown / RESULTS),
            manifest=str(shown / MANIFEST),
        ),
    ]


def shown_path(path: Path) -> Path:
    """Return a path as short as it can be said from the current folder."""
    try:
        return path.absolute().relative_to(Path.cwd())
    except ValueError:
        return path


def data_line(prepared: Prepared, language: Language) -> str:
    """Return how much was read."""
    rows = prepared.data.panel.rows
    labels = [rows.time_label(row) for row in (int(rows.times.argmin()), int(rows.times.argmax()))]
    return text(
        "command.check.data",
        language,
        file=prepared.data.file.name,
        rows=prepared.data.file.rows,
        areas=len(rows.entities),
        first=labels[0],
        last=labels[1],
    )


def approval_lines(plan: Plan, folder: Path, language: Language) -> list[str]:
    """Return the mark of the options of a plan, and whether they are the approved ones."""
    approval = approval_of(plan, folder, read_plan)
    lines = [text("tables.approval.check", language, hash=approval.options)]
    if approval.approved_options:
        key = "check_same" if approval.approved else "check_differs"
        lines.append(text(f"tables.approval.{key}", language, document=approval.document))
    if approval.differing:
        lines.append(text("tables.approval.keys", language, keys=list(approval.differing)))
    return lines


def finding_lines(findings: Iterable[Finding], language: Language) -> list[str]:
    """Return findings in words, each with a blank line after it."""
    lines = []
    ordered = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    for number, finding in enumerate(ordered, start=1):
        (found,) = finding_texts([finding], language, in_plan=True)
        lines.append(f"{number}. {found.label}: {found.found}")
        for label, words in (
            ("where", found.where),
            ("effect", found.effect),
            ("remedy", found.remedy),
        ):
            if words:
                lines.append(f"   {text(f'report.finding.{label}', language)} {words}")
        lines.append(f"   {text('command.label.code', language, code=finding.code)}")
        lines.append("")
    return lines


def remark_lines(run: Run) -> list[str]:
    """Return the first warnings in words, and how many remarks the report holds."""
    language = run.content.language
    found = all_findings(run.content)
    warnings = finding_texts([each for each in found if each.severity == "warn"], language)
    lines = [text("command.run.warnings", language)] if warnings else []
    for warning in warnings[:SHOWN_WARNINGS]:
        where = f" ({warning.where})" if warning.where else ""
        lines.append(f"  - {warning.found.removesuffix('.')}{where}.")
    more = len(warnings) - SHOWN_WARNINGS
    lines += [text("command.run.more", language, count=more)] if more > 0 else []
    lines += [text("command.check.remarks", language, count=len(found))] if found else []
    return lines


def document_lines(remarks: Iterable[Finding], language: Language) -> list[str]:
    """Return which documents are missing, why, and what to do."""
    return [
        f"{finding.part('found', language)} {finding.remedy(language, in_plan=True)}"
        for finding in remarks
    ]


def repair_lines(repairs: Iterable[Repair], out: Path, language: Language) -> list[str]:
    """Return what was put right that an earlier command had left."""
    return [
        text(
            f"command.repaired.{repair.action}",
            language,
            folder=str(shown_path(out.with_name(repair.folder))),
        )
        for repair in repairs
    ]


def _shares(periods: PeriodAccounts, language: Language) -> list[str]:
    shares = growth_share(periods.term("tfp"), periods.total, periods.blank_reasons)
    blank = text("command.label.blank", language)
    return [
        blank if np.isnan(share) else show_number(float(share), SHARE_DIGITS, language)
        for share in shares
    ]
