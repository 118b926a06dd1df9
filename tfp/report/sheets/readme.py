"""The first sheet: what the workbook is, how to read it, findings, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import LANGUAGES, subject, text, text_or
from tfp.report.building import all_findings, finding_texts
from tfp.report.document import Paragraph
from tfp.report.headline import headline
from tfp.report.method import capital_sentences, method_blocks
from tfp.report.sheets.standing import standing
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Role

_WIDE = 110


def readme_sheet(layout: Layout, sheets: tuple[Sheet, ...], title: str) -> Sheet:
    """Return the sheet that says what the others hold."""
    content, language = layout.content, layout.language
    rows: list[tuple[Cell | None, ...]] = [(Cell(title, role="title"),)]
    marks = standing(content)
    rows += [(Cell(mark, role="banner"),) for mark in ([marks] if marks else [])]
    reasons = [(Cell(None), Cell(reason, role="warning")) for reason in content.draft_reasons]
    rows += reasons
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
    section("options", _options(layout))
    section("findings", _findings(layout))
    section("identification", _identification(layout))
    section("glossary", _glossary(language))
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
    if not layout.inventories and layout.content.capital is None:
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
    for finding in finding_texts(all_findings(layout.content), language, on_paper=planned):
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


def _options(layout: Layout) -> list[tuple[str, str]]:
    """Return how the accounts are computed, in words; the sheet of parameters has the rest."""
    content, language = layout.content, layout.language
    blocks = method_blocks(content)
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    if content.capital is not None:
        said.append(" ".join(capital_sentences(content.capital, language)))
    return [("", words) for words in (*said, text("workbook.readme.all_options", language))]


def _glossary(language: Language) -> list[tuple[str, str]]:
    """Return the words in both languages, the workbook's own first."""
    order: list[Language] = [language, *(other for other in LANGUAGES if other != language)]
    catalogues: list[dict[str, str]] = [subject("workbook", each)["glossary"] for each in order]
    lines = []
    for key in catalogues[0]:
        for each in catalogues:
            word, _, meaning = each[key].partition(": ")
            lines.append((word, meaning))
    return lines
