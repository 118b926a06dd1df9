"""The first sheet: what the workbook is, how to read it, findings, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import subject, text, text_or
from tfp.report.building import all_findings, finding_texts
from tfp.report.document import Paragraph
from tfp.report.headline import headline
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Role

_WIDE = 110


def readme_sheet(layout: Layout, sheets: tuple[Sheet, ...], title: str) -> Sheet:
    """Return the sheet that says what the others hold."""
    content, language = layout.content, layout.language
    rows: list[tuple[Cell | None, ...]] = [(Cell(title, role="title"),)]
    if content.draft_reasons:
        draft = text("report.draft", language, reasons="; ".join(content.draft_reasons))
        rows.append((Cell(draft, role="warning"),))
    rows.append((Cell(text("report.standing", language), role="note"),))

    def section(name: str, lines: list[tuple[str, str]], role: Role = "body") -> None:
        if lines:
            rows.append(())
            rows.append((Cell(text(f"workbook.readme.{name}", language), role="heading"),))
            rows.extend((Cell(left), Cell(right, role=role)) for left, right in lines)

    section("results", [("", b.text) for b in headline(content) if isinstance(b, Paragraph)])
    section("sheets", [(sheet.name, _about(sheet, layout)) for sheet in sheets])
    section("use", [("", line) for line in _how_to_use(layout)])
    section("vintage", _vintages(layout))
    section("findings", _findings(layout))
    section("identification", _identification(layout))
    glossary: dict[str, str] = subject("workbook", language)["glossary"]
    section("glossary", [_entry(words) for words in glossary.values()])
    return Sheet(layout.sheet("readme"), tuple(rows), widths={1: 34, 2: _WIDE}, landscape=True)


def _about(sheet: Sheet, layout: Layout) -> str:
    """Return what a sheet holds; its title, where the catalogue has no more to say."""
    keys = {layout.sheet(key): key for key in subject("workbook", layout.language)["sheet"]}
    words = text_or(f"workbook.about.{keys.get(sheet.name, '')}", layout.language, "")
    (title, *_), *_ = sheet.rows
    return words or str(title.value if title else "")


def _how_to_use(layout: Layout) -> list[str]:
    language = layout.language
    lines = [text("workbook.use.parameters", language), text("workbook.use.checks", language)]
    if not layout.weight_names:
        lines[0] = text("workbook.use.weights_in_data", language)
    if layout.inventory is None and layout.content.capital is None:
        lines.append(text("workbook.use.capital_as_data", language))
    return lines


def _vintages(layout: Layout) -> list[tuple[str, str]]:
    found = []
    for source in layout.content.sources:
        found.append(("", source.title))
        for part in ("publisher", "vintage", "licence", "reference"):
            words = getattr(source, part)
            if words:
                found.append((text(f"report.column.{part}", layout.language), words))
        note = text("report.column.notes", layout.language)
        found += [(note, words) for words in source.notes]
    return found


def _findings(layout: Layout) -> list[tuple[str, str]]:
    language = layout.language
    lines = []
    planned = bool(layout.content.plan_hash)
    for finding in finding_texts(all_findings(layout.content), language, in_plan=planned):
        lines.append((finding.label, finding.found))
        for part in ("where", "effect", "remedy"):
            words = getattr(finding, part)
            if words:
                lines.append(("", f"{text(f'report.finding.{part}', language)} {words}"))
    return lines


def _identification(layout: Layout) -> list[tuple[str, str]]:
    accounts, language = layout.accounts, layout.language
    pairs = [
        ("version", accounts.provenance.version),
        ("plan", layout.content.plan_hash),
        ("data", accounts.fingerprint),
    ]
    return [(text(f"report.identification.{k}", language), v) for k, v in pairs if v]


def _entry(words: str) -> tuple[str, str]:
    word, _, meaning = words.partition(": ")
    return word, meaning
