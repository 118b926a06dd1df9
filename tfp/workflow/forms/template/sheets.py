"""The sheets of the form: each line and column with its words, its cell and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfp.language.catalogue import LANGUAGES, subject, text
from tfp.tables.references import range_reference
from tfp.tables.workbook import Cell, Entry, Sheet
from tfp.workflow.forms.template.choices import CHOICES, word_of
from tfp.workflow.forms.template.lines import (
    BLOCKS,
    COLUMNS,
    DESCRIPTIONS,
    LINES,
    PARTS,
    label_of,
    note_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.language.catalogue import Language
    from tfp.tables.workbook import Style
    from tfp.workflow.forms.template.filling import Filling
    from tfp.workflow.forms.template.lines import Block, DataColumn, Line

Row = tuple[Cell | None, ...]

YEARS_OF_ROOM = 40
STYLES: dict[str, Style] = {
    "number": "number",
    "fraction": "number",
    "per_cent": "number",
    "figure": "number",
    "whole": "year",
    "year": "year",
    "date": "day",
}
# What a sensitivity mostly changes.
CHANGED = (
    "method.shares.capital",
    "method.preset",
    "capital.depreciation",
    "capital.timing",
    "capital.initial.ratio",
    "capital.initial.value",
    "investment.ratio",
)
TO_FILL, TO_READ = "#FFC000", "#BFBFBF"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def sheet_name(name: str, language: Language) -> str:
    """Return what a sheet of the form is called in a language."""
    return text(f"template.sheet.{name}", language)


def declaration_sheet(language: Language, filling: Filling, *, example: bool = False) -> Sheet:
    """Return the sheet of declarations, empty or filled in."""
    rows: list[Row] = [*_top("declaration", language, filling, example=example)]
    rows.append(
        tuple(
            Cell(text(f"template.head.{name}", language), role="heading")
            for name in ("number", "label", "other", "input", "allowed", "note", "key")
        )
    )
    head = len(rows)
    for number, part in enumerate(PARTS, start=1):
        rows.append(_band(f"{number}. {text(f'template.part.{part.name}', language)}", 7))
        for place, line in enumerate(part.lines, start=1):
            rows.append(
                (
                    Cell(f"{number}.{place}", role="aside"),
                    Cell(
                        label_of(line.key, language) + (" *" if line.needed else ""), role="label"
                    ),
                    Cell(label_of(line.key, _other(language)), role="aside"),
                    _input(line, filling.lines.get(line.key), language, example=example),
                    Cell(text(f"template.allowed.{line.kind}", language), role="aside"),
                    Cell(note_of(line.key, language) or None, role="aside"),
                    Cell(line.key, role="key"),
                )
            )
    return Sheet(
        sheet_name("example" if example else "declaration", language),
        tuple(rows),
        widths={1: 6, 2: 38, 3: 32, 4: 36, 5: 27, 6: 52, 7: 24},
        freeze=(head, 2),
        repeated_rows=(head, head),
        landscape=True,
        tab=TO_READ if example else TO_FILL,
    )


def data_sheet(language: Language, filling: Filling, *, example: bool = False) -> Sheet:
    """Return the sheet of figures: one row for each year, one column for each quantity."""
    groups = [column.group for column in COLUMNS]
    bands = [
        Cell(text(f"template.group.{group}", language) if group not in groups[:place] else None,
             role="band")
        for place, group in enumerate(groups)
    ]  # fmt: skip
    rows: list[Row] = [*_top("data", language, filling, example=example), tuple(bands)]
    rows.append(tuple(Cell(_starred(each, _other(language)), role="aside") for each in COLUMNS))
    for name in DESCRIPTIONS:
        described = [
            _described(filling.described.get(each.key, {}).get(name), example=example)
            if each.figures
            else None
            for each in COLUMNS[1:]
        ]
        rows.append((Cell(text(f"template.described.{name}", language), role="label"), *described))
    rows.append(tuple(Cell(column.key, role="key") for column in COLUMNS))
    rows.append(tuple(Cell(label_of(each.key, language), role="heading") for each in COLUMNS))
    head = len(rows)
    years = len(filling.figures.get("data.time", ()))
    rows += [
        tuple(_figure(each, filling, number, language, example=example) for each in COLUMNS)
        for number in range(max(years, 0 if example else YEARS_OF_ROOM))
    ]
    return Sheet(
        sheet_name("example_data" if example else "data", language),
        tuple(rows),
        widths={1: 19, **dict.fromkeys(range(2, len(COLUMNS) + 1), 15)},
        freeze=(head, 1),
        repeated_rows=(head, head),
        landscape=True,
        tab=TO_READ if example else TO_FILL,
    )


def tables_sheet(language: Language, filling: Filling, *, example: bool = False) -> Sheet:
    """Return the sheet of the tables of several lines."""
    rows: list[Row] = [*_top("tables", language, filling, example=example)]
    width = 1 + max(len(block.fields) for block in BLOCKS)
    for block in BLOCKS:
        rows += [(), _band(subject("template", language)["block"][block.name], width)]
        rows += _block_rows(block, language, filling, example=example)
    return Sheet(
        sheet_name("example_tables" if example else "tables", language),
        tuple(rows),
        widths={1: 14, 2: 34, 3: 30, 4: 26, 5: 30, 6: 26, **dict.fromkeys(range(7, width + 1), 22)},
        freeze=(2, 1),
        landscape=True,
        tab=TO_READ if example else TO_FILL,
    )


def lists_sheet(language: Language) -> Sheet:
    """Return the sheet of the words that lists offer."""
    rows: list[Row] = [
        (Cell(text("template.title.lists", language), role="title"),),
        tuple(
            Cell(text(f"template.head.{name}", language), role="heading")
            for name in ("list", "word", "code")
        ),
    ]
    for kind, words in _lists(language).items():
        name = text(f"template.list.{kind}", language)
        rows += [(Cell(name), Cell(word), Cell(code)) for code, word in words.items()]
    return Sheet(
        sheet_name("lists", language), tuple(rows), widths={1: 30, 2: 52, 3: 30}, freeze=(2, 0),
        tab=TO_READ,
    )  # fmt: skip


def guide_sheet(language: Language) -> Sheet:
    """Return the first sheet: how to fill in the others."""
    lines = subject("template", language)["guide"]
    rows: list[Row] = [(Cell(text("template.title.guide", language), role="title"),), ()]
    rows += [(Cell(f"{number}."), Cell(words)) for number, words in lines.items()]
    return Sheet(sheet_name("guide", language), tuple(rows), widths={1: 6, 2: 110}, tab=TO_READ)


def _lists(language: Language) -> dict[str, dict[str, str]]:
    """Return every list that is offered: its words by the words of plans."""
    offered = {
        kind: {code: word_of(kind, code, language) for code in codes}
        for kind, codes in CHOICES.items()
    }
    return {**offered, "key": {key: label_of(key, language) for key in CHANGED}}


def _list_address(kind: str, language: Language) -> str:
    row = 3
    for name, words in _lists(language).items():
        if name == kind:
            sheet = sheet_name("lists", language)
            return range_reference((row, 2), (row + len(words) - 1, 2), sheet=sheet)
        row += len(words)
    raise KeyError(kind)


def _top(name: str, language: Language, filling: Filling, *, example: bool) -> Iterator[Row]:
    title = text(f"template.title.{name}", language)
    if example:
        title = text("template.title.example", language, title=filling.lines["plan.title"])
    yield (Cell(title, role="title"),)
    hint = "example" if example else name
    yield (Cell(text(f"template.hint.{hint}", language), role="note"),)


def _band(words: str, width: int) -> Row:
    return (Cell(words, role="band"), *(Cell(role="band") for _ in range(width - 1)))


def _block_rows(
    block: Block, language: Language, filling: Filling, *, example: bool
) -> Iterator[Row]:
    keys = [f"{block.name}.{line.key}" for line in block.fields]
    yield (Cell(subject("template", language)["block_note"][block.name], role="note"),)
    number = Cell(text("template.head.number", language), role="heading")
    yield (number, *(Cell(label_of(key, language), role="heading") for key in keys))
    yield (None, *(Cell(label_of(key, _other(language)), role="aside") for key in keys))
    fields = (Cell(line.key, role="key") for line in block.fields)
    yield (Cell(f"[[{block.name}]]", role="key"), *fields)
    filled = filling.rows.get(block.name, ())
    for place in range(max(len(filled), 1 if example else block.size)):
        row: Mapping[str, Any] = filled[place] if place < len(filled) else {}
        cells = (_input(each, row.get(each.key), language, example=example, block=block.name)
                 for each in block.fields)  # fmt: skip
        yield (Cell(place + 1, style="year", role="aside"), *cells)


def _input(line: Line, value: Any, language: Language, *, example: bool, block: str = "") -> Cell:
    style = STYLES.get(line.kind, "text")
    if line.kind == "figure" and isinstance(value, str):
        style = "text"
    if example:
        return Cell(value, style=style, role="label")
    return Cell(value, style=style, role="input", entry=_entry(line, language, block))


def _entry(line: Line, language: Language, block: str) -> Entry | None:
    if line.kind == "choice":
        return Entry(_list_address(line.choices, language))
    if line.key == "key" and block == "sensitivity":
        return Entry(_list_address("key", language))
    if line.kind == "truth":
        return Entry(_list_address("truth", language))
    if line.kind == "year":
        return Entry(low=_FIRST_YEAR, high=_LAST_YEAR)
    if line.kind == "fraction" and line.key in LINES:
        return Entry()
    return None


def _described(value: str | None, *, example: bool) -> Cell:
    return Cell(value, role="label" if example else "input")


def _figure(
    column: DataColumn, filling: Filling, number: int, language: Language, *, example: bool
) -> Cell:
    values = filling.figures.get(column.key, ())
    value = values[number] if number < len(values) else None
    style: Style = "level" if column.figures else "text"
    if column.key == "data.time":
        style = "year"
    elif column.key == "data.columns.output_growth":
        style = "points"
    if example:
        return Cell(value, style=style, role="label")
    entry = Entry(_list_address(column.choices, language)) if column.choices else None
    return Cell(value, style=style, role="input", entry=entry)


def _starred(asked: Line | DataColumn, language: Language) -> str:
    return label_of(asked.key, language) + (" *" if asked.needed else "")


def _other(language: Language) -> Language:
    (other,) = (each for each in LANGUAGES if each != language)
    return other
