"""The blocks of a report in the language of typst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.report.captions import below
from tfp.report.document import (
    Blank,
    Figure,
    FindingsBlock,
    Formula,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    show_cell,
)
from tfp.report.paper import CHART_DPI, chart_size, fits_a_page
from tfp.report.subscripts import pieces
from tfp.report.typst.words import quoted, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell, Column
    from tfp.report.flow import Placed
    from tfp.report.paper import Fitted


def piece_of(placed: Placed, language: Language, pictures: dict[str, bytes]) -> Iterator[str]:
    """Give a block, and put its picture among the `pictures`."""
    match placed.block:
        case Heading() as block if block.annex:
            words = said(block.text.upper(), size="14pt", weight=quoted("bold"))
            yield "#pagebreak(weak: true)"
            yield f"#align(center)[#heading(level: 1, numbering: none)[{words}]]"
        case Heading() as block:
            yield f"#heading(level: {min(block.level, 3)})[{said(block.text)}]"
        case Paragraph() as block:
            yield _paragraph(block)
        case Table():
            for fit in placed.fits:
                yield from _table(fit, placed.label, language)
        case Figure() as block:
            yield from _figure(block, placed, language, pictures)
        case FindingsBlock() as block:
            yield from _findings(block, language)
        case Formula() as block:
            formula = "".join(
                f"#sub({quoted(words)})" if lower else said(words)
                for words, lower in pieces(block.text)
            )
            yield f"#align(center, plain[#emph[{formula}]])"
        case KeyFigures() as block:
            yield from _key_figures(block, language)


def _paragraph(block: Paragraph) -> str:
    if block.role == "note":
        return f"#note[{said(block.text, size='11pt')}]"
    if block.role == "warning":
        return (
            f"#block(stroke: (left: 2.5pt), inset: (left: 8pt), plain[#strong[{said(block.text)}]])"
        )
    return f"#par[{said(block.text)}]"


def _table(fit: Fitted, label: str, language: Language) -> Iterator[str]:
    content = fit.table
    columns = ", ".join(f"{width}fr" for width in fit.widths)
    header = ", ".join(_heads(fit))
    rows = ",\n  ".join(
        ", ".join(
            _cell(value, column, language)
            for value, column in zip(values, content.columns, strict=True)
        )
        for values in content.rows
    )
    yield f"#caption[{said(f'{label} {content.title}'.strip())}]"
    body = f"table(columns: ({columns}), table.header({header}),\n  {rows})"
    breakable = "false" if fits_a_page(fit, language) else "true"
    sized = f"text(size: {fit.points}pt, {body})"
    yield f"#block(breakable: {breakable}, above: 0.5em, below: 0.4em, {sized})"
    for mark, words in below(content, language):
        yield f"#note[{f'#super({quoted(mark)}) ' if mark else ''}{said(words)}]"


def _heads(fit: Fitted) -> Iterator[str]:
    columns, groups = fit.table.columns, fit.table.groups
    if not groups:
        yield from (_head(column) for column in columns)
        return
    lower, at = [], 0
    for label, span in groups:
        if label:
            stated = f"colspan: {span}, align: center + horizon, fill: luma(237)"
            yield f"table.cell({stated})[#strong[{said(label)}]]"
            lower += [_head(column) for column in columns[at : at + span]]
        else:
            yield _head(columns[at], rows=2)
        at += span
    yield from lower


def _head(column: Column, rows: int = 1) -> str:
    unit = (
        f" #linebreak() {said(f'({column.unit})', style=quoted('italic'))}" if column.unit else ""
    )
    return (
        f"table.cell(rowspan: {rows}, align: center + horizon, fill: luma(237))"
        f"[#strong[{said(column.label)}]{unit}]"
    )


def _cell(value: Cell, column: Column, language: Language) -> str:
    mark = f"#super({quoted(value.mark)})" if isinstance(value, Blank) else ""
    side = {"text": "left", "year": "center"}.get(column.style, "right")
    return f"table.cell(align: {side})[{said(show_cell(value, column, language))}{mark}]"


def _figure(
    block: Figure, placed: Placed, language: Language, pictures: dict[str, bytes]
) -> Iterator[str]:
    from tfp.plots.saving import chart_bytes

    name = f"figure{len(pictures) + 1}.png"
    picture = pictures[name] = chart_bytes(block.draw(), "png", dpi=CHART_DPI[placed.lying])
    wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    width = chart_size(wide, high, lying=placed.lying)
    source = said(f"{text('report.page.source', language)} {block.source}")
    yield f"""\
#block(breakable: false, width: 100%)[
#align(center, image({quoted(name)}, width: {width}mm, alt: {quoted(block.alternative)}))
#caption[{said(f"{placed.label} {block.caption}")}]
{f"#note[{source}]" if block.source else ""}
]"""


def _findings(block: FindingsBlock, language: Language) -> Iterator[str]:
    for finding in block.findings:
        head = said(f"{finding.label.upper()}: ", weight=quoted("bold"))
        lines = [f"{head}{said(finding.found)}"]
        for name, words in (
            ("where", finding.where),
            ("effect", finding.effect),
            ("remedy", finding.remedy),
        ):
            if words:
                asked = text(f"report.finding.{name}", language)
                lines.append(f"{said(asked, style=quoted('italic'))} {said(words)}")
        body = " #linebreak() ".join(lines)
        yield (
            "#block(stroke: (left: 2pt + luma(127)), inset: (left: 8pt), breakable: false, "
            f"text(size: 11.5pt, plain[{body}]))"
        )


def _key_figures(block: KeyFigures, language: Language) -> Iterator[str]:
    for at in range(0, len(block.figures), 4):
        figures = block.figures[at : at + 4]
        heads = ", ".join(
            f"table.cell(fill: luma(237))[#strong[{said(figure.label)}]"
            f"{f' #linebreak() {said(figure.note)}' if figure.note else ''}]"
            for figure in figures
        )
        values = ", ".join(
            "["
            + said(
                show_number(figure.value, figure.digits, language, missing="x"),
                size="18pt",
                weight=quoted("bold"),
            )
            + f" #linebreak() {said(figure.unit)}]"
            for figure in figures
        )
        yield (
            f"#text(size: 11pt, table(columns: (1fr,) * {len(figures)}, "
            f"align: center + horizon, {heads}, {values}))"
        )
